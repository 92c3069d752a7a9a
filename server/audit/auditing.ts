import { type EventListener, type Logger, shortAddress } from '../log/log.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { EventCount } from '../ports/reset-service.ts';
import { createAuditLog } from './audit-log.ts';
import { AUDITED_EVENTS } from './events.ts';

/**
 * The same contacts, with every change told: from what to what, addresses shortened. A change to what is there already
 * is none. Source: ASVS 5.0 6.3.7, 16.3.
 *
 * @param by Who makes the changes, e.g. `command-line`.
 */
export function createAuditedContacts(contacts: Contacts, log: Logger, by: string): Contacts {
  return {
    ofUser: (userId) => contacts.ofUser(userId),
    ofAddress: (address) => contacts.ofAddress(address),
    ofUserName: (userName) => contacts.ofUserName(userName),
    list: () => contacts.list(),
    formerOf: (userId, now) => contacts.formerOf(userId, now),
    async set(contact, now) {
      const { userId, userName, channel, address } = contact;
      const before = (await contacts.ofUser(userId)).find((one) => one.channel === channel);
      await contacts.set(contact, now);
      if (before?.address === address) return;
      const from = before === undefined ? undefined : shortAddress(before.address);
      log.info({ event: 'contact-changed', userId, userName, channel, from, to: shortAddress(address), by });
    },
    async remove(userId) {
      const before = await contacts.ofUser(userId);
      const removed = await contacts.remove(userId);
      for (const { userName, channel, address } of before) {
        log.info({ event: 'contact-removed', userId, userName, channel, from: shortAddress(address), by });
      }
      return removed;
    },
  };
}

/** Keeping and counting what the log is told. */
export interface Auditing {
  /** Says where rows go; those of events before it wait until then. */
  open(audit: Pick<Audit, 'add'>): void;
  /** Counts since the start. */
  read(): readonly EventCount[];
  /** Hears no more, and resolves when what was heard is kept; call it before the storage closes. Idempotent. */
  close(): Promise<void>;
}

/**
 * Begins to hear what the log is told, so that who logs an event need not know that it is kept and counted too. A
 * service that takes over another's work hears from its own start; what the other still logs is then kept here.
 */
export function startAuditing({ log, clock }: { readonly log: Logger; readonly clock: Clock }): Auditing {
  let isOpen = false;
  let open: (audit: Pick<Audit, 'add'>) => void = () => {};
  const opened = new Promise<Pick<Audit, 'add'>>((resolve) => {
    open = resolve;
  });
  const counts = createEventCounts();
  const late = { add: async (entry: Parameters<Audit['add']>[0]) => (await opened).add(entry) };
  const auditLog = createAuditLog({ audit: late, clock, log, onLost: counts.lost });
  const listener: Parameters<Logger['stopTelling']>[0] = (entry) => {
    counts.take(entry);
    auditLog.take(entry);
  };
  log.tell(listener);
  return {
    open(audit) {
      isOpen = true;
      open(audit);
    },
    read: counts.read,
    async close() {
      log.stopTelling(listener);
      if (isOpen) await auditLog.drain();
    },
  };
}

/** Counts events since the start. */
export interface EventCounts {
  readonly take: EventListener;
  /** Counts an event that could not be kept in the audit table. */
  readonly lost: () => void;
  /** By counter, in the order they first happened. */
  read(): readonly EventCount[];
}

/** What a label may look like: one of our own words. Anything else would let strangers make endless series. */
const WORD = /^[a-z][a-z0-9-]{0,39}$/;

/** Makes one that stands at zero. */
export function createEventCounts(): EventCounts {
  const counts = new Map<string, { counter: string; labels: Record<string, string>; value: number }>();
  function add(counter: string, labels: Record<string, string>): void {
    const key = JSON.stringify([counter, labels]);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { counter, labels, value: 1 });
    else known.value += 1;
  }
  return {
    take(entry) {
      const counter = AUDITED_EVENTS[entry.event]?.counter;
      if (counter === undefined) return;
      const labelled = counter.labels.map((field) => {
        const value = entry[field];
        return [field, typeof value === 'string' && WORD.test(value) ? value : 'other'];
      });
      add(counter.name, Object.fromEntries(labelled));
    },
    lost: () => add('gatehouse_audit_rows_lost_total', {}),
    read: () => [...counts.values()].map((one) => ({ ...one })),
  };
}
