import { type Logger, shortAddress } from '../log/log.ts';
import type { MessageText } from '../messages/layout.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';
import { type MessageRow, NOTICE_KINDS } from '../ports/outbox-store.ts';
import type { ResetLinks, SecretPurpose } from '../ports/reset-links.ts';
import type { MessageSecrets } from '../secrets/message-secrets.ts';
import { showPin } from '../secrets/pin.ts';
import { createLinkAddress, createPinAddress, hashToken } from '../secrets/token.ts';
import type { ContactMessages } from './contact-messages.ts';
import type { Result } from './results.ts';

/** What sending messages needs. */
export interface SendParts extends WriteParts {
  readonly contacts: Contacts;
  /** Those that are set up; a message goes out on the one it names. */
  readonly channels: readonly Channel[];
  /** What tells people of changed contacts. @default nothing of the kind is sent */
  readonly contactMessages?: ContactMessages | undefined;
  readonly log: Logger;
}

/**
 * Makes the second stage of the outbox: one message to one account on one channel. The address is looked up here, by
 * the contact the message names: it goes to that one or to nobody, so that whoever changes an address cannot have a link
 * that waits for its owner, and one that was removed gets nothing more. A notice, which holds no secret, still goes to an
 * address that was replaced after the change: that one's owner is whom it is for.
 */
export function createSendMessage(
  parts: SendParts,
): (row: MessageRow, signal?: AbortSignal) => Promise<Result> {
  const { contacts, log } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const write = createWriteMessage(parts);

  function drop({ id, kind, userId }: MessageRow, reason: string): Result {
    log.info({ event: 'message-dropped', id, kind, userId, reason });
    return { kind: 'end', state: 'dropped', reason, isUnproven: true };
  }

  return async (row, signal) => {
    const channel = channels.get(row.queue);
    if (row.kind === 'contact-changed') {
      // To the address as it was, which the account may not have any more.
      const notice = await parts.contactMessages?.undo(row);
      if (notice === undefined || channel === undefined) return drop(row, 'undo-over');
      return toResult(
        await channel.send({ to: notice.to, key: row.key, ...notice.message }, signal),
        row,
        notice.to,
      );
    }
    const current = (await contacts.ofUser(row.userId)).filter((contact) => contact.channel === row.queue);
    const former = NOTICE_KINDS.includes(row.kind) ? await contacts.formerOf(row.userId, row.createdAt) : [];
    const to = [...current, ...former].find((one) => one.id === row.contactId && one.channel === row.queue);
    if (to === undefined || channel === undefined)
      return drop(row, current.length > 0 ? 'contact-replaced' : 'no-contact');
    const message = row.kind === 'contact-added' ? await parts.contactMessages?.added(row) : await write(row);
    if (message === undefined) return drop(row, 'live-secrets');
    return toResult(await channel.send({ to, key: row.key, ...message }, signal), row, to);
  };

  function toResult(outcome: SendOutcome, row: MessageRow, to: Contact): Result {
    switch (outcome.kind) {
      case 'sent': {
        const { id, kind, userId, tries } = row;
        const recipient = shortAddress(to.address);
        log.info({ event: 'message-sent', id, channel: to.channel, kind, userId, recipient, tries });
        return { kind: 'end', state: 'sent' };
      }
      case 'permanent':
        return { kind: 'end', state: 'dead', reason: outcome.detail };
      case 'temporary':
        return { kind: 'delay', reason: outcome.detail };
      case 'unreachable':
        return { kind: 'stall', reason: outcome.detail };
      case 'unconfirmed':
        return { kind: 'unconfirmed', reason: outcome.detail };
    }
  }
}

/** Most live secrets of one account; a further message is not sent, and no earlier one dies. Source: OWASP O30. */
export const MOST_LIVE_SECRETS = 3;

/** What writing a message needs. */
export interface WriteParts {
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly links: Pick<ResetLinks, 'add'>;
  /** Writes their words. */
  readonly messages: Messages;
  /** Makes links and PINs; see `createMessageSecrets`. */
  readonly secrets: MessageSecrets;
  /** Hash under which PINs are kept; see `createPinHash`. */
  readonly hashPin: (pin: string) => string;
  /** `public.url` of the config. */
  readonly publicUrl: string;
  /** Where passwords are changed that Jellyfin does not keep: `reset.externalAccounts` of the config. */
  readonly externalAccounts?: string | undefined;
  /** How long links and PINs work. */
  readonly linkLifetimeMs: number;
  readonly clock: Clock;
}

/**
 * Makes the writer of messages. A link or PIN is made here, at the last moment, so that a mail that comes late still
 * holds a good one; a message that may have arrived is written again with the same one, which lasts anew.
 *
 * @returns the message, or undefined when its account has as many live secrets as it may.
 */
export function createWriteMessage(parts: WriteParts): (row: MessageRow) => Promise<MessageText | undefined> {
  const { accounts, links, messages, publicUrl, secrets, clock } = parts;
  const lifetimeMs = parts.linkLifetimeMs;

  /** Keeps a secret's hash. Answers false when there are too many. */
  function keep(
    { userId, userName, id }: MessageRow,
    purpose: SecretPurpose,
    tokenHash: string,
  ): Promise<boolean> {
    const now = clock.now();
    const secret = { purpose, tokenHash, userId, userName, outboxId: id, expiresAt: now + lifetimeMs };
    return links.add(secret, { now, maxLive: MOST_LIVE_SECRETS });
  }

  return async (row) => {
    const { kind, userName, language } = row;
    const names = { serverName: await accounts.serverName(), userName };
    switch (kind) {
      case 'reset-link': {
        const token = secrets.token(row);
        if (!(await keep(row, 'link', hashToken(token)))) return undefined;
        const link = createLinkAddress(publicUrl, token);
        return messages.write(kind, { ...names, link, lifetimeMs }, language);
      }
      case 'reset-pin': {
        const pin = secrets.pin(row);
        if (!(await keep(row, 'pin', parts.hashPin(pin)))) return undefined;
        const data = { ...names, pin: showPin(pin), pinPage: createPinAddress(publicUrl), lifetimeMs };
        return messages.write(kind, data, language);
      }
      case 'reset-pin-link': {
        const pin = secrets.pin(row);
        if (!(await keep(row, 'pin', parts.hashPin(pin)))) return undefined;
        const data = { ...names, pin: showPin(pin), link: createPinAddress(publicUrl, pin), lifetimeMs };
        return messages.write(kind, data, language);
      }
      case 'account-elsewhere':
        return messages.write(kind, { ...names, link: parts.externalAccounts }, language);
      case 'account-disabled':
        return messages.write(kind, names, language);
      case 'password-changed':
      case 'password-changed-former':
        return messages.write(kind, { ...names, at: row.createdAt }, language);
      default:
        throw new Error(`nothing here writes messages of the kind ${kind}`);
    }
  };
}
