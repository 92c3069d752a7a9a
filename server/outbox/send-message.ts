import type { Channel, OutgoingMessage, SendOutcome } from '../channels/channel.ts';
import { type Logger, shortAddress } from '../log.ts';
import type { Message } from '../messages/message.ts';
import { writePasswordChanged } from '../messages/password-changed.ts';
import { writeResetLink } from '../messages/reset-link.ts';
import type { Accounts, Clock, Contact, Contacts, ResetLinks } from '../ports.ts';
import { createLinkAddress } from '../reset/link-address.ts';
import { createToken, hashToken } from '../reset/token.ts';
import type { MessageWork } from './outbox-store.ts';
import type { Verdict } from './verdict.ts';

/** What sending messages needs. */
export interface SendParts {
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly contacts: Contacts;
  readonly links: ResetLinks;
  readonly channel: Channel;
  /** `public.url` of the config. */
  readonly publicUrl: string;
  readonly linkLifetimeMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the second stage of the outbox: one message to one account on one channel. Its token is made here, at the
 * last moment, so that a mail that comes late still holds a good link; the address is looked up here, so that a
 * mail never goes to one that was replaced meanwhile.
 */
export function createSendMessage(parts: SendParts): (work: MessageWork) => Promise<Verdict> {
  const { accounts, contacts, links, channel, clock, log } = parts;

  async function write(work: MessageWork): Promise<Message> {
    const { userId, userName, language } = work;
    const serverName = await accounts.serverName();
    if (work.kind === 'password-changed') {
      return writePasswordChanged({ serverName, userName, changedAt: work.createdAt }, language);
    }
    const token = createToken();
    const expiresAt = clock.now() + parts.linkLifetimeMs;
    await links.add({ tokenHash: hashToken(token), userId, userName, outboxId: work.id, expiresAt });
    const link = createLinkAddress(parts.publicUrl, token);
    return writeResetLink({ serverName, userName, link, lifetimeMs: parts.linkLifetimeMs }, language);
  }

  return async (work) => {
    const all = await contacts.ofUser(work.userId);
    const to = all.find((contact) => contact.channel === channel.name);
    if (to === undefined) {
      log.info({ event: 'message-dropped', id: work.id, kind: work.kind, userId: work.userId });
      return { kind: 'end', state: 'dropped', reason: 'no-contact' };
    }
    const message: OutgoingMessage = { to, key: work.key, ...(await write(work)) };
    return toVerdict(await channel.send(message), work, to);
  };

  function toVerdict(outcome: SendOutcome, work: MessageWork, to: Contact): Verdict {
    switch (outcome.kind) {
      case 'sent': {
        const { id, kind, userId, tries } = work;
        const recipient = shortAddress(to.address);
        log.info({ event: 'message-sent', id, channel: channel.name, kind, userId, recipient, tries });
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
