import type { SetPasswordOutcome, UnavailableReason } from '../ports/accounts.ts';

/** What came of a rescue. */
export interface RescueReport {
  /** False when something is left to be done, which `notes` names. */
  readonly isDone: boolean;
  /** Whether the new password is in force. */
  readonly isPasswordSet: boolean;
  /** Path of the backup; undefined where the database was not touched. */
  readonly backup: string | undefined;
  readonly notes: readonly string[];
}

/** What Jellyfin's side of a rescue came to. @param backup Path of the backup that was made before. */
export function reportOf(outcome: SetPasswordOutcome, backup: string | undefined): RescueReport {
  if (outcome.kind === 'in-force') return { isDone: true, isPasswordSet: true, backup, notes: [] };
  const notes = [explain(outcome)];
  if ('isOldPasswordDead' in outcome && outcome.isOldPasswordDead === true)
    notes.push('A random password is in force by now in place of the old one; run gatehouse rescue again.');
  return { isDone: false, isPasswordSet: false, backup, notes };
}

const UNAVAILABLE: Readonly<Record<UnavailableReason, string>> = {
  gone: 'Jellyfin knows nobody of that name.',
  disabled:
    'The account is closed (by failed sign-ins or by an administrator), and a PIN file opens none; stop Jellyfin and run ' +
    'gatehouse rescue again, or give it --stop-command and --start-command.',
  'foreign-provider':
    'Jellyfin does not keep the password of this account itself; stop Jellyfin and run gatehouse rescue again, which mends that.',
  administrator: 'Jellyfin did not let the password of an administrator be set.',
};

function explain(outcome: Exclude<SetPasswordOutcome, { kind: 'in-force' }>): string {
  switch (outcome.kind) {
    case 'account-unavailable':
      return UNAVAILABLE[outcome.reason];
    case 'not-kept':
      return `Jellyfin lost the new password ${outcome.tries} times; see that nobody signs in to the account meanwhile, and try again.`;
    default:
      return outcome.detail;
  }
}
