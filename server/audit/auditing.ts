import type { Logger } from '../log.ts';
import type { Audit, Clock } from '../ports.ts';
import { createEventCounts, type EventCount } from './event-counts.ts';
import { createTrail } from './trail.ts';

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
  const trail = createTrail({ audit: late, clock, log, onLost: counts.lost });
  const listener: Parameters<Logger['stopTelling']>[0] = (entry) => {
    counts.take(entry);
    trail.take(entry);
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
      if (isOpen) await trail.drain();
    },
  };
}
