import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import { QuickConnectState, SignInResult, type UserDto } from './answers.ts';
import { JellyfinUnreachableError } from './errors.ts';
import { type JellyfinAnswer, type JellyfinCall, readJsonAnswer, unexpectedAnswer } from './send.ts';

/** A code that was asked for. */
export interface BegunQuickConnect {
  readonly code: string;
  /** Is exchanged for the token, as often as anybody likes for ten minutes. */
  readonly secret: string;
  readonly deviceId: string;
}

/** What became of it. */
export type EndedQuickConnect =
  | { readonly kind: 'signed-in'; readonly token: string; readonly user: UserDto }
  | { readonly kind: 'waiting' | 'expired' };

/** Quick Connect from the side that wants to sign in. All but `isEnabled` reject with a JellyfinUnreachableError. */
export interface QuickConnect {
  /** An answer of up to a minute ago will do; false while Jellyfin is away. Never throws. */
  isEnabled(): Promise<boolean>;
  /** Undefined where it is switched off. */
  begin(): Promise<BegunQuickConnect | undefined>;
  end(begun: Pick<BegunQuickConnect, 'secret' | 'deviceId'>): Promise<EndedQuickConnect>;
}

/** What it says of itself on devices of Quick Connect; the rest is random, as nobody knows yet who will sign in. */
const DEVICE = 'gatehouse-account-';

/** How long an answer is kept, in milliseconds. */
const KEPT_MS = 60_000;

/**
 * Makes the calls. 10.8 starts by GET, 10.9 and later by POST.
 * Source: jellyfin QuickConnectController.cs, 10.8.13 to 12.0; seen live on five versions.
 */
export function createQuickConnect(parts: {
  readonly send: (call: JellyfinCall) => Promise<JellyfinAnswer>;
  /** Version of this program. */
  readonly version: string;
  readonly clock: Clock;
}): QuickConnect {
  const { send, version, clock } = parts;
  let known: { readonly isEnabled: boolean; readonly at: number } | undefined;

  function ask(method: 'GET' | 'POST', path: string, deviceId: string, body?: unknown) {
    return send({ method, path, identity: { deviceId, version }, body });
  }

  async function askEnabled(): Promise<boolean> {
    const answer = await ask('GET', '/QuickConnect/Enabled', `${DEVICE}look`);
    return answer.status === 200 && answer.text.trim() === 'true';
  }

  return {
    async isEnabled() {
      const age = known === undefined ? -1 : clock.now() - known.at;
      if (known === undefined || age < 0 || age >= KEPT_MS)
        known = { isEnabled: await askEnabled().catch(() => false), at: clock.now() };
      return known.isEnabled;
    },
    async begin() {
      const deviceId = `${DEVICE}${randomBytes(8).toString('hex')}`;
      let answer = await ask('POST', '/QuickConnect/Initiate', deviceId);
      if (answer.status === 404 || answer.status === 405)
        answer = await ask('GET', '/QuickConnect/Initiate', deviceId);
      if (answer.status === 401 || answer.status === 403) return undefined;
      if (answer.status !== 200) throw unexpectedAnswer('QuickConnect/Initiate', answer);
      const { Code, Secret } = readJsonAnswer(QuickConnectState, 'QuickConnect/Initiate', answer);
      return { code: Code, secret: Secret, deviceId };
    },
    async end({ secret, deviceId }) {
      const asked = await ask('GET', `/QuickConnect/Connect?secret=${encodeURIComponent(secret)}`, deviceId);
      if (asked.status === 404 || asked.status === 401) return { kind: 'expired' };
      if (asked.status !== 200) throw unexpectedAnswer('QuickConnect/Connect', asked);
      if (!readJsonAnswer(QuickConnectState, 'QuickConnect/Connect', asked).Authenticated)
        return { kind: 'waiting' };
      const answer = await ask('POST', '/Users/AuthenticateWithQuickConnect', deviceId, { Secret: secret });
      if (answer.status === 404 || answer.status === 401) return { kind: 'expired' };
      if (answer.status !== 200) throw unexpectedAnswer('Users/AuthenticateWithQuickConnect', answer);
      const { AccessToken, User } = readJsonAnswer(
        SignInResult,
        'Users/AuthenticateWithQuickConnect',
        answer,
      );
      return { kind: 'signed-in', token: AccessToken, user: User };
    },
  };
}

/** What a call gives, or that Jellyfin is away. @throws what is no fault of Jellyfin's. */
export async function orUnreachable<T>(call: Promise<T>): Promise<T | { readonly kind: 'unreachable' }> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof JellyfinUnreachableError) return { kind: 'unreachable' };
    throw error;
  }
}
