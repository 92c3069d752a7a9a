import type { Log } from './log.ts';

/** Keeps which mods failed, and tells the log. */
export interface ModFailures {
  readonly note: OnModFailure;
  /** Why a mod takes no part, or not in everything: one line; undefined when it does. */
  leftOut(mod: string): string | undefined;
  /** Another configuration, or another Jellyfin: what failed may not fail again. */
  forget(): void;
}

/** Makes it. Each failure is told once: a broken mod would otherwise fill the log with every page. */
export function createModFailures(log: Log): ModFailures {
  const told = new Set<string>();
  const reasons = new Map<string, string>();
  return {
    note({ mod, hook, error }) {
      const message = error instanceof Error ? error.message : String(error);
      reasons.set(mod, `${hook}: ${message.split('\n', 1)[0]}`);
      const key = `${mod} ${hook} ${String(error)}`;
      if (told.has(key)) return;
      told.add(key);
      log.error({ event: 'mod-left-out', mod, hook, error: String(error) });
    },
    leftOut: (mod) => reasons.get(mod),
    forget() {
      told.clear();
      reasons.clear();
    },
  };
}

/** Something only one mod may change, wanted by several. */
export interface Conflict {
  /** What they all change, for people: `the text "NewPassword"`. */
  readonly thing: string;
  /** Names of the mods, in the order in which they run. */
  readonly mods: readonly string[];
}

/** Mods that are switched on together change the same thing. Carries all conflicts, not only the first. */
export class ModConflictError extends Error {
  readonly code = 'MOD_CONFLICT';
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(conflicts.map(describe).join('\n'));
    this.name = 'ModConflictError';
    this.conflicts = conflicts;
  }
}

function describe({ thing, mods }: Conflict): string {
  const names = mods.map((mod) => `"${mod}"`);
  const last = names.pop();
  const everybody = names.length === 1 ? 'both' : 'all';
  const fix = names.length === 1 ? 'turn one of them off' : 'leave only one of them on';
  return `mods ${names.join(', ')} and ${last} ${everybody} change ${thing}; ${fix}`;
}

/** A mod was proved on other versions of Jellyfin than the one that runs. */
export class ModVersionError extends Error {
  readonly code = 'MOD_VERSION';

  constructor(mod: string, range: string, running: string) {
    super(`mod "${mod}" was proved on Jellyfin ${range}, and this one is ${running}; it is left out`);
    this.name = 'ModVersionError';
  }
}

/** What runs in the browser was not built, or its file is gone. */
export class ClientPartMissingError extends Error {
  readonly code = 'CLIENT_PART_MISSING';

  constructor(file: string, cause: unknown) {
    super(`${file} cannot be read; run "npm run build:web" to build what runs in the browser`, { cause });
    this.name = 'ClientPartMissingError';
  }
}

/** Told once per failure which mod is left out of a page, and why. */
export type OnModFailure = (failure: { mod: string; hook: string; error: unknown }) => void;
