/**
 * A process that uses a PostgreSQL storage in every way at once, until its standard input ends, for tests that kill the
 * server meanwhile. Argument: the storage. Answers each line of its input with a {@link UseReport}, as one line of JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Storage, StorageError } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';

/** The ways of use: a storage that is opened and made, statements and transactions, long rests, ends amid work. */
export const USES = ['connecting', 'querying', 'idling', 'closing'] as const;

/** What came of it so far. */
export interface UseReport {
  readonly went: Readonly<Record<(typeof USES)[number], { well: number; failed: number }>>;
  /** What nobody caught: exceptions and rejections. */
  readonly uncaught: readonly string[];
  /** Failures that do not say that the server cannot be reached. */
  readonly foreign: readonly string[];
}

if (process.argv[1] === import.meta.filename) await use(process.argv[2] ?? '');

async function use(location: string): Promise<void> {
  const one = () => ({ well: 0, failed: 0 });
  const went = { connecting: one(), querying: one(), idling: one(), closing: one() };
  const uncaught: string[] = [];
  const foreign: string[] = [];
  process.on('uncaughtException', (error, origin) => uncaught.push(`${origin}: ${error.stack}`));
  process.stdin.on('data', (lines) => {
    for (const _ of lines.toString().trimEnd().split('\n'))
      process.stdout.write(`${JSON.stringify({ went, uncaught, foreign })}\n`);
  });
  process.stdin.once('end', () => process.exit(uncaught.length));

  async function again(way: (typeof USES)[number], work: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work();
        went[way].well += 1;
      } catch (error) {
        went[way].failed += 1;
        const isExpected = error instanceof StorageError && error.code === 'storage-unreachable';
        if (!isExpected) foreign.push(`${way}: ${String(error)}`);
        // A server that is away refuses at once.
        await sleep(5);
      }
    }
  }

  /** Opens it as soon as that is possible, for all further use. */
  async function openAtLast(): Promise<Storage> {
    for (;;) {
      const storage = await openStorage(location).catch(() => undefined);
      if (storage !== undefined) return storage;
      await sleep(5);
    }
  }

  let schemas = 0;
  /** With each schema in turn that nobody has made, so that migrations are met too. */
  const connect = async (): Promise<void> => {
    schemas += 1;
    const address = new URL(location);
    address.searchParams.set('schema', `made_${process.pid}_${schemas}`);
    const storage = await openStorage(address.href);
    await storage.close();
  };
  const [busy, resting] = await Promise.all([openAtLast(), openAtLast()]);
  const close = async (): Promise<void> => {
    const storage = await openStorage(location);
    const going = [1, 2, 3, 4, 5, 6].map(() => transact(storage));
    await Promise.all([storage.close(), Promise.allSettled(going)]);
  };
  await Promise.all([
    again('connecting', connect),
    ...[1, 2, 3].map(() => again('querying', () => busy.contacts.list())),
    ...[1, 2, 3].map(() => again('querying', () => transact(busy))),
    again('idling', async () => {
      await Promise.all([1, 2, 3, 4].map(() => transact(resting)));
      await sleep(Math.random() * 400);
    }),
    again('closing', close),
    again('closing', close),
    standStill(),
  ]);
}

/** As on a busy machine: what the server has sent meanwhile is all read in one piece. */
async function standStill(): Promise<never> {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    await sleep(Math.random() * 40);
    Atomics.wait(nothing, 0, 0, Math.random() * 40);
  }
}

async function transact({ outbox, links }: Storage): Promise<void> {
  const now = Date.now();
  // First, so that the transaction itself opens the connection when there is none.
  await links.claim('no such link', now, 1_000, 'user');
  const asked = { source: 'form', language: 'en', clientAddress: '192.0.2.1', enteredName: 'anna' } as const;
  await outbox.addRequest(asked, now, 1_000_000);
  const [work] = await outbox.claim('asked', 'user', now, 60_000, 1);
  if (work !== undefined) await outbox.resolve({ id: work.id, owner: 'user' }, [], { perAccount: [] }, now);
}
