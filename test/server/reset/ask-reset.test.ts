import { expect, test } from 'vitest';
import { createAskReset, MAX_WAITING_REQUESTS } from '../../../server/reset/ask-reset.ts';
import { createMemoryLimiter } from '../../../server/storage/memory-limiter.ts';
import { keepLines } from '../../support/kept-lines.ts';
import { tempStorage } from '../../support/temp-storage.ts';

const NOW = 1_800_000_000_000;
const asked = {
  identifier: 'anna',
  clientAddress: '192.0.2.1',
  acceptLanguage: 'de-AT, en;q=0.5',
  source: 'form',
} as const;

async function setUp(points = 3) {
  const storage = await tempStorage();
  const kept = keepLines();
  let wakes = 0;
  const wake = () => {
    wakes += 1;
  };
  const limiter = createMemoryLimiter({ points, windowMs: 3_600_000 });
  const { ask } = createAskReset({
    store: storage.outbox,
    limiter,
    wake,
    clock: { now: () => NOW },
    log: kept.log,
  });
  return { ask, storage, kept, wakes: () => wakes };
}

test('a request is kept before the answer, with the language of the browser', async () => {
  const { ask, storage, wakes } = await setUp();
  await ask(asked);
  expect(wakes()).toBe(1);
  const [work] = await storage.outbox.claim('asked', 'test', NOW, 1000, 10);
  expect(work).toMatchObject({
    identifier: 'anna',
    source: 'form',
    language: 'de',
    clientAddress: '192.0.2.1',
  });
});

test('every name makes the same row and the same line, and no name stands in the log', async () => {
  const { ask, storage, kept } = await setUp(10);
  const names = [
    'anna',
    'nobody',
    'my secret password',
    `a'; DROP TABLE outbox; --`,
    '\u0000\n{}',
    'é'.repeat(300),
  ];
  for (const identifier of names) await ask({ ...asked, identifier });
  expect((await storage.outbox.count()).waiting).toBe(names.length);
  const shapes = kept.lines.map(({ time: _time, askedId: _id, ...rest }) => JSON.stringify(rest));
  expect(new Set(shapes).size).toBe(1);
  for (const name of names) expect(kept.text()).not.toContain(name);
  const works = await storage.outbox.claim('asked', 'test', NOW, 1000, 10);
  expect(works.map((work) => work.lane === 'asked' && work.identifier.length)).toEqual(
    names.map((name) => Math.min(name.length, 256)),
  );
});

test('over the limit of a client, requests are dropped in silence and logged', async () => {
  const { ask, storage, kept, wakes } = await setUp(3);
  for (let i = 0; i < 5; i++) await expect(ask(asked)).resolves.toBeUndefined();
  await ask({ ...asked, clientAddress: '192.0.2.2' });
  expect((await storage.outbox.count()).waiting).toBe(4);
  expect(wakes()).toBe(4);
  expect(kept.of('reset-limited')).toHaveLength(2);
  expect(kept.of('reset-limited')[0]).toMatchObject({ limit: 'client', clientAddress: '192.0.2.1' });
});

test('all addresses of one IPv6 /64 share one allowance', async () => {
  const { ask, storage } = await setUp(3);
  for (let i = 0; i < 9; i++) await ask({ ...asked, clientAddress: `2001:db8:1:2::${i}` });
  await ask({ ...asked, clientAddress: '2001:db8:1:3::1' });
  expect((await storage.outbox.count()).waiting).toBe(4);
});

test('a flood from many addresses ends at the limit of waiting requests', async () => {
  const { storage, kept } = await setUp();
  const full = {
    addAsked: async (...[row, now, maxWaiting]: Parameters<typeof storage.outbox.addAsked>) => {
      expect(maxWaiting).toBe(MAX_WAITING_REQUESTS);
      return storage.outbox.addAsked(row, now, 1);
    },
  };
  const { ask } = createAskReset({
    store: full,
    limiter: createMemoryLimiter({ points: 9, windowMs: 1000 }),
    wake: () => undefined,
    clock: { now: () => NOW },
    log: kept.log,
  });
  await ask(asked);
  await ask(asked);
  expect((await storage.outbox.count()).waiting).toBe(1);
  expect(kept.of('reset-limited')[0]).toMatchObject({ limit: 'waiting', level: 'error' });
});

test('a storage that fails is told to the caller and the log', async () => {
  const { ask, storage, kept } = await setUp();
  await storage.close();
  await expect(ask(asked)).rejects.toMatchObject({ name: 'StorageError' });
  expect(kept.of('reset-lost')).toHaveLength(1);
});
