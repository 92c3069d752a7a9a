import type { Wait } from './clear-lockout.ts';
import { JellyfinRefusedKeyError, JellyfinUnreachableError } from './errors.ts';
import type { Verified } from './verify-password.ts';

/** How often a change is written at most. */
const MOST_TRIES = 6;

/** Shortest wait between a change and its verification. A write that overlapped it has landed by then. */
const SHORTEST_WAIT_MS = 500;

/** Longest wait before a verification, however slow the server hashes. */
const LONGEST_WAIT_MS = 4_000;

/** How the writing ended. */
export type Kept =
  | {
      readonly kind: 'in-force';
      readonly tries: number;
      readonly session: Extract<Verified, { kind: 'in-force' }>;
    }
  | { readonly kind: 'in-force-unseen'; readonly tries: number }
  | { readonly kind: 'not-kept'; readonly tries: number }
  | { readonly kind: 'failed' }
  | Extract<Verified, { kind: 'unavailable' }>;

/** What writing until it stands needs. */
export interface ChangeParts {
  /** What comes before each write and takes a time of its own. What it throws ends the change. */
  readonly prepare?: () => Promise<void>;
  /** Writes the password. False: Jellyfin says that it failed, which proves nothing. @throws {JellyfinUnreachableError} */
  readonly write: () => Promise<boolean>;
  /** Looks whether it is in force. @throws {JellyfinUnreachableError} */
  readonly verify: () => Promise<Verified>;
  readonly wait: Wait;
  readonly now: () => number;
  /** No further try begins after this moment. */
  readonly deadlineMs: number;
  /** How often it is written for an account that cannot be verified; default 2. */
  readonly unseenTries?: number;
  /** Asked right before each write; once it says no, the change ends with an error. Default: always yes. */
  readonly mayWrite?: (() => boolean) | undefined;
  /** Told each time a change was answered as done and the old password was found in force. */
  readonly onLost: (tries: number) => void;
}

/** Whether Jellyfin says that it wrote the password; false when it failed or its answer never came. */
async function write(parts: ChangeParts): Promise<boolean> {
  try {
    return await parts.write();
  } catch (error) {
    const isUnclear = error instanceof JellyfinUnreachableError && error.mayHaveArrived;
    if (!isUnclear || error instanceof JellyfinRefusedKeyError) throw error;
    return false;
  }
}

function assertMayWrite({ mayWrite = () => true }: ChangeParts): void {
  if (!mayWrite())
    throw new JellyfinUnreachableError('This change took too long, and another one may have begun.', {
      mayHaveArrived: false,
    });
}

/**
 * Twice as long as this server takes to hash, since what can undo a change waits behind just that; longer with each
 * try, so that a caller who comes at regular times is not met each time.
 */
function waitAfter(writeMs: number, tries: number): number {
  return Math.min(Math.max(SHORTEST_WAIT_MS, 2 * writeMs) * (1 + 0.4 * (tries - 1)), LONGEST_WAIT_MS);
}

/**
 * Writes a password and verifies it by a sign-in, again and again until it stands: a 204 does not prove the change
 * (10.11.11 and 12.0 lose it when a sign-in, a player or ForgotPassword of the same person overlaps it), and a 500
 * does not prove its failure. Where nothing is lost it is written once. An account that may not sign in at this moment
 * cannot be verified; its password is written twice.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function changeUntilKept(parts: ChangeParts): Promise<Kept> {
  const { unseenTries = 2 } = parts;
  let tries = 0;
  let unseen = 0;
  while (tries < MOST_TRIES && (tries === 0 || parts.now() < parts.deadlineMs)) {
    tries += 1;
    assertMayWrite(parts);
    await parts.prepare?.();
    assertMayWrite(parts);
    const startedAt = parts.now();
    const isAccepted = await write(parts);
    await parts.wait(waitAfter(parts.now() - startedAt, tries));
    const verified = await parts.verify();
    if (verified.kind === 'in-force') return { kind: 'in-force', tries, session: verified };
    if (verified.kind === 'unavailable') return verified;
    if (!isAccepted) return { kind: 'failed' };
    if (verified.kind === 'no-sign-in-allowed') unseen += 1;
    else parts.onLost(tries);
    if (unseen === unseenTries) return { kind: 'in-force-unseen', tries };
  }
  return { kind: 'not-kept', tries };
}
