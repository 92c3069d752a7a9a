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
