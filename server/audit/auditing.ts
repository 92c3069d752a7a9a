import { type EventListener, type Logger, shortAddress } from '../log/log.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contact, ContactState, Contacts, KeptContact } from '../ports/contacts.ts';
import type { EventCount } from '../ports/reset-service.ts';
import { createAuditLog } from './audit-log.ts';
import { AUDITED_EVENTS } from './events.ts';

/**
 * Wraps contacts so that each change is logged: from what to what, addresses shortened. A change to what is there already
 * is none. Source: ASVS 5.0 6.3.7, 16.3.
 *
 * @param by Who makes the changes, e.g. `command-line`.
 */
export function createAuditedContacts(contacts: Contacts, log: Logger, by: string): Contacts {
  function logSet(contact: Contact, ofUser: readonly KeptContact[], state: ContactState | undefined): void {
    const { userId, userName, channel, address } = contact;
    const before = ofUser.find((one) => one.channel === channel);
    if (before?.address === address) {
      if (state === 'verified' && before.state !== 'verified')
        log.info({ event: 'contact-verified', ...about(before), by });
      return;
    }
    const from = before === undefined ? undefined : shortAddress(before.address);
    const to = shortAddress(address);
    log.info({ event: 'contact-changed', userId, userName, channel, from, to, state, by });
  }

  return {
    ofUser: (userId) => contacts.ofUser(userId),
    ofUsers: (userIds) => contacts.ofUsers(userIds),
    ofAddress: (address) => contacts.ofAddress(address),
    ofUserName: (userName) => contacts.ofUserName(userName),
    list: () => contacts.list(),
    formerOf: (userId, now) => contacts.formerOf(userId, now),
    setOrder: (userId, channels) => contacts.setOrder(userId, channels),
    async set(contact, now, options) {
      const before = await contacts.ofUser(contact.userId);
      await contacts.set(contact, now, options);
      logSet(contact, before, options?.state);
    },
    async setAll(all, now, options) {
      const before = await contacts.ofUsers(all.map(({ userId }) => userId));
      const byAccount = Map.groupBy(before, ({ userId }) => userId);
      await contacts.setAll(all, now, options);
      for (const contact of all) logSet(contact, byAccount.get(contact.userId) ?? [], options?.state);
    },
    async verify(id, now) {
      const contact = await contacts.verify(id, now);
      if (contact !== undefined) log.info({ event: 'contact-verified', ...about(contact), by });
      return contact;
    },
    async refuse(id) {
      const contact = await contacts.refuse(id);
      if (contact !== undefined) log.info({ event: 'contact-refused', ...about(contact), by });
      return contact;
    },
    async remove(userId, now, channel) {
      const before = await contacts.ofUser(userId);
      const removed = await contacts.remove(userId, now, channel);
      for (const contact of before) {
        if (channel !== undefined && contact.channel !== channel) continue;
        const from = shortAddress(contact.address);
        log.info({ event: 'contact-removed', ...about(contact), from, by });
      }
      return removed;
    },
  };
}

function about({ userId, userName, channel }: Contact) {
  return { userId, userName, channel };
}

/** Keeps events of the log in the audit table, and counts them. */
export interface Auditing {
  /** Sets where rows go; those of earlier events wait until then. */
  open(audit: Pick<Audit, 'add' | 'addAll'>): void;
  /** Counts since the start. */
  read(): readonly EventCount[];
  /** Resolves when the events taken so far are kept, or could not be: for work with more of them than may wait at once. */
  settle(): Promise<void>;
  /** Takes no more events, and resolves when those taken are kept; call it before the storage closes. Idempotent. */
  close(): Promise<void>;
}

/**
 * Keeps and counts the events of a log from now on, so that who logs one need not know that. A service that takes over
 * another's work keeps events from its own start; what the other still logs is then kept here.
 */
export function startAuditing({ log, clock }: { readonly log: Logger; readonly clock: Clock }): Auditing {
  let isOpen = false;
  let open: (audit: Pick<Audit, 'add' | 'addAll'>) => void = () => {};
  const opened = new Promise<Pick<Audit, 'add' | 'addAll'>>((resolve) => {
    open = resolve;
  });
  const counts = createEventCounts();
  const late: Pick<Audit, 'add' | 'addAll'> = {
    add: async (entry) => (await opened).add(entry),
    addAll: async (entries) => (await opened).addAll(entries),
  };
  const auditLog = createAuditLog({ audit: late, clock, log, onLost: counts.lost });
  const listener: EventListener = (entry) => {
    counts.take(entry);
    auditLog.take(entry);
  };
  log.addListener(listener);
  return {
    open(audit) {
      isOpen = true;
      open(audit);
    },
    read: counts.read,
    async settle() {
      if (isOpen) await auditLog.drain();
    },
    async close() {
      log.removeListener(listener);
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

/** Makes counters that stand at zero. */
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
