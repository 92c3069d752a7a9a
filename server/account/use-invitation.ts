import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { LanguageFor } from '../ports/preferences.ts';
import { hashToken } from '../secrets/token.ts';
import type { AccountLimits } from './account-limits.ts';
import type { KeepContact } from './keep-contact.ts';
import type { ProveContact } from './prove-contact.ts';
import type { ServerChannels } from './server-channels.ts';
import { findByLink, type LookParts } from './undo-change.ts';

/** What using an invitation needs of the world. */
export interface UseInvitationParts extends LookParts {
  readonly changes: Pick<ContactChanges, 'look' | 'spend'>;
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly channels: ServerChannels;
  readonly proveContact: ProveContact;
  readonly keepContact: KeepContact;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly languageFor: LanguageFor;
  readonly limits: AccountLimits;
}

/** The use cases behind the link of an invitation. */
export type InvitationUseCases = Pick<
  AccountUseCases,
  'lookAtInvitation' | 'beginInvitation' | 'confirmInvitation'
>;

/** Makes them. The link stands for session and password, and is spent with the proof of the contact: one link, one contact. */
export function createUseInvitation(parts: UseInvitationParts): InvitationUseCases {
  const { contacts, channels, proveContact, keepContact, accounts, languageFor, limits, clock } = parts;

  /** Whether a bot has seen the code of this invitation. */
  async function isConfirmed(token: string, channel: string): Promise<boolean> {
    const found = await parts.changes.look('invitation', hashToken(token), clock.now());
    if (found.state !== 'used') return false;
    const own = await contacts.ofUser(found.change.userId);
    return own.some((contact) => contact.channel === channel && contact.state === 'verified');
  }

  return {
    async lookAtInvitation(token, { clientAddress }) {
      const { userName } = await findByLink(parts, 'invitation', token, clientAddress);
      return { serverName: await accounts.serverName(), userName, channels: channels.shown };
    },
    async beginInvitation({ token, channel, address }, { clientAddress, acceptLanguage }) {
      const { userId, userName } = await findByLink(parts, 'invitation', token, clientAddress);
      proveContact.check({ channel, address });
      await limits.takeOfNetwork('codesOfNetwork', clientAddress);
      const language = await languageFor(userId, acceptLanguage);
      const about = { userId, userName, channel, address, clientAddress, language };
      return proveContact.begin({ ...about, invitationHash: hashToken(token) });
    },
    async confirmInvitation({ token, channel, code }, { clientAddress, acceptLanguage }) {
      await limits.takeOfNetwork('open', clientAddress);
      if (code === undefined && (await isConfirmed(token, channel))) return { state: 'confirmed' };
      const { userId, userName } = await findByLink(parts, 'invitation', token, clientAddress);
      if (code === undefined) return { state: 'waiting' };
      const proof = await proveContact.confirm(code, { userId, channel });
      // Of a code that somebody asked for who was signed in, the link is spent here.
      if (proof.invitationHash !== hashToken(token)) {
        const spent = await parts.changes.spend('invitation', hashToken(token), clock.now());
        if (spent.state !== 'spent') throw new AccountRefusal('link-used');
      }
      const language = await languageFor(userId, acceptLanguage);
      const { address } = proof;
      await keepContact.set(
        { userId, userName, channel, address },
        { invitationHash: hashToken(token), clientAddress, language },
      );
      return { state: 'confirmed' };
    },
  };
}
