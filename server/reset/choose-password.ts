import { randomUUID } from 'node:crypto';
import { pickLanguage } from '../../injector/kit/translations.ts';
import type { LinkAnswer, PasswordFault, PasswordRules } from '../contract.ts';
import type { Logger } from '../log.ts';
import type { Accounts, Clock, LinkState, Notices, ResetLinks, SetPasswordOutcome } from '../ports.ts';
import { findPasswordFaults } from './password-rules.ts';

/**
 * How long one redemption may hold a link, in milliseconds. Longer than any change takes (`SET_PASSWORD_BUDGET_MS` is
 * 45,000), so that no second redemption starts while one is at work; after a crash the link is good again by then.
 */
export const LINK_LEASE_MS = 60_000;

/** The new password as a person sent it. */
export interface Redemption {
  readonly token: string;
  readonly password: string;
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the notice. */
  readonly acceptLanguage: string | undefined;
}

/** How a redemption ended. The link is spent with `changed` only. */
export type RedeemOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'unknown' | 'expired' | 'used' | 'busy' }
  | { readonly kind: 'refused'; readonly faults: readonly PasswordFault[] }
  | { readonly kind: 'account-unavailable' | 'unreachable' | 'not-kept' };

/** The use case behind the page where a new password is chosen. */
export interface ChoosePassword {
  /** Tells what a link is good for. Changes nothing. */
  look(token: string): Promise<LinkAnswer | { readonly state: 'busy' }>;
  /** Sets the password and spends the link, or leaves both as they were. */
  redeem(redemption: Redemption): Promise<RedeemOutcome>;
}

/** What choosing a password needs of the world. */
export interface ChoosePasswordParts {
  readonly accounts: Pick<Accounts, 'serverName' | 'setPassword'>;
  readonly links: Pick<ResetLinks, 'look' | 'claim' | 'spend' | 'release'>;
  readonly notices: Notices;
  /** SHA-256 of a token, as links are kept. */
  readonly hashToken: (token: string) => string;
  readonly rules: PasswordRules;
  /** Common passwords, as `readCommonPasswords().set`. */
  readonly common: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A link, and the name under which one redemption holds it. */
interface Claim {
  readonly tokenHash: string;
  readonly claimId: string;
}

type OpenLink = Extract<LinkState, { state: 'open' }>;

/** Makes the use case. Source: OWASP O8, O9, O13, O15, O16; ASVS 5.0 15.4.2. */
export function createChoosePassword(parts: ChoosePasswordParts): ChoosePassword {
  const { accounts, links, notices, hashToken, rules, common, clock, log } = parts;

  /** A link that cannot be given back is good again when its lease ends; the answer is the same. */
  async function giveBack({ tokenHash, claimId }: Claim): Promise<void> {
    try {
      await links.release(tokenHash, claimId);
    } catch (err) {
      log.error({ event: 'link-not-released', err });
    }
  }

  /** The password is in force whatever happens here, so a failure is logged and not told to the person. */
  async function finish(
    { tokenHash, claimId }: Claim,
    link: OpenLink,
    acceptLanguage: string | undefined,
  ): Promise<void> {
    try {
      await links.spend(tokenHash, claimId, clock.now());
    } catch (err) {
      log.error({ event: 'link-not-spent', userId: link.userId, err });
    }
    await notices.passwordChanged(link.userId, link.userName, pickLanguage(acceptLanguage));
  }

  async function change(
    claim: Claim,
    link: OpenLink,
    redemption: Redemption,
  ): Promise<SetPasswordOutcome['kind']> {
    const outcome = await accounts.setPassword(link.userId, redemption.password);
    const about = { userId: link.userId, clientAddress: redemption.clientAddress };
    if (outcome.kind === 'in-force') {
      log.info({ event: 'password-changed', ...about, tries: outcome.tries });
      await finish(claim, link, redemption.acceptLanguage);
    } else {
      const { kind, ...why } = outcome;
      log[kind === 'refused' ? 'error' : 'warn']({
        event: 'password-not-changed',
        ...about,
        outcome: kind,
        ...why,
      });
      await giveBack(claim);
    }
    return outcome.kind;
  }

  return {
    async look(token) {
      const link = await links.look(hashToken(token), clock.now());
      if (link.state !== 'open') return { state: link.state };
      const serverName = await accounts.serverName();
      return { state: 'open', userName: link.userName, serverName, passwordRules: rules };
    },

    async redeem(redemption) {
      const { token, password, clientAddress } = redemption;
      const tokenHash = hashToken(token);
      const refuse = (state: Exclude<LinkState['state'], 'open'>): RedeemOutcome => {
        log.info({ event: 'link-refused', state, clientAddress });
        return { kind: state };
      };
      const seen = await links.look(tokenHash, clock.now());
      if (seen.state !== 'open') return refuse(seen.state);
      const names = [seen.userName, await accounts.serverName()];
      const faults = findPasswordFaults(password, { rules, names, common });
      if (faults.length > 0) return { kind: 'refused', faults };
      const claimId = randomUUID();
      const claimed = await links.claim(tokenHash, clock.now(), LINK_LEASE_MS, claimId);
      if (claimed.state !== 'open') return refuse(claimed.state);
      const kind = await change({ tokenHash, claimId }, claimed, redemption);
      if (kind === 'in-force') return { kind: 'changed' };
      // A refused key is for the admin to mend; to the person Jellyfin is just not to be had.
      return { kind: kind === 'refused' ? 'unreachable' : kind };
    },
  };
}
