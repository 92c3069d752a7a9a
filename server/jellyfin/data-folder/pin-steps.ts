import { findByUserName } from '../../../injector/jellyfin/user-names.ts';
import { isAtLeast, parseJellyfinVersion } from '../../../injector/jellyfin/versions.ts';
import { whyUnavailable } from '../account-availability.ts';
import type { UserDto } from '../answers.ts';
import { LANDING_MS, type Wait } from '../clear-lockout.ts';
import type { Verified } from '../verify-password.ts';
import type { DataFolder } from './find-data-folder.ts';
import type { KeylessApi, OwnSession } from './keyless-api.ts';
import { PinWayError, redeemPinFile } from './redeem-pin-file.ts';
import type { ToldPinFile } from './told-pin-files.ts';

/** Failed sign-ins of ours in a row, at most: where three lock an account, we alone do not, and could not unlock it. */
const MOST_FAILURES = 2;

/** Whose password is set. */
export interface PinAccount {
  /** As contacts and links have it: Jellyfin's, or one of our own. */
  readonly id: string;
  readonly isOwnId: boolean;
  readonly name: string;
}

/** The steps of a change over a PIN file. Each may end it with a `PinWayError`, or a `JellyfinUnreachableError`. */
export interface PinSteps {
  /** Looks, without changing anything, whether it can be done at all. */
  begin(): Promise<void>;
  /** Signs in as the person with a random password, made so by a PIN. */
  signInByPin(): Promise<void>;
  /** Changes that password to the wanted one, as the person; ends all other sessions. False: Jellyfin failed. */
  change(password: string): Promise<boolean>;
  /** Signs in with the wanted one. */
  verify(password: string): Promise<Verified>;
  /** Ends our session, if there is one, over calls with a time limit of their own. */
  end(own: Pick<KeylessApi, 'signOut'>): Promise<void>;
  /** Whether a random password of ours may be in force in place of the old one. */
  isOldPasswordDead(): boolean;
}

/** What they need. */
export interface PinStepsParts {
  readonly api: KeylessApi;
  /** @throws {PinWayError} when there is none. */
  readonly findFolder: () => Promise<DataFolder>;
  readonly wait: Wait;
  /** Whether passwords of administrators may be set; default true. One who is hidden from the login screen is not known. */
  readonly mayBeAdministrator?: boolean | undefined;
  /** Told of each PIN file that came because we asked. */
  readonly onFile: (file: ToldPinFile) => Promise<void>;
  /** Told each time a PIN was redeemed and the old password found in force. */
  readonly onLost: () => void;
  /** Asked before each PIN; default: always yes. */
  readonly mayWrite?: (() => boolean) | undefined;
}

/** Makes the steps for one change of one account. */
export function createPinSteps(parts: PinStepsParts, account: PinAccount): PinSteps {
  const { api, findFolder, wait, mayWrite } = parts;
  const deviceId = `${api.deviceId}-${account.id}`;
  let isDead = false;
  let failures = 0;
  let current = '';
  let session: OwnSession | undefined;

  /** Counts a failed sign-in of ours. @throws {PinWayError} when one more could lock the account. */
  function countFailure(): void {
    failures += 1;
    if (failures >= MOST_FAILURES) throw new PinWayError({ kind: 'not-kept', tries: failures });
  }

  async function signInByPin(): Promise<void> {
    const folder = await findFolder();
    let isFirst = session === undefined;
    for (;;) {
      const onRedeemed = (): void => {
        isDead = true;
      };
      assertMayWrite(mayWrite);
      current = await redeemPinFile({ api, wait, folder, onFile: parts.onFile, onRedeemed }, account.name);
      await wait(LANDING_MS);
      const signIn = await api.signIn(account.name, current, deviceId);
      if (signIn.kind === 'forbidden')
        throw new PinWayError({ kind: 'account-unavailable', reason: 'disabled' });
      if (signIn.kind === 'signed-in') {
        failures = 0;
        session = { token: signIn.token, deviceId, userId: signIn.user.Id };
        assertMayChange(account, signIn.user);
        return;
      }
      // Lost, or kept by another provider, which takes every change of Jellyfin's for done: the old one is in force.
      isDead = false;
      if (isFirst && !(await losesChanges(api)))
        throw new PinWayError({ kind: 'account-unavailable', reason: 'foreign-provider' });
      isFirst = false;
      parts.onLost();
      countFailure();
    }
  }

  async function changeOnce(password: string): Promise<'changed' | 'refused' | 'failed'> {
    return session === undefined ? 'refused' : api.changeOwnPassword(session, { current, next: password });
  }

  return {
    async begin() {
      await findFolder();
      const seen = findByUserName(await api.publicUsers(), ({ Name }) => Name, account.name);
      if (seen === undefined) return;
      if (seen.Policy.IsAdministrator && parts.mayBeAdministrator === false)
        throw new PinWayError({ kind: 'account-unavailable', reason: 'administrator' });
      const reason = whyUnavailable(seen);
      if (reason !== undefined) throw new PinWayError({ kind: 'account-unavailable', reason });
      assertMayChange(account, seen);
    },

    signInByPin,

    async change(password) {
      let answer = await changeOnce(password);
      if (answer === 'refused') {
        // The random password was in force a moment ago and is not any more.
        countFailure();
        await signInByPin();
        answer = await changeOnce(password);
      }
      return answer === 'changed';
    },

    async verify(password) {
      let signIn = await api.signIn(account.name, password, deviceId);
      if (signIn.kind === 'forbidden' && session !== undefined) {
        // An account that may have one session has it already: ours.
        await api.signOut(session.token, deviceId);
        signIn = await api.signIn(account.name, password, deviceId);
      }
      if (signIn.kind === 'signed-in') {
        session = { token: signIn.token, deviceId, userId: signIn.user.Id };
        return { kind: 'in-force', token: signIn.token, deviceId };
      }
      if (signIn.kind === 'forbidden') return { kind: 'no-sign-in-allowed' };
      countFailure();
      return { kind: 'not-in-force' };
    },

    async end(own) {
      if (session !== undefined) await own.signOut(session.token, deviceId);
      session = undefined;
    },

    isOldPasswordDead: () => isDead,
  };
}

/** @throws {PinWayError} when somebody else may be setting a password by now. */
function assertMayWrite(mayWrite: (() => boolean) | undefined): void {
  if (mayWrite?.() === false)
    throw new PinWayError({ kind: 'unreachable', detail: 'The claim on the link was lost.' });
}

/** @throws {PinWayError} when it is another account of that name by now, or one that may not change its own password. */
function assertMayChange(account: PinAccount, { Id, Name, Policy }: UserDto): void {
  if (!account.isOwnId && Id !== account.id)
    throw new PinWayError({ kind: 'account-unavailable', reason: 'gone' });
  if (Policy['EnableUserPreferenceAccess'] !== false || Policy.IsAdministrator) return;
  const detail =
    `${Name} may not change its own password in Jellyfin (EnableUserPreferenceAccess). Allow it, or give Gatehouse ` +
    'a jellyfin.apiKey.';
  throw new PinWayError({ kind: 'refused', detail });
}

/** Whether a change can be undone by an overlapping call. Source: live, 0 of 36 up to 10.10.7. */
async function losesChanges(api: KeylessApi): Promise<boolean> {
  const version = parseJellyfinVersion((await api.publicInfo()).Version);
  return version === undefined || isAtLeast(version, 10, 11);
}
