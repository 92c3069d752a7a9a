import type { Storage } from '../../../server/ports/storage.ts';
import { percentile } from '../percentile.ts';
import { addressOf, nameOf, type Size, userIdOf } from './fill.ts';

/** How long single steps take, in milliseconds: the middle and the slowest of a hundred. */
export type StepTimes = Readonly<Record<string, { readonly p50: number; readonly p99: number }>>;

const TIMES = 400;

/** Times each of the questions that a reset and the health page ask, one after the other. */
export async function timeSteps(storage: Storage, { contacts }: Size): Promise<StepTimes> {
  const now = Date.now();
  const { outbox, links } = storage;
  const some = (): number => Math.floor(Math.random() * contacts);
  const steps: Record<string, () => Promise<unknown>> = {
    'contact by account': () => storage.contacts.ofUser(userIdOf(some())),
    'contact by name': () => storage.contacts.ofUserName(nameOf(some()).toLowerCase()),
    'contact by address': () => storage.contacts.ofAddress(addressOf(some())),
    'live links of an account': () => links.countLive(userIdOf(some()), now),
    'link by its hash': () => links.look(`hash-${some()}`, now),
    'take of a limit': () => storage.limits.take(`bench:${some()}`, { points: 9, windowMs: 60_000 }, now),
    'claim, where nothing is due': () => outbox.claim('email', 'bench', now, 1_000, 4),
    'next row due': () => outbox.nextAt('email'),
    'oldest row that waits': () => outbox.oldestAt(),
    'rows that wait and were given up': () => outbox.countOpen(),
    'audit of an account': () => storage.audit.list({ limit: 50, userId: userIdOf(some()) }),
    'the last of the audit': () => storage.audit.list({ limit: 50 }),
  };
  const measured = await Object.entries(steps).reduce<Promise<[string, { p50: number; p99: number }][]>>(
    async (before, [name, step]) => {
      const kept = await before;
      const times: number[] = [];
      for (let n = 0; n < TIMES; n += 1) {
        const began = performance.now();
        await step();
        times.push(performance.now() - began);
      }
      return [...kept, [name, { p50: percentile(times, 0.5), p99: percentile(times, 0.99) }]];
    },
    Promise.resolve([]),
  );
  return Object.fromEntries(measured);
}

/** How long retention takes with three days of history to remove, and how many rows that was. */
export async function timeRetention(storage: Storage): Promise<{ rows: number; seconds: number }> {
  const now = Date.now();
  const kept = 30 * 24 * 60 * 60_000;
  const began = performance.now();
  const rows = await storage.removeOld({ now, endedBefore: now - kept, auditBefore: now - kept });
  return { rows, seconds: (performance.now() - began) / 1000 };
}
