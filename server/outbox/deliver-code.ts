import { randomUUID } from 'node:crypto';
import type { Language } from '../../injector/kit/translations.ts';
import { inDeliveryOrder } from '../contacts/delivery-order.ts';
import type { Logger } from '../log/log.ts';
import type { MessageText } from '../messages/layout.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Channel, ChannelDefinition } from '../ports/channel.ts';
import type { CodeDelivery, CodeToDeliver } from '../ports/code-delivery.ts';
import type { Contacts, KeptContact } from '../ports/contacts.ts';
import { createLanguageFor, type Preferences } from '../ports/preferences.ts';
import { showTypedCode } from '../secrets/contact-code.ts';

/** How long a person waits for a code to go out, in milliseconds. */
const SEND_MS = 20_000;

/** What delivering codes needs. */
export interface DeliverCodeParts {
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly contacts: Pick<Contacts, 'ofUser'>;
  /** Those that are set up. */
  readonly channels: readonly Channel[];
  /** What is known of them. */
  readonly definitions: readonly Pick<ChannelDefinition, 'name' | 'properName'>[];
  readonly messages: Pick<Messages, 'write'>;
  /** What people chose; it goes before what a browser says. */
  readonly preferences: Pick<Preferences, 'get'>;
  /** Of messages to people whose browser tells none that we have. @default English */
  readonly language?: Language | undefined;
  readonly log: Logger;
}

/**
 * Makes the delivery. A code goes out at once, and waits in no queue: the person is in front of the page, is told when it could
 * not be sent, and a code that comes an hour later is worth nothing. Source: ASVS 5.0 6.6.2.
 */
export function createCodeDelivery(parts: DeliverCodeParts): CodeDelivery {
  const { log } = parts;
  const languageFor = createLanguageFor(parts.preferences, parts.language);

  async function write({ userId, userName, code, lifetimeMs, ...from }: CodeToDeliver): Promise<MessageText> {
    const language = await languageFor(userId, from.acceptLanguage);
    const names = { serverName: await parts.accounts.serverName(), userName };
    return parts.messages.write('reset-code', { ...names, code: showTypedCode(code), lifetimeMs }, language);
  }

  /** Whether the channel took it; what was never confirmed may have arrived. */
  async function isSent(to: KeptContact, message: MessageText, signal: AbortSignal): Promise<boolean> {
    const { userId, channel: name } = to;
    const channel = parts.channels.find((one) => one.name === name);
    const outcome = await channel?.send({ to, key: randomUUID(), ...message }, signal);
    if (outcome?.kind === 'sent' || outcome?.kind === 'unconfirmed') return true;
    const why = { outcome: outcome?.kind, reason: outcome?.detail };
    log.warn({ event: 'reset-code-not-sent', userId, channel: name, ...why });
    return false;
  }

  return {
    async contactsBesides(userId, channel) {
      const reachable = inDeliveryOrder(await parts.contacts.ofUser(userId), parts.channels);
      return reachable.filter((contact) => contact.state === 'verified' && contact.channel !== channel);
    },
    async deliver(code, to) {
      const message = await write(code);
      const signal = AbortSignal.timeout(SEND_MS);
      const sent = await Promise.all(to.map((contact) => isSent(contact, message, signal)));
      return to
        .filter((_, index) => sent[index])
        .map(({ channel }) => {
          const properName = parts.definitions.find(({ name }) => name === channel)?.properName;
          return { channel, properName };
        });
    },
  };
}
