import { AccountRefusal, type AccountUseCases, type SignedInCaller } from '../http/account-use-cases.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { LanguageFor, Preferences } from '../ports/preferences.ts';
import type { AccountLimits } from './account-limits.ts';
import type { ChangedBy, KeepContact } from './keep-contact.ts';
import type { ProveContact } from './prove-contact.ts';
import type { ProvePassword } from './prove-password.ts';

/** What managing one's own contacts needs of the world. */
export interface OwnContactsParts {
  readonly provePassword: ProvePassword;
  readonly proveContact: ProveContact;
  readonly keepContact: KeepContact;
  readonly contacts: Pick<Contacts, 'setOrder' | 'ofUser'>;
  readonly preferences: Preferences;
  readonly languageFor: LanguageFor;
  readonly limits: AccountLimits;
}

/** The use cases of somebody who is signed in and changes how they are reached. */
export type OwnContacts = Pick<
  AccountUseCases,
  'beginContact' | 'confirmContact' | 'removeContact' | 'orderContacts' | 'setLanguage'
>;

/**
 * Makes them. A session alone, or a stolen token of Jellyfin's, changes no contact: the password is asked for again.
 * Source: fault row F18; ASVS 5.0 7.5.1.
 */
export function createOwnContacts(parts: OwnContactsParts): OwnContacts {
  const { provePassword, proveContact, keepContact, contacts, preferences, languageFor, limits } = parts;

  async function how({ session, acceptLanguage, clientAddress }: SignedInCaller): Promise<ChangedBy> {
    const language = await languageFor(session.userId, acceptLanguage);
    return { clientAddress, language };
  }

  /** The address that waits to be confirmed: the code goes there again where no other one is named. */
  async function keptAddress(userId: string, channel: string): Promise<string | undefined> {
    const kept = (await contacts.ofUser(userId)).find((one) => one.channel === channel);
    return kept?.state === 'unverified' ? kept.address : undefined;
  }

  return {
    async beginContact({ channel, password, ...wanted }, caller) {
      const { session, clientAddress, acceptLanguage } = caller;
      const { userId, userName, idHash } = session;
      const address = wanted.address ?? (await keptAddress(userId, channel));
      proveContact.check({ channel, address });
      await limits.takeOfNetwork('codesOfNetwork', clientAddress);
      await provePassword(session, password, clientAddress);
      const language = await languageFor(userId, acceptLanguage);
      return proveContact.begin({ userId, userName, idHash, channel, address, clientAddress, language });
    },
    async confirmContact({ channel, code }, caller) {
      const { userId, userName } = caller.session;
      const { address } = await proveContact.confirm(code, { userId, channel });
      await keepContact.set({ userId, userName, channel, address }, await how(caller));
    },
    async removeContact({ channel, password }, caller) {
      const { session, clientAddress } = caller;
      const { userId, userName } = session;
      await provePassword(session, password, clientAddress);
      await keepContact.remove({ userId, userName, channel }, await how(caller));
    },
    async orderContacts(channels, { session }) {
      await contacts.setOrder(session.userId, [...new Set(channels)]);
    },
    async setLanguage(language, { session }) {
      await preferences.set(session.userId, { language: language === null ? undefined : readTag(language) });
    },
  };
}

function readTag(tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined) return canonical;
  } catch {
    // As below.
  }
  throw new AccountRefusal('bad-body');
}
