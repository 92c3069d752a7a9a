import type { Logger } from '../../log/log.ts';
import type { SetPasswordFailure, SetPasswordOutcome } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import { changeUntilKept, type Kept } from '../change-until-kept.ts';
import type { Wait } from '../clear-lockout.ts';
import { JellyfinUnreachableError } from '../errors.ts';
import { CHANGE_BUDGET_MS, TIDY_BUDGET_MS } from '../set-password.ts';
import type { DataFolder } from './find-data-folder.ts';
import type { KeylessApi } from './keyless-api.ts';
import { createPinSteps, type PinAccount, type PinSteps } from './pin-steps.ts';
import { PinWayError } from './redeem-pin-file.ts';
import type { ToldPinFile } from './told-pin-files.ts';

/** How often it is begun anew after a failure that left a random password in force, and the pause before. */
const MOST_ROUNDS = 5;
const PAUSE_MS = 1_000;

/** What setting a password over a PIN file needs. */
export interface ByPinParts {
  readonly api: KeylessApi;
  /** @throws {PinWayError} when there is none. */
  readonly findFolder: () => Promise<DataFolder>;
  /** Told of each PIN file that came because we asked. Must not reject. */
  readonly onFile: (file: ToldPinFile) => Promise<void>;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly log: Logger;
  /** Whether passwords of administrators may be set; default true. One who is hidden from the login screen is not known. */
  readonly mayBeAdministrator?: boolean | undefined;
  /** Asked right before each write; default: always yes. */
  readonly mayWrite?: (() => boolean) | undefined;
}

/**
 * Sets a password without any key: has a PIN file written, redeems the PIN, signs in with it as the person, changes the
 * password to the wanted one, and verifies that by a sign-in; from the PIN on again where Jellyfin lost a change. The
 * change ends all other sessions. Never throws. Call it for one account at a time.
 *
 * Dying in between leaves a random password in force and the link good; the next redemption begins with a new PIN,
 * which needs no knowledge of the password.
 */
export async function setPasswordByPin(
  parts: ByPinParts,
  account: PinAccount,
  password: string,
  calledAt: number,
): Promise<SetPasswordOutcome> {
  const { api, clock, log, wait } = parts;
  const deadlineMs = calledAt + CHANGE_BUDGET_MS;
  const leftMs = deadlineMs - clock.now();
  if (leftMs <= 0) return { kind: 'unreachable', detail: 'Another change of this account took too long.' };
  const onLost = (): void => log.warn({ event: 'jellyfin-lost-change', userId: account.id, step: 'pin' });
  const steps = createPinSteps({ ...parts, onLost, api: api.within(AbortSignal.timeout(leftMs)) }, account);
  let outcome = await tryOnce(parts, steps, account, { password, deadlineMs });
  for (let round = 2; round <= MOST_ROUNDS; round += 1) {
    // The person is locked out until it succeeds, so it is worth waiting for a Jellyfin that is just restarting.
    const isWorthIt = outcome.kind === 'unreachable' && steps.isOldPasswordDead();
    if (!isWorthIt || clock.now() >= deadlineMs || parts.mayWrite?.() === false) break;
    await wait(PAUSE_MS * round);
    outcome = await tryOnce(parts, steps, account, { password, deadlineMs });
  }
  await steps.end(api.within(AbortSignal.timeout(TIDY_BUDGET_MS))).catch((err: unknown) => {
    log.warn({ event: 'sessions-left', userId: account.id, err });
  });
  if (outcome.kind === 'in-force' || !steps.isOldPasswordDead()) return outcome;
  log.error({ event: 'random-password-in-force', userId: account.id, outcome: outcome.kind });
  return { ...outcome, isOldPasswordDead: true };
}

async function tryOnce(
  { log, wait, clock, mayWrite }: ByPinParts,
  steps: PinSteps,
  { id: userId }: PinAccount,
  { password, deadlineMs }: { readonly password: string; readonly deadlineMs: number },
): Promise<SetPasswordOutcome> {
  try {
    await steps.begin();
    const kept = await changeUntilKept({
      prepare: () => steps.signInByPin(),
      write: () => steps.change(password),
      verify: () => steps.verify(password),
      // The person has just signed in, so that it is not in force is most unlikely; a further PIN would undo it.
      unseenTries: 1,
      onLost: (tries) => log.warn({ event: 'jellyfin-lost-change', userId, tries }),
      ...{ wait, deadlineMs, mayWrite, now: clock.now },
    });
    return toOutcome(kept);
  } catch (error) {
    return toFailure(error, userId, log);
  }
}

function toOutcome(kept: Kept): SetPasswordOutcome {
  switch (kept.kind) {
    case 'in-force':
    case 'in-force-unseen':
      return { kind: 'in-force', tries: kept.tries };
    case 'not-kept':
      return kept;
    case 'unavailable':
      return { kind: 'account-unavailable', reason: kept.reason };
    default:
      return { kind: 'unreachable', detail: 'Jellyfin failed to set the password; its own log says why.' };
  }
}

function toFailure(error: unknown, userId: string, log: Logger): SetPasswordFailure {
  if (error instanceof PinWayError) return error.outcome;
  if (error instanceof JellyfinUnreachableError) return { kind: 'unreachable', detail: error.message };
  log.error({ event: 'set-password-failed', userId, err: error });
  return { kind: 'unreachable', detail: 'Gatehouse itself failed; see set-password-failed in its log.' };
}
