import { type Logger, shortAddress } from '../log/log.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';
import { type MessageRow, NOTICE_KINDS } from '../ports/outbox-store.ts';
import type { Verdict } from './results.ts';
import { createWriteMessage, type WriteParts } from './write-message.ts';

/** What sending messages needs. */
export interface SendParts extends WriteParts {
  readonly contacts: Contacts;
  /** Those that are set up; a message goes out on the one it names. */
  readonly channels: readonly Channel[];
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
): (work: MessageRow, signal?: AbortSignal) => Promise<Verdict> {
  const { contacts, log } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const write = createWriteMessage(parts);

  function drop({ id, kind, userId }: MessageRow, reason: string): Verdict {
    log.info({ event: 'message-dropped', id, kind, userId, reason });
    return { kind: 'end', state: 'dropped', reason, isUnproven: true };
  }

  return async (work, signal) => {
    const channel = channels.get(work.queue);
    const current = (await contacts.ofUser(work.userId)).filter((contact) => contact.channel === work.queue);
    const former = NOTICE_KINDS.includes(work.kind)
      ? await contacts.formerOf(work.userId, work.createdAt)
      : [];
    const to = [...current, ...former].find((one) => one.id === work.contactId && one.channel === work.queue);
    if (to === undefined || channel === undefined)
      return drop(work, current.length > 0 ? 'contact-replaced' : 'no-contact');
    const message = await write(work);
    if (message === undefined) return drop(work, 'live-secrets');
    return toVerdict(await channel.send({ to, key: work.key, ...message }, signal), work, to);
  };

  function toVerdict(outcome: SendOutcome, work: MessageRow, to: Contact): Verdict {
    switch (outcome.kind) {
      case 'sent': {
        const { id, kind, userId, tries } = work;
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
    }
  }
}
