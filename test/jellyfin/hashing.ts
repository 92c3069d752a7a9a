/** A password is hashed to be set, or to be checked. */
export type HashKind = 'set' | 'check';

/** Hashing passwords takes its time; tests can make it take as long as they need. */
export interface Hashing {
  /** Resolves after the usual time, or when it is let go. */
  hash(kind: HashKind): Promise<void>;
  /**
   * Holds every hash that begins from now on, or every one of a kind, until the function it answers is called. They
   * are then let go in the order they came, each after the one before has done all it does without waiting.
   */
  hold(only?: HashKind): () => void;
  /** How many are held at this moment. */
  held(): number;
}

interface Hold {
  readonly only: HashKind | undefined;
  readonly waiting: (() => void)[];
}

function letGo(waiting: (() => void)[]): void {
  const next = waiting.shift();
  if (next === undefined) return;
  next();
  setImmediate(() => letGo(waiting));
}

/**
 * Makes it.
 * @param hashMs the usual time
 */
export function createHashing(hashMs: number): Hashing {
  let holds: Hold[] = [];
  return {
    hash: (kind) => {
      const hold = holds.find(({ only }) => only === undefined || only === kind);
      return new Promise((resolve) => {
        if (hold === undefined) setTimeout(resolve, hashMs);
        else hold.waiting.push(resolve);
      });
    },
    hold: (only) => {
      const hold: Hold = { only, waiting: [] };
      holds = [...holds, hold];
      return () => {
        holds = holds.filter((one) => one !== hold);
        letGo(hold.waiting);
      };
    },
    held: () => holds.reduce((sum, { waiting }) => sum + waiting.length, 0),
  };
}
