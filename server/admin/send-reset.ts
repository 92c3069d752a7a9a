import { randomUUID } from 'node:crypto';
import type { Language } from '../../injector/kit/translations.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import { mayGetResets, provedOnTwoChannels, type UnverifiedUse } from '../contacts/delivery-order.ts';
import type { AskForPeople } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Account, Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChannelName, Contacts, KeptContact } from '../ports/contacts.ts';
import type { MessageKind } from '../ports/message-kinds.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { findUser } from './find-user.ts';

/** What finding an account whose password may be reset needs of the world. */
export interface ResettableParts {
  readonly askForPeople: AskForPeople;
  readonly accounts: Pick<Accounts, 'findById'>;
  /** Whether administrators may reset their passwords: `reset.administrators` of the config. */
  readonly administrators: ResetConfig['administrators'];
}

/** What sending the message needs besides. */
export interface SendResetParts extends ResettableParts {
  readonly contacts: Pick<Contacts, 'ofUser'>;
  /** What contacts are good for that nobody proved: `contacts.unverified` of the config. */
  readonly unverified: UnverifiedUse;
  /** Names of those that are set up. */
  readonly channels: readonly ChannelName[];
  readonly links: Pick<ResetLinks, 'countLive'>;
  /** How many live secrets an account may have. */
  readonly mostLive: number;
  readonly outbox: Pick<OutboxStore, 'addMessage'>;
  /** What the message holds, by `reset.method`. */
  readonly kind: MessageKind;
  /** The language of the messages of an account. */
  readonly languageOf: (userId: string) => Promise<Language>;
  /** Called when the message was stored. */
  readonly wake: () => void;
  readonly clock: Clock;
}

/**
 * Finds an account whose password may be reset.
 *
 * @param nameOrId The name, letter case aside, or the id.
 * @throws {UseCaseError} `user-unknown`, `account-unavailable`.
 * @throws {JellyfinUnreachableError}
 */
export async function findResettable(nameOrId: string, parts: ResettableParts): Promise<Account> {
  const person = findUser(await parts.askForPeople(), nameOrId);
  const account = await parts.accounts.findById(person.id);
  if (account === undefined) throw new UseCaseError('user-unknown', `Jellyfin has no user "${person.name}"`);
  const isKeptOut = account.isAdministrator && parts.administrators === 'never';
  if (account.isDisabled || !account.hasLocalPassword || isKeptOut)
    throw new UseCaseError('account-unavailable');
  return account;
}

/**
 * Sends a person the message that Forgot Password would bring, to the first of their contacts that takes messages. It counts
 * towards the person's own allowance and is not held to it: an administrator asked for it. A code that the account of an
 * administrator needs besides, it needs here too.
 *
 * @returns Where it goes.
 * @throws {UseCaseError} `user-unknown`, `account-unavailable`, `no-contact`, `no-second-channel`, `too-many-links`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function sendReset(nameOrId: string, parts: SendResetParts): Promise<KeptContact> {
  const { id: userId, name: userName, isAdministrator } = await findResettable(nameOrId, parts);
  const usable = (await parts.contacts.ofUser(userId)).filter(
    (contact) => parts.channels.includes(contact.channel) && mayGetResets(contact, parts.unverified),
  );
  if (usable.length === 0) throw new UseCaseError('no-contact');
  const needsCode = isAdministrator && parts.administrators === 'second-channel';
  const [contact] = needsCode ? provedOnTwoChannels(usable) : usable;
  if (contact === undefined) throw new UseCaseError('no-second-channel');
  const now = parts.clock.now();
  if ((await parts.links.countLive(userId, now)) >= parts.mostLive) throw new UseCaseError('too-many-links');
  const language = await parts.languageOf(userId);
  const about = { kind: parts.kind, userId, userName, language };
  const message = { ...about, queue: contact.channel, contactId: contact.id, key: randomUUID() };
  await parts.outbox.addMessage(message, now);
  parts.wake();
  return { ...contact, userName };
}
