import type { Plan, TakingPart } from '../kit/plan.ts';
import { type Attempt, applyReplacements, REPLACED_KINDS, type Replacement } from '../kit/replacements.ts';

/** Counts where the texts that mods replace stand in the files of the client. */
export interface ReplacementTally {
  /** No mod replaces anything. */
  readonly isEmpty: boolean;
  /** Looks at one file, whatever its kind. Never throws. */
  note(name: string, bytes: Buffer): Promise<void>;
  /** Whether each text was replaced somewhere. */
  isMade(): boolean;
  /** What was found for an entry; `found` is undefined where it replaces nothing. */
  of(mod: string): {
    readonly found: readonly string[] | undefined;
    /** Texts that are nowhere, and files in which one stays as it is. */
    readonly missing: readonly string[];
    /** Some text is replaced nowhere. */
    readonly isLost: boolean;
  };
}

/** Most characters of a text that are repeated. */
const MAX_SHOWN = 60;
/** Most files that are named of one text. */
const MAX_NAMED = 3;

/** Makes an empty tally for the entries of a plan, in the order in which they run. */
export function tallyReplacements(entries: readonly Pick<TakingPart, 'mod' | 'hooks'>[]): ReplacementTally {
  const counted = entries.flatMap(({ mod, hooks: { replacements = [] } }) =>
    replacements.map((replacement) => ({
      ...{ mod, replacement },
      made: [] as string[],
      kept: [] as string[],
    })),
  );
  return {
    isEmpty: counted.length === 0,
    async note(name, bytes) {
      const mine = counted.filter(({ replacement }) => isFor(replacement, name));
      const attempts: Attempt[] = [];
      await applyReplacements(
        bytes,
        mine.map(({ replacement }) => replacement),
        (attempt) => attempts.push({ ...attempt, bytes: NO_BYTES }),
      );
      for (const [index, attempt] of attempts.entries()) {
        const { outcome, replacement, places } = attempt;
        if (outcome === 'made') mine[index]?.made.push(`${times(places.length)} in ${name}`);
        else if (outcome === 'too-large') mine[index]?.kept.push(`would make ${name} larger than 8 MB`);
        else if (outcome === 'other-count')
          mine[index]?.kept.push(
            places.length === 0
              ? `begins too often in ${name} to be counted`
              : `stands ${times(places.length)} in ${name}, count says ${replacement.count}`,
          );
      }
    },
    isMade: () => counted.every(({ made }) => made.length > 0),
    of(mod) {
      const mine = counted.filter((one) => one.mod === mod);
      return {
        found:
          mine.length === 0
            ? undefined
            : mine.flatMap((one) => (one.made.length === 0 ? [] : [sayMade(one)])),
        missing: mine.flatMap(({ replacement, made, kept }) => {
          const isNowhere = made.length === 0 && kept.length === 0;
          const facts = isNowhere ? [`stands in no ${replacement.in}`] : kept.slice(0, MAX_NAMED);
          return facts.map((fact) => `${show(replacement)} ${fact}`);
        }),
        isLost: mine.some(({ made }) => made.length === 0),
      };
    },
  };
}

const NO_BYTES = Buffer.alloc(0);

function sayMade({
  replacement,
  made,
}: {
  readonly replacement: Replacement;
  readonly made: readonly string[];
}): string {
  const more = made.length > MAX_NAMED ? ` and in ${made.length - MAX_NAMED} more` : '';
  return `${show(replacement)} ${made.slice(0, MAX_NAMED).join(', ')}${more}`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The text for people, on one line and not whole when it is long. */
function show({ find }: Replacement): string {
  const line = [...find.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '')];
  const shown = line.length > MAX_SHOWN ? [...line.slice(0, MAX_SHOWN - 1), '…'] : line;
  return `“${shown.join('')}”`;
}

function isFor(replacement: Replacement, name: string): boolean {
  return name.endsWith(`.${REPLACED_KINDS[replacement.in]}`);
}

/** How much is shown on both sides of a replaced text, in bytes, and of the text itself, in characters. */
const AROUND_BYTES = 40;
const MAX_PIECE = 400;
/** Most places of one text in one file that are shown. */
const MAX_PIECES = 5;

/**
 * What replacements change in a file, by the entry they are of, as a diff for people: minified files have few lines, so each
 * place is shown with a little on both sides. Empty when nothing changes.
 *
 * @param name Tells the kind of file by its ending.
 */
export async function replacedPieces(
  name: string,
  original: Buffer,
  replacements: Plan['replacements'],
): Promise<{ readonly mod: string; readonly diff: string }[]> {
  const pieces = new Map<string, string[]>();
  const mine = replacements.filter(({ replacement }) => isFor(replacement, name));
  let next = 0;
  const note = ({ replacement: { find, replace }, outcome, bytes, places }: Attempt): void => {
    const mod = mine[next++]?.mod ?? '';
    if (outcome !== 'made') return;
    const length = Buffer.byteLength(find);
    const shown = places.slice(0, MAX_PIECES).map((at) => {
      const before = around(bytes.subarray(Math.max(0, at - AROUND_BYTES), at));
      const after = around(bytes.subarray(at + length, at + length + AROUND_BYTES));
      const lines = (mark: string, text: string): string =>
        `${before}${shorten(text)}${after}`.replace(/^/gm, mark);
      return `@@ byte ${at} @@\n${lines('-', find)}\n${lines('+', replace)}`;
    });
    const more = places.length > MAX_PIECES ? [`and in ${places.length - MAX_PIECES} more places`] : [];
    pieces.set(mod, [...(pieces.get(mod) ?? []), ...shown, ...more]);
  };
  await applyReplacements(
    original,
    mine.map(({ replacement }) => replacement),
    note,
  );
  return [...pieces].map(([mod, all]) => ({ mod, diff: all.join('\n') }));
}

/** Half a character at either end is left out. */
function around(bytes: Buffer): string {
  return bytes.toString().replace(/^\uFFFD{1,3}|\uFFFD{1,3}$/g, '');
}

function shorten(text: string): string {
  const half = MAX_PIECE / 2;
  return text.length <= MAX_PIECE ? text : `${text.slice(0, half)}…${text.slice(-half)}`;
}
