import { setTimeout as sleep } from 'node:timers/promises';
import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { AccountAccess, AccountOwner, PersonToken } from '../ports/account-access.ts';
import type { Clock } from '../ports/clock.ts';
import { seal, unseal } from '../secrets/sealed.ts';
import type { AccountLimits } from './account-limits.ts';
import type { TryPassword } from './prove-password.ts';
import type { Sessions } from './sessions.ts';

/** What signing in needs of the world. */
export interface SignInParts {
  readonly sessions: Sessions;
  readonly access: Pick<AccountAccess, 'ownerOf' | 'quickConnect'>;
  readonly tryPassword: TryPassword;
  readonly limits: AccountLimits;
  /** 32 bytes that seal a try of Quick Connect, which the browser holds. */
  readonly attemptKey: Buffer;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a sign-in that is refused takes at least, in milliseconds. @default {@link REFUSED_MS} */
  readonly refusedMs?: number;
}

/**
 * How long a sign-in that is refused takes at least, in milliseconds: Jellyfin takes longer for a name that somebody has, as it
 * hashes the password, and with this nobody sees it. Source: ASVS 5.0 6.3.8.
 */
export const REFUSED_MS = 1_000;

/** How long Jellyfin keeps a code of Quick Connect, in milliseconds. */
const ATTEMPT_MS = 10 * 60_000;

const ATTEMPT = 'quick-connect';

/** The ways to sign in. */
export type SignInUseCases = Pick<
  AccountUseCases,
  'signIn' | 'signInByToken' | 'beginQuickConnect' | 'endQuickConnect'
>;

/** What a browser holds, sealed, while its code waits: whoever has the secret has the token. */
interface Attempt {
  readonly secret: string;
  readonly deviceId: string;
  readonly until: number;
}

/** How somebody signed in, as the log names it. */
type SignInWay = 'password' | 'client' | 'quick-connect';

/** Makes the ways to sign in. Each begins a session with a new id. Source: ASVS 5.0 7.2.4. */
export function createSignIn(parts: SignInParts): SignInUseCases {
  const { sessions, access, tryPassword, limits, attemptKey, clock, log, refusedMs = REFUSED_MS } = parts;

  function begin(
    owner: AccountOwner,
    token: PersonToken,
    { clientAddress, before, by }: { clientAddress: string; before: string | undefined; by: SignInWay },
  ): Promise<string> {
    const { userId, userName } = owner;
    log.info({ event: 'account-signed-in', userId, userName, clientAddress, by });
    return sessions.begin(owner, token, { before, isByPassword: by === 'password' });
  }

  function readAttempt(sealed: string): Attempt {
    const text = unseal(attemptKey, sealed, ATTEMPT);
    const attempt = text === undefined ? undefined : (JSON.parse(text) as Attempt);
    if (attempt === undefined || clock.now() >= attempt.until) throw new AccountRefusal('code-expired');
    return attempt;
  }

  return {
    async signIn({ name, password }, { clientAddress }, before) {
      await limits.takeOfNetwork('signIn', clientAddress);
      const earliest = sleep(refusedMs);
      const tried = await tryPassword({ name, password, clientAddress }, 'session');
      if (tried !== undefined)
        return begin(tried.owner, tried.token, { clientAddress, before, by: 'password' });
      await earliest;
      throw new AccountRefusal('sign-in-refused');
    },
    async signInByToken(token, { clientAddress }, before) {
      await limits.takeOfNetwork('signIn', clientAddress);
      const borrowed = { token, deviceId: undefined };
      const asked = await access.ownerOf(borrowed, clientAddress);
      if (asked.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
      if (asked.kind === 'refused') throw new AccountRefusal('sign-in-refused');
      return begin(asked.owner, borrowed, { clientAddress, before, by: 'client' });
    },
    async beginQuickConnect({ clientAddress }) {
      await limits.takeOfNetwork('signIn', clientAddress);
      const begun = await access.quickConnect.begin();
      if (begun.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
      if (begun.kind === 'off') throw new AccountRefusal('sign-in-refused');
      const { code, secret, deviceId } = begun;
      const attempt: Attempt = { secret, deviceId, until: clock.now() + ATTEMPT_MS };
      return { code, attempt: seal(attemptKey, JSON.stringify(attempt), ATTEMPT) };
    },
    async endQuickConnect(sealed, { clientAddress }, before) {
      await limits.takeOfNetwork('open', clientAddress);
      const ended = await access.quickConnect.end(readAttempt(sealed));
      if (ended.kind === 'waiting') return undefined;
      if (ended.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
      if (ended.kind === 'expired') throw new AccountRefusal('code-expired');
      // The token may be dead already: a changed password ends it, and the secret still gives it. Source: seen on 10.8 to 12.0.
      const asked = await access.ownerOf(ended.token, clientAddress);
      if (asked.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
      if (asked.kind === 'refused') throw new AccountRefusal('code-expired');
      return begin(asked.owner, ended.token, { clientAddress, before, by: 'quick-connect' });
    },
  };
}
