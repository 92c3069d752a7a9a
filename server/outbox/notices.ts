import { randomUUID } from 'node:crypto';
import { inDeliveryOrder } from '../contacts/delivery-order.ts';
import type { Logger } from '../log/log.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { MessageKind } from '../ports/message-kinds.ts';
import type { Notices } from '../ports/notices.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';

/** What telling people of a change needs. */
export interface NoticesParts {
  readonly store: Pick<OutboxStore, 'addMessage'>;
  readonly contacts: Contacts;
  readonly channels: readonly Pick<Channel, 'name'>[];
  /** Called when messages were stored. */
  readonly wakeMessages: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes the notices: a message to every contact of the account that was not refused, and to the address that was replaced a short time ago. */
export function createNotices({
  store,
  contacts,
  channels,
  wakeMessages,
  clock,
  log,
}: NoticesParts): Notices {
  return {
    async passwordChanged(userId, userName, language) {
      const about = { userId, userName, language };
      const now = clock.now();
      async function add(kind: MessageKind, queue: string, contactId: string | undefined): Promise<void> {
        await store.addMessage({ ...about, kind, queue, contactId, key: randomUUID() }, now);
      }
      try {
        const current = inDeliveryOrder(await contacts.ofUser(userId), channels);
        // Whoever had the address before shall know too: it may have been replaced by somebody else.
        const former = inDeliveryOrder(await contacts.formerOf(userId, now), channels);
        for (const { channel, id } of current) await add('password-changed', channel, id);
        // Where there is nobody to tell, the row that is dropped says so.
        const [first] = channels;
        if (current.length === 0 && first !== undefined) await add('password-changed', first.name, undefined);
        for (const { channel, id } of former) await add('password-changed-former', channel, id);
        wakeMessages();
      } catch (error) {
        log.error({ event: 'notice-lost', userId, err: error });
      }
    },
  };
}
