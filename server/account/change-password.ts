import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { PasswordRules } from '../http/contract.ts';
import type { Logger } from '../log/log.ts';
import type { Accounts, SetPasswordOutcome } from '../ports/accounts.ts';
import type { Notices } from '../ports/notices.ts';
import type { LanguageFor } from '../ports/preferences.ts';
import { findPasswordFaults } from '../reset/password-rules.ts';
import type { ProvePassword } from './prove-password.ts';

/** What changing one's own password needs of the world. */
export interface ChangePasswordParts {
  readonly accounts: Pick<Accounts, 'serverName' | 'setPassword'>;
  readonly provePassword: ProvePassword;
  readonly notices: Notices;
  readonly rules: PasswordRules;
  /** Common passwords, as `readCommonPasswords().set`. */
  readonly common: ReadonlySet<string>;
  /** `reset.externalAccounts` of the config. */
  readonly externalAccounts?: string | undefined;
  readonly languageFor: LanguageFor;
  readonly log: Logger;
}

/**
 * Makes the use case: a new password for somebody who knows the one before, by the same rules and with the same care as a
 * reset. All sessions end with it, this one too. Source: ASVS 5.0 6.2.2, 6.2.3, 7.4.3.
 */
export function createChangePassword(parts: ChangePasswordParts): AccountUseCases['changePassword'] {
  const { accounts, provePassword, notices, rules, common, languageFor, log } = parts;

  function refusal(outcome: Exclude<SetPasswordOutcome, { kind: 'in-force' }>): AccountRefusal {
    if (outcome.kind === 'not-kept') return new AccountRefusal('change-not-kept');
    if (outcome.kind !== 'account-unavailable') return new AccountRefusal('jellyfin-unreachable');
    return outcome.reason === 'foreign-provider'
      ? new AccountRefusal('account-elsewhere', { url: parts.externalAccounts })
      : new AccountRefusal('account-unavailable');
  }

  return async ({ current, next }, { session, clientAddress, acceptLanguage }) => {
    // A lone half of a surrogate pair has no UTF-8 form: what reached Jellyfin would be another password.
    if (!next.isWellFormed()) throw new AccountRefusal('bad-body');
    const { userId, userName } = session;
    const names = [userName, await accounts.serverName()];
    const faults = findPasswordFaults(next, { rules, names, common });
    if (faults.length > 0) throw new AccountRefusal('password-refused', { faults });
    await provePassword(session, current, clientAddress);
    const outcome = await accounts.setPassword(userId, next);
    const about = { userId, userName, clientAddress };
    if (outcome.kind !== 'in-force') {
      const { kind, ...why } = outcome;
      log.warn({ event: 'password-not-changed', ...about, outcome: kind, ...why });
      throw refusal(outcome);
    }
    log.info({ event: 'password-changed', ...about, tries: outcome.tries, by: 'account' });
    await notices.passwordChanged(userId, userName, await languageFor(userId, acceptLanguage));
  };
}
