/** What one check found. */
export interface Finding {
  /** Stable name, kebab-case. */
  readonly name: string;
  /**
   * `skipped`: does not apply, or cannot be told before something else is mended. `warning`: works, and should be
   * better; is no failure.
   */
  readonly state: 'fine' | 'failed' | 'skipped' | 'warning';
  /** One sentence; no secret, no whole mail address. */
  readonly says: string;
  /** What to do; of what failed or is a warning, and of what cannot be told where somebody else can. */
  readonly fix?: string;
}

/** One check; never rejects. */
export type Check = () => Promise<Finding>;

/** Makes a finding that all is well. */
export function fine(name: string, says: string): Finding {
  return { name, state: 'fine', says };
}

/** Makes a finding that something must be mended. */
export function failed(name: string, says: string, fix: string): Finding {
  return { name, state: 'failed', says, fix };
}

/** Makes a finding that something works and should be better. */
export function warning(name: string, says: string, fix: string): Finding {
  return { name, state: 'warning', says, fix };
}

/**
 * Makes a finding that there was nothing to check, or that it cannot be told.
 *
 * @param fix Where an administrator can find it out. @default none
 */
export function skipped(name: string, says: string, fix?: string): Finding {
  return { name, state: 'skipped', says, ...(fix === undefined ? {} : { fix }) };
}

/** Gives the message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
