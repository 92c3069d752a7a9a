import { type Logger, shortAddress } from '../log/log.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';
import type { MessageWork } from '../ports/outbox-store.ts';
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
 * Makes the second stage of the outbox: one message to one account on one channel. The address is looked up here, so
 * that a mail never goes to one that was replaced meanwhile, but for the notice that is meant for just that one.
 */
export function createSendMessage(
  parts: SendParts,
): (work: MessageWork, signal?: AbortSignal) => Promise<Verdict> {
  const { contacts, log } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const write = createWriteMessage(parts);

  function drop({ id, kind, userId }: MessageWork, reason: string): Verdict {
    log.info({ event: 'message-dropped', id, kind, userId, reason });
    return { kind: 'end', state: 'dropped', reason, isUnproven: true };
  }

  return async (work, signal) => {
    const isFormer = work.kind === 'password-changed-former';
    const all = isFormer
      ? await contacts.formerOf(work.userId, work.createdAt)
      : await contacts.ofUser(work.userId);
    const channel = channels.get(work.lane);
    const to = all.find((contact) => contact.channel === work.lane);
    if (to === undefined || channel === undefined) return drop(work, 'no-contact');
    const message = await write(work);
    if (message === undefined) return drop(work, 'live-secrets');
    return toVerdict(await channel.send({ to, key: work.key, ...message }, signal), work, to);
  };

  function toVerdict(outcome: SendOutcome, work: MessageWork, to: Contact): Verdict {
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
