import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { createJellyfinApi, type JellyfinApi } from '../jellyfin/api.ts';
import { LANDING_MS, MOST_TRIES } from '../jellyfin/clear-lockout.ts';
import { JellyfinRefusedKeyError, JellyfinUnreachableError } from '../jellyfin/errors.ts';
import { setPassword } from '../jellyfin/set-password.ts';
import type { SetPasswordOutcome } from '../ports/accounts.ts';
import { type ByPinWish, setByPin } from './by-pin.ts';
import { OWN_PROVIDER, type Person } from './people.ts';
import { RescueRefusal } from './refusal.ts';
import type { Schema } from './schema.ts';

/** Who is let in, and how. */
export interface ByApiWish extends ByPinWish {
  /** A key that this Jellyfin has. */
  readonly apiKey: string;
  readonly person: Person;
  readonly schema: Schema;
  readonly makesAdministrator: boolean;
}

/**
 * Opens an account and sets its password with a key. Two calls, so that dying in between leaves it open with the old password.
 *
 * @throws {RescueRefusal} when it is another Jellyfin than that of the database; nothing is changed.
 */
export async function letInByApi(wish: ByApiWish): Promise<SetPasswordOutcome> {
  const { url, apiKey, person, password, schema, log } = wish;
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const api = createJellyfinApi({ url, apiKey, deviceId, version: PROGRAM_VERSION });
  const id = person.id.replaceAll('-', '').toLowerCase();
  const wait = (ms: number): Promise<void> => sleep(ms);
  try {
    if (!(await openAccount(api, id, wish, wait))) return { kind: 'account-unavailable', reason: 'disabled' };
  } catch (error) {
    if (error instanceof JellyfinRefusedKeyError)
      throw new RescueRefusal(
        `Jellyfin at ${url} does not know the key that was written into the database: it is another one. Name the ` +
          'right one with --jellyfin, or its database with --database.',
        error,
      );
    if (error instanceof JellyfinUnreachableError) return { kind: 'unreachable', detail: error.message };
    throw error;
  }
  // 10.8 lets no key set a password.
  if (!schema.mayKeySetPassword) return setByPin(wish);
  const clock = { now: () => Date.now() };
  return setPassword({ api, clock, wait, log, mayBeAdministrator: true }, id, password, clock.now());
}

/** Makes the account one that can sign in, and reads it back, since Jellyfin may lose the change. Answers whether it is. */
async function openAccount(
  api: JellyfinApi,
  id: string,
  wish: Pick<ByApiWish, 'person' | 'makesAdministrator'>,
  wait: (ms: number) => Promise<void>,
): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const user = await api.user(id);
    if (user === undefined) throw noSuchUser(wish.person);
    if (isOpen(user, wish.makesAdministrator)) return true;
    await api.setPolicy(id, {
      ...user.Policy,
      IsDisabled: false,
      InvalidLoginAttemptCount: 0,
      IsAdministrator: user.Policy.IsAdministrator || wish.makesAdministrator,
      AuthenticationProviderId: OWN_PROVIDER,
      // Jellyfin never tells it, and takes what is not said for no.
      EnableLyricManagement: wish.person.mayEditLyrics,
    });
    await wait(LANDING_MS * tries);
  }
  const user = await api.user(id);
  return user !== undefined && isOpen(user, wish.makesAdministrator);
}

function isOpen({ Policy }: UserDto, makesAdministrator: boolean): boolean {
  return (
    !Policy.IsDisabled &&
    Policy.InvalidLoginAttemptCount === 0 &&
    Policy.AuthenticationProviderId === OWN_PROVIDER &&
    (Policy.IsAdministrator || !makesAdministrator)
  );
}

function noSuchUser({ name }: Person): RescueRefusal {
  return new RescueRefusal(
    `This Jellyfin knows nobody with the id of ${name}: it is another one than that of the database. Name the right one ` +
      'with --jellyfin.',
  );
}
