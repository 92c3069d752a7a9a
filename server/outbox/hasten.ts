import type { Logger } from '../log/log.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';

/** What hastening needs. */
export interface HastenParts {
  readonly store: Pick<OutboxStore, 'nextAt' | 'hasten'>;
  /** Those that are set up. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  /** Has the queues look for work. */
  readonly wake: () => void;
  /** Ends it without waiting for a channel that does not answer. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Looks, for each channel that something waits for until later, whether it works by now, and makes due what waited for it to come
 * back: a new start or a new configuration may be what mended it. Of a channel that asked for a pause nothing is hastened, and
 * one that nothing waits for is not asked. Never rejects.
 */
export async function hastenWhatWorks(parts: HastenParts): Promise<void> {
  const { store, clock, wake, signal, log } = parts;
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

  async function look({ name, check }: Channel): Promise<void> {
    try {
      const nextAt = await store.nextAt(name);
      if (nextAt === undefined || nextAt <= clock.now()) return;
      if ((await check()).kind !== 'sent' || signal.aborted) return;
      const rows = await store.hasten(name, clock.now());
      if (rows > 0) log.info({ event: 'lane-moves-again', lane: name, rows });
      wake();
    } catch (err) {
      if (!signal.aborted) log.warn({ event: 'outbox-unavailable', lane: name, err });
    }
  }

  await Promise.race([ended, Promise.all(parts.channels.map(look))]);
}
