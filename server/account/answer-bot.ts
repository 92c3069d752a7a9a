import type { Language, Translations } from '../../injector/kit/translations.ts';
import type { Logger } from '../log/log.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { ReceivedMessage } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChange, ContactChanges } from '../ports/contact-changes.ts';
import { type ContactCodeHash, readBotCode } from '../secrets/contact-code.ts';
import type { AccountLimits } from './account-limits.ts';
import type { KeepContact } from './keep-contact.ts';
import type { LanguageFor } from './language-for.ts';
import type { ServerChannel } from './server-channels.ts';

/** What answering people who write to a bot needs of the world. */
export interface AnswerBotParts {
  readonly changes: Pick<ContactChanges, 'look' | 'spend' | 'isUndone'>;
  readonly hashes: ContactCodeHash;
  readonly keepContact: KeepContact;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly languageFor: LanguageFor;
  readonly limits: AccountLimits;
  readonly clock: Clock;
  readonly log: Logger;
}

const DONE: Translations = {
  en: 'Done. Messages about your account on {serverName} come here from now on.',
  de: 'Fertig. Nachrichten zu deinem Konto auf {serverName} kommen ab jetzt hierher.',
  fr: 'C’est fait. Les messages sur votre compte {serverName} arriveront désormais ici.',
  es: 'Listo. Los mensajes sobre tu cuenta en {serverName} llegarán aquí a partir de ahora.',
};

/** The same for a code that is used, over, somebody else's, or none at all. */
const NO_CODE =
  'I do not know this code, or no longer. You find a new one under Password recovery in My Account.';

/** Says it in the person's language. */
function say(words: Translations, language: Language, serverName: string): string {
  return (words[language] ?? words.en).replace('{serverName}', () => serverName);
}

/**
 * Makes what a channel's bot says to people. A code binds the account that asked for it to the id of whoever sends it: the id
 * that the service gives, never a name that somebody else may have tomorrow. Source: fault row F19.
 */
export function createAnswerBot(
  { definition, channel: { name } }: ServerChannel,
  parts: AnswerBotParts,
): (message: ReceivedMessage) => Promise<string | undefined> {
  const { changes, hashes, keepContact, accounts, languageFor, limits, clock, log } = parts;

  /** Spends the code, unless it is for another channel or the account has refused this sender. */
  async function spend(code: string, address: string): Promise<ContactChange | undefined> {
    const hash = hashes.bot(code);
    const found = await changes.look('proof', hash, clock.now());
    if (found.state !== 'open' || found.change.channel !== name || found.change.address !== undefined)
      return undefined;
    if (await changes.isUndone(found.change.userId, name, address)) return undefined;
    const spent = await changes.spend('proof', hash, clock.now());
    return spent.state === 'spent' ? found.change : undefined;
  }

  return async ({ address: sender, text }) => {
    try {
      if (!(await limits.isWithin('botMessages', `${name} ${sender}`))) return undefined;
      const read = definition.readAddress(sender);
      const code = readBotCode(text);
      if ('fault' in read || code === undefined) return NO_CODE;
      const { address } = read;
      const change = await spend(code, address);
      if (change === undefined) return NO_CODE;
      const { userId, userName, invitationHash } = change;
      const language = await languageFor(userId, undefined);
      const by = invitationHash === undefined ? 'account' : 'invitation';
      const contact = { userId, userName, channel: name, address };
      await keepContact.set(contact, { by, clientAddress: undefined, language });
      return say(DONE, language, await accounts.serverName());
    } catch (err) {
      log.error({ event: 'bot-answer-failed', channel: name, err });
      return undefined;
    }
  };
}
