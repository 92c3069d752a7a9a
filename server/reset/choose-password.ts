import { setTimeout as sleep } from 'node:timers/promises';
import { type Language, pickLanguage } from '../../injector/kit/translations.ts';
import type { PasswordRules } from '../http/contract.ts';
import type { ChoosePassword, RedeemOutcome, Redemption } from '../http/use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { OwnLoginThrottle } from '../login/login-throttle.ts';
import type { Accounts, SetPasswordOutcome } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notices } from '../ports/notices.ts';
import type { LinkState, ResetLinks } from '../ports/reset-links.ts';
import { hashToken } from '../secrets/token.ts';
import { type ClaimedLink, claimLink } from './claim-link.ts';
import { findPasswordFaults } from './password-rules.ts';
import type { CodeNeed, SecondChannel } from './second-channel.ts';

/** Longest wait for a name: a page waits for it, in milliseconds. */
const NAME_WAIT_MS = 2_000;

/**
 * The name an account has now: it may have another one than when the message was asked for, and it is the new one
 * that signs in. While Jellyfin cannot be asked, the one that was kept. Never throws.
 */
export async function findCurrentName(
  accounts: Pick<Accounts, 'findById'>,
  kept: { readonly userId: string; readonly userName: string },
): Promise<string> {
  return (await findNameNow(accounts, kept.userId)) ?? kept.userName;
}

/** The name an account has now; undefined when it is gone, or Jellyfin does not answer within 2 s. Never throws. */
export async function findNameNow(
  accounts: Pick<Accounts, 'findById'>,
  userId: string,
): Promise<string | undefined> {
  return (await answerInTime(accounts.findById(userId)))?.name;
}

/** What Jellyfin answers within 2 s; undefined when it does not, or fails. Never throws. */
async function answerInTime<T>(asked: Promise<T>): Promise<T | undefined> {
  const timeout = new AbortController();
  const waited = sleep(NAME_WAIT_MS, undefined, { signal: timeout.signal });
  const answer = await Promise.race([asked, waited]).catch(() => undefined);
  timeout.abort();
  // Whichever lost the race may still fail.
  waited.catch(() => undefined);
  asked.catch(() => undefined);
  return answer;
}

/** What choosing a password needs of the world. */
export interface ChoosePasswordParts {
  readonly accounts: Pick<Accounts, 'serverName' | 'setPassword' | 'findById'>;
  readonly links: Pick<ResetLinks, 'look' | 'claim' | 'renew' | 'spend' | 'release'>;
  /** Says who needs a code besides the link. @default nobody */
  readonly secondChannel?: SecondChannel | undefined;
  readonly notices: Notices;
  /** SHA-256 of a token, as links are kept. */
  readonly hashToken: (token: string) => string;
  readonly rules: PasswordRules;
  /** Common passwords, as `readCommonPasswords().set`. */
  readonly common: ReadonlySet<string>;
  /** Where passwords are changed that Jellyfin does not keep: `reset.externalAccounts` of the config. */
  readonly externalAccounts?: string | undefined;
  /** Of messages to people whose browser tells none that we have. @default English */
  readonly language?: Language | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes the use case. Source: OWASP O8, O9, O13, O15, O16; ASVS 5.0 15.4.2. */
export function createChoosePassword(parts: ChoosePasswordParts): ChoosePassword {
  const { accounts, links, notices, hashToken, rules, common, clock, log } = parts;
  const underWay = new Set<Promise<unknown>>();

  /** What became of the change, for the log. */
  function tell(outcome: SetPasswordOutcome, userId: string, clientAddress: string): void {
    const about = { userId, clientAddress };
    if (outcome.kind === 'in-force') {
      log.info({ event: 'password-changed', ...about, tries: outcome.tries });
      return;
    }
    const { kind, ...why } = outcome;
    const level = kind === 'refused' ? 'error' : 'warn';
    log[level]({ event: 'password-not-changed', ...about, outcome: kind, ...why });
  }

  /**
   * Sets the password for whoever holds the link, and ends the claim in every case.
   *
   * @param mayBeAdministrator Whether it may be that of an administrator: no code is missing.
   */
  async function change(
    link: ClaimedLink,
    redemption: Redemption,
    mayBeAdministrator: boolean,
  ): Promise<RedeemOutcome> {
    const { password } = redemption;
    const outcome = await accounts.setPassword(link.userId, password, link.isHeld, mayBeAdministrator);
    tell(outcome, link.userId, redemption.clientAddress);
    if (outcome.kind === 'in-force') {
      // Before the link is spent: a crash in between means another good redemption and another true notice, and none
      // that is lost.
      await notices.passwordChanged(
        link.userId,
        link.userName,
        pickLanguage(redemption.acceptLanguage, parts.language),
      );
      // Our password was in force, but whoever has the account's claim now may be setting another one.
      return (await link.spend()) === 'lost' ? { kind: 'busy' } : { kind: 'changed' };
    }
    await link.release();
    // Became one since the look a moment ago.
    if (outcome.kind === 'account-unavailable' && outcome.reason === 'administrator' && !mayBeAdministrator)
      return { kind: 'code-needed' };
    if (outcome.kind === 'account-unavailable' && outcome.reason === 'foreign-provider')
      return { kind: 'account-elsewhere', url: parts.externalAccounts };
    // A refused key is for the admin to mend; to the person Jellyfin is just not to be had.
    return { kind: outcome.kind === 'refused' ? 'unreachable' : outcome.kind };
  }

  /** Whether a code is needed, as Jellyfin says at this moment; undefined when it does not say. */
  async function needOf(tokenHash: string, userId: string): Promise<CodeNeed | undefined> {
    try {
      return (await parts.secondChannel?.needOf(tokenHash, userId)) ?? 'not-needed';
    } catch (err) {
      log.warn({ event: 'account-not-found-out', userId, err });
      return undefined;
    }
  }

  /** Asks for the code that the link needs besides; undefined when it was the right one. */
  async function findCodeFault(
    { token, code, clientAddress }: Redemption,
    { userId, userName }: { readonly userId: string; readonly userName: string },
    secondChannel: SecondChannel,
  ): Promise<RedeemOutcome | undefined> {
    if (code === undefined) return { kind: 'code-needed' };
    const { state } = await secondChannel.compare(hashToken(token), userId, code);
    if (state === 'right') return undefined;
    const isWrong = state === 'wrong' || state === 'locked';
    log[isWrong ? 'warn' : 'info']({ event: 'reset-code-refused', state, userId, userName, clientAddress });
    if (isWrong) return { kind: state === 'wrong' ? 'code-wrong' : 'locked' };
    return { kind: state === 'no-code' ? 'code-expired' : state };
  }

  async function redeem(redemption: Redemption): Promise<RedeemOutcome> {
    const { token, password, clientAddress } = redemption;
    const tokenHash = hashToken(token);
    const refuse = (state: Exclude<LinkState['state'], 'open'>): RedeemOutcome => {
      // Of tokens that never existed who counts them tells, since they are tried by looking, too.
      if (state !== 'unknown') log.info({ event: 'link-refused', clientAddress, state });
      return { kind: state };
    };
    const seen = await links.look(tokenHash, clock.now());
    if (seen.state !== 'open') return refuse(seen.state);
    const names = await Promise.all([findCurrentName(accounts, seen), accounts.serverName()]);
    const faults = findPasswordFaults(password, { rules, names: [seen.userName, ...names], common });
    if (faults.length > 0) return { kind: 'refused', faults };
    const { secondChannel } = parts;
    const need = await needOf(tokenHash, seen.userId);
    if (need === undefined) return { kind: 'unreachable' };
    if (need === 'needed' && secondChannel !== undefined) {
      const fault = await findCodeFault(redemption, seen, secondChannel);
      if (fault !== undefined) return fault;
    }
    const claiming = await claimLink({ links, clock, log }, tokenHash);
    if (claiming.state !== 'claimed') return refuse(claiming.state);
    return change(claiming.link, redemption, secondChannel === undefined || need !== 'not-needed');
  }

  /** Keeps count of what is under way. */
  function follow<T>(redemption: Promise<T>): Promise<T> {
    underWay.add(redemption);
    return redemption.finally(() => underWay.delete(redemption));
  }

  return {
    async look(token) {
      const link = await links.look(hashToken(token), clock.now());
      if (link.state !== 'open') return { state: link.state };
      const [userName, serverName, need] = await Promise.all([
        findCurrentName(accounts, link),
        accounts.serverName(),
        answerInTime(needOf(hashToken(token), link.userId)),
      ]);
      const open = { state: 'open', userName, serverName, passwordRules: rules } as const;
      // Where Jellyfin does not say it in time, the call that sets the password does.
      return need === 'needed' ? { ...open, needsCode: true } : open;
    },

    redeem: (redemption) => follow(redeem(redemption)),

    async waitUntilIdle(graceMs) {
      const timeout = new AbortController();
      const waited = sleep(graceMs, undefined, { signal: timeout.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(underWay), waited]);
      timeout.abort();
    },
  };
}

/**
 * Lets people in again who have just proved, by a reset, whose account it is: from the network they did it from. By the
 * id of the account, and under the name it has now: the one it had when the message was asked for may be another's.
 */
export function forgiveAfterReset(parts: {
  readonly choosePassword: ChoosePassword;
  readonly links: Pick<ResetLinks, 'look'>;
  readonly accounts: Pick<Accounts, 'findById'>;
  readonly throttle: Pick<OwnLoginThrottle, 'forgive'>;
  readonly clock: Clock;
}): ChoosePassword {
  const { choosePassword, links, accounts, throttle, clock } = parts;
  return {
    ...choosePassword,
    async redeem(redemption) {
      const link = await links.look(hashToken(redemption.token), clock.now());
      const outcome = await choosePassword.redeem(redemption);
      if (outcome.kind === 'changed' && link.state === 'open') {
        const { userId } = link;
        const userName = await findNameNow(accounts, userId);
        await throttle.forgive({ userId, userName, clientAddress: redemption.clientAddress });
      }
      return outcome;
    },
  };
}
