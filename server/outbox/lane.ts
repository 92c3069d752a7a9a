import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import { createGate } from './gate.ts';
import type { Holder, LaneName, OutboxStore, OutboxWork } from './outbox-store.ts';
import { createSettle } from './settle.ts';
import type { Verdict } from './verdict.ts';

/** How long a row is held without a sign of life; what a killed process held is free after that. */
export const LEASE_MS = 6_000;

/** How many rows of a lane are worked on at once. */
export const LANE_WIDTH = 4;

const LONGEST_SLEEP_MS = 5_000;

/** A lane at work. */
export interface Lane {
  /** Looks for work now; more than one call at once is as good as one. */
  wake(): void;
  /** Takes no more work; resolves when what is under way has ended, or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** What a lane is made of. */
export interface LaneParts {
  readonly name: LaneName;
  /** Name of this process's outbox, different from every other's. */
  readonly owner: string;
  readonly store: OutboxStore;
  /** Does the work of one row. May throw: the row is then tried again. */
  readonly work: (work: OutboxWork, holder: Holder) => Promise<Verdict>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly leaseMs?: number;
}

/** Starts working through a lane's rows: claims what is due, a few at a time, and sleeps until the next is. */
export function startLane(parts: LaneParts): Lane {
  const { name, owner, store, clock, log } = parts;
  const leaseMs = parts.leaseMs ?? LEASE_MS;
  const gate = createGate(LANE_WIDTH, clock);
  const running = new Map<number, Promise<void>>();
  const settle = createSettle({ ...parts, gate });
  let isClosed = false;
  let isLooking = false;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    isWoken = true;
    if (isLooking || isClosed) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
      // Woken after the last look and before this line.
      if (isWoken) wake();
    });
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    let sleepMs = LONGEST_SLEEP_MS;
    try {
      while (isWoken && !isClosed) {
        isWoken = false;
        await claim();
        sleepMs = await untilNext();
      }
    } catch (error) {
      log.error({ event: 'outbox-unavailable', lane: name, err: error });
    }
    if (!isClosed) timer = setTimeout(wake, sleepMs);
  }

  async function claim(): Promise<void> {
    const count = gate.allowance(running.size);
    if (count === 0) return;
    const works = await store.claim(name, owner, clock.now(), leaseMs, count);
    for (const work of works) {
      // Claimed by ourselves a second time: this process was held up for longer than its lease.
      if (!running.has(work.id)) running.set(work.id, run(work));
    }
  }

  /** One row from claim to end. Never rejects. */
  async function run(work: OutboxWork): Promise<void> {
    const holder = { id: work.id, owner };
    const heartbeat = setInterval(() => {
      store.renew(holder, clock.now() + leaseMs).catch((error: unknown) => {
        log.warn({ event: 'lease-not-renewed', lane: name, id: work.id, err: error });
      });
    }, leaseMs / 3);
    try {
      const verdict = await parts.work(work, holder).catch((error: unknown): Verdict => {
        log.error({ event: 'outbox-work-failed', lane: name, id: work.id, err: error });
        return { kind: 'delay', reason: 'unexpected failure, see outbox-work-failed in the log' };
      });
      await settle(work, holder, verdict, () => isClosed);
    } finally {
      clearInterval(heartbeat);
      running.delete(work.id);
      wake();
    }
  }

  async function untilNext(): Promise<number> {
    const now = clock.now();
    const isFull = gate.allowance(running.size) === 0 && running.size > 0;
    const nextAt = isFull ? undefined : await store.nextAt(name);
    if (nextAt === undefined) return LONGEST_SLEEP_MS;
    const readyAt = Math.max(nextAt, gate.opensAt() ?? nextAt);
    return Math.min(Math.max(readyAt - now, 20), LONGEST_SLEEP_MS);
  }

  wake();
  return {
    wake,
    close: async (graceMs) => {
      isClosed = true;
      clearTimeout(timer);
      let grace: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        grace = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.all(running.values()), patience]);
      clearTimeout(grace);
    },
  };
}
