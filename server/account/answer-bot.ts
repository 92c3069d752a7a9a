import { setTimeout as sleep } from 'node:timers/promises';
import type { Language } from '../../injector/kit/translations.ts';
import type { Logger } from '../log/log.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { ReceivedMessage } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChange, ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { LanguageFor } from '../ports/preferences.ts';
import { type ContactCodeHash, readBotCode } from '../secrets/contact-code.ts';
import type { AccountLimits } from './account-limits.ts';
import { sayToPerson } from './bot-words.ts';
import type { KeepContact } from './keep-contact.ts';
import type { ServerChannel } from './server-channels.ts';

/** What answering people who write to a bot needs of the world. */
export interface AnswerBotParts {
  readonly changes: Pick<ContactChanges, 'look' | 'spend' | 'undoneUntil'>;
  readonly hashes: ContactCodeHash;
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly keepContact: KeepContact;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly languageFor: LanguageFor;
  /** Of what is said to people whose account is not known; English where nothing is said. */
  readonly language: Language | undefined;
  readonly limits: AccountLimits;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often, and with which pause in ms, is looked whether another process that took the code has kept the contact. */
const LOOKS = { count: 5, pauseMs: 200 } as const;

/**
 * Makes what a channel's bot says to people. A code binds the account that asked for it to the id of whoever sends it: the id
 * that the service gives, never a name that somebody else may have tomorrow. Who sends it a second time hears the same as at
 * the first: two processes may have heard the one message. Source: fault row F19.
 */
export function createAnswerBot(
  { definition, channel: { name } }: ServerChannel,
  parts: AnswerBotParts,
): (message: ReceivedMessage) => Promise<string | undefined> {
  const { changes, hashes, contacts, keepContact, accounts, languageFor, limits, clock, log } = parts;
  const { language = 'en' } = parts;

  const hasContact = async ({ userId }: ContactChange, address: string): Promise<boolean> =>
    (await contacts.ofUser(userId)).some(
      (one) => one.channel === name && one.address === address && one.state === 'verified',
    );

  /** Whether this sender is the one who brought a code that is used; the process that took it may not be done yet. */
  async function hasBrought(change: ContactChange, address: string): Promise<boolean> {
    const isFresh = clock.now() - (change.usedAt ?? 0) < LOOKS.count * LOOKS.pauseMs;
    for (let look = 1; look < LOOKS.count && isFresh; look += 1) {
      if (await hasContact(change, address)) return true;
      await sleep(LOOKS.pauseMs);
    }
    return hasContact(change, address);
  }

  /** Takes the code, unless it is for another channel or the account has refused this sender; answers whose it is. */
  async function take(code: string, address: string): Promise<ContactChange | undefined> {
    const hash = hashes.bot(code);
    const found = await changes.look('proof', hash, clock.now());
    if (found.state !== 'open' && found.state !== 'used') return undefined;
    const { channel, userId, userName, invitationHash, address: typed } = found.change;
    if (channel !== name || typed !== undefined) return undefined;
    if ((await changes.undoneUntil(userId, name, address)) !== undefined) return undefined;
    const spent = found.state === 'used' ? found : await changes.spend('proof', hash, clock.now());
    if (spent.state === 'used') return (await hasBrought(spent.change, address)) ? spent.change : undefined;
    if (spent.state !== 'spent') return undefined;
    const theirs = await languageFor(userId, undefined);
    const contact = { userId, userName, channel: name, address };
    await keepContact.set(contact, { invitationHash, clientAddress: undefined, language: theirs });
    return found.change;
  }

  return async ({ address: sender, text, isFromUnreadable }) => {
    try {
      if (!(await limits.isWithin('botMessages', `${name} ${sender}`))) return undefined;
      const serverName = await accounts.serverName();
      const hello = sayToPerson('hello', language, serverName);
      if (isFromUnreadable === true) return `${sayToPerson('unreadable', language, serverName)}\n\n${hello}`;
      if (text === '') return hello;
      const read = definition.readAddress(sender);
      const code = readBotCode(text);
      const change = 'fault' in read || code === undefined ? undefined : await take(code, read.address);
      if (change === undefined) return sayToPerson('unknown', language, serverName);
      return sayToPerson('done', await languageFor(change.userId, undefined), serverName);
    } catch (err) {
      log.error({ event: 'bot-answer-failed', channel: name, err });
      return undefined;
    }
  };
}
