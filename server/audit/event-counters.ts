import type { EventListener } from '../log/log.ts';
import type { EventCount } from '../ports/reset-service.ts';
import { AUDITED_EVENTS } from './events.ts';

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
