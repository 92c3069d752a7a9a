import { inDeliveryOrder, mayGetResets, type UnverifiedUse } from '../contacts/delivery-order.ts';
import { type Logger, shortAddress } from '../log/log.ts';
import type { MessageText } from '../messages/layout.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Contact, Contacts, KeptContact } from '../ports/contacts.ts';
import { NOTICE_KINDS, RESET_KINDS } from '../ports/message-kinds.ts';
import { isRequest, type MessageRow, type OutboxRow } from '../ports/outbox-store.ts';
import type { ContactMessages } from './contact-messages.ts';
import type { Result } from './results.ts';
import { findNextStep, patienceOf, type RouteStep, stay } from './route.ts';
import { createWriteMessage, type WriteParts } from './write-message.ts';

/** What sending messages needs. */
export interface SendParts extends WriteParts {
  readonly contacts: Contacts;
  /** Those that are set up; a message goes out on the one it names. */
  readonly channels: readonly Channel[];
  /** What contacts are good for that nobody proved: `contacts.unverified` of the config. @default 'use' */
  readonly unverified?: UnverifiedUse | undefined;
  /** What tells people of changed contacts. @default nothing of the kind is sent */
  readonly contactMessages?: ContactMessages | undefined;
  readonly log: Logger;
}

/** Sends messages. */
export interface SendMessage {
  /** Tries to send one. */
  send(row: MessageRow, signal?: AbortSignal): Promise<Result>;
  /** Says where one goes whose queue does not move, without a try. */
  passOn(row: OutboxRow): Promise<Result>;
}

/**
 * Makes the second stage of the outbox: one message to one account on one channel. The address is looked up here, by
 * the contact the message names: it goes to that one or to nobody, so that whoever changes an address cannot have a link
 * that waits for its owner, and one that was removed gets nothing more. A notice, which holds no secret, still goes to an
 * address that was replaced after the change: that one's owner is whom it is for.
 *
 * With a route, a message that surely did not arrive goes on to the next contact on it at once: as the same row, which
 * stands in one queue at a time, so that after a crash it is neither lost nor in two. One that may have arrived stays with
 * its contact. Only of a process that dies between handing a message over and writing that down does nobody know it: then
 * the same contact is tried again first, under the same key.
 */
export function createSendMessage(parts: SendParts): SendMessage {
  const { contacts, log } = parts;
  const { unverified = 'use' } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const write = createWriteMessage(parts);

  function drop({ id, kind, userId }: MessageRow, reason: string): Result {
    log.info({ event: 'message-dropped', id, kind, userId, reason });
    return { kind: 'end', state: 'dropped', reason, isUnproven: true };
  }

  async function stepAfter(row: MessageRow, isForGood: boolean): Promise<RouteStep | undefined> {
    if (row.route === undefined) return undefined;
    const reachable = inDeliveryOrder(await contacts.ofUser(row.userId), parts.channels);
    const usable = reachable.filter((contact) => mayGetResets(contact, unverified));
    return findNextStep(row, usable, isForGood);
  }

  /** What is in the way of sending to a contact, whatever its channel says. */
  function obstacleOf(row: MessageRow, to: KeptContact): string | undefined {
    // Whether it still is, is what an administrator asks with an invitation.
    if (to.state === 'refused' && row.kind !== 'invitation') return 'contact-refused';
    if (to.state === 'verified' && row.kind === 'contact-confirm') return 'contact-verified';
    return !RESET_KINDS.includes(row.kind) || mayGetResets(to, unverified) ? undefined : 'contact-unverified';
  }

  async function writeTo(row: MessageRow, to: Contact): Promise<MessageText | undefined> {
    switch (row.kind) {
      case 'contact-added':
        return parts.contactMessages?.added(row);
      case 'contact-confirm':
        return parts.contactMessages?.confirm(row, to);
      case 'invitation':
        return parts.contactMessages?.invitation(row);
      default:
        return write(row);
    }
  }

  async function send(row: MessageRow, signal?: AbortSignal): Promise<Result> {
    const channel = channels.get(row.queue);
    if (row.kind === 'contact-changed') {
      // To the address as it was, which the account may not have any more.
      const notice = await parts.contactMessages?.undo(row);
      if (notice === undefined || channel === undefined) return drop(row, 'undo-over');
      const outcome = await channel.send({ to: notice.to, key: row.key, ...notice.message }, signal);
      return toResult(outcome, row, notice.to, false);
    }
    const current = (await contacts.ofUser(row.userId)).filter((contact) => contact.channel === row.queue);
    const former = NOTICE_KINDS.includes(row.kind) ? await contacts.formerOf(row.userId, row.createdAt) : [];
    const to = [...current, ...former].find((one) => one.id === row.contactId && one.channel === row.queue);
    if (to === undefined || channel === undefined)
      return drop(row, current.length > 0 ? 'contact-replaced' : 'no-contact');
    const obstacle = obstacleOf(row, to);
    if (obstacle !== undefined) {
      const step = await stepAfter(row, true);
      if (step === undefined) return drop(row, obstacle);
      return { kind: 'move', to: step, of: 'delay', reason: obstacle, isUnproven: true };
    }
    const message = await writeTo(row, to);
    if (message === undefined)
      return drop(row, RESET_KINDS.includes(row.kind) ? 'live-secrets' : 'link-answered');
    const next = await stepAfter(row, false);
    const patienceMs =
      row.route === undefined ? undefined : patienceOf(row.route, next !== undefined && !next.isAnew);
    const patience = patienceMs === undefined ? [] : [AbortSignal.timeout(patienceMs)];
    const signals = [...patience, ...(signal === undefined ? [] : [signal])];
    const outcome = await channel.send({ to, key: row.key, ...message }, AbortSignal.any(signals));
    return toResult(outcome, row, to, patience[0]?.aborted === true);
  }

  async function toResult(
    outcome: SendOutcome,
    row: MessageRow,
    to: Contact,
    isImpatient: boolean,
  ): Promise<Result> {
    if (outcome.kind === 'sent') {
      const { id, kind, userId, tries } = row;
      const recipient = shortAddress(to.address);
      log.info({ event: 'message-sent', id, channel: to.channel, kind, userId, recipient, tries });
      return { kind: 'end', state: 'sent' };
    }
    const { detail: reason } = outcome;
    if (outcome.kind === 'unconfirmed') return { kind: 'unconfirmed', reason };
    const isForGood = outcome.kind === 'permanent';
    if (isForGood && outcome.isAddressRefused === true) await refuse(row);
    const step = await stepAfter(row, isForGood);
    const of = outcome.kind === 'unreachable' ? 'stall' : 'delay';
    // A try that was broken off early says nothing of the channel.
    if (step !== undefined) {
      return {
        kind: 'move',
        to: step,
        of,
        reason,
        ...pauseOf(outcome),
        ...(isImpatient ? { isUnproven: true } : {}),
      };
    }
    if (isForGood) return { kind: 'end', state: 'dead', reason };
    return { kind: of, reason, ...pauseOf(outcome) };
  }

  async function refuse({ contactId, userId }: MessageRow): Promise<void> {
    const refused = contactId === undefined ? undefined : await contacts.refuse(contactId);
    if (refused === undefined) return;
    const { userName, channel } = refused;
    log.warn({ event: 'contact-refused', userId, userName, channel, by: 'channel' });
  }

  return {
    send,
    async passOn(row) {
      const reason = 'its queue does not move';
      const step = isRequest(row) ? undefined : ((await stepAfter(row, false)) ?? stay(row));
      if (step === undefined) return { kind: 'delay', reason, isUnproven: true };
      return { kind: 'move', to: step, of: 'delay', reason, isUnproven: true };
    },
  };
}

/** The pause that the other side asks for, where it asks for one. */
function pauseOf(outcome: SendOutcome): { readonly retryAfterMs?: number } {
  const asked = 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined;
  return asked === undefined ? {} : { retryAfterMs: asked };
}
