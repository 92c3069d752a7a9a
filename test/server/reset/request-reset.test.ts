import { expect, test } from 'vitest';
import { isRequest } from '../../../server/ports/outbox-store.ts';
import type { Proofs } from '../../../server/reset/proofs.ts';
import {
  createRequestLimits,
  createRequestReset,
  MAX_WAITING_REQUESTS,
} from '../../../server/reset/request-reset.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const NOW = 1_800_000_000_000;
const asked = {
  enteredName: 'anna',
  clientAddress: '192.0.2.1',
  acceptLanguage: 'de-AT, en;q=0.5',
} as const;

const PROOF = {
  challenge: { nonce: '', salt: '', keyPrefix: '', keySignature: '', expiresAt: 0, signature: '' },
  ...{ counter: 1, derivedKey: '' },
};

/** `points` for one network, 50 for everybody; proofs count as good, and `proofs` counts them. */
async function setUp(points = 3, proofOfWork: 'auto' | 'always' | 'never' = 'never', language?: 'fr') {
  const storage = await tempStorage();
  const kept = keepLines();
  let wakes = 0;
  const wake = () => {
    wakes += 1;
  };
  const clock = { now: () => NOW };
  const allowances = { requestsPerClientPerHour: points, requestsPerHour: 50, proofOfWork };
  let spent = 0;
  const proofs: Proofs = {
    challenge: () => Promise.reject(new Error('no test here asks for one')),
    async spend({ counter }) {
      spent += 1;
      return counter > 0;
    },
  };
  const { requestReset: ask } = createRequestReset({
    store: storage.outbox,
    limits: createRequestLimits(storage.limits, allowances, clock),
    ...{ proofs, wake, language, clock, log: kept.log },
  });
  return { ask, storage, kept, wakes: () => wakes, proofs: () => spent };
}

test('a request is kept before the answer, with the language of the browser', async () => {
  const { ask, storage, wakes } = await setUp();
  await ask(asked);
  expect(wakes()).toBe(1);
  const [work] = await storage.outbox.claim('asked', 'test', NOW, 1000, 10);
  expect(work).toMatchObject({
    enteredName: 'anna',
    source: 'form',
    language: 'de',
    clientAddress: '192.0.2.1',
  });
});

test('where the browser names no language of ours, the message is in that of the configuration', async () => {
  const { ask, storage } = await setUp(9, 'never', 'fr');
  for (const acceptLanguage of [undefined, '', 'fi, et;q=0.8', 'es']) await ask({ ...asked, acceptLanguage });
  const works = await storage.outbox.claim('asked', 'test', NOW, 1000, 10);
  expect(works.map((work) => isRequest(work) && work.language)).toEqual(['fr', 'fr', 'fr', 'es']);
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
  for (const enteredName of names) await ask({ ...asked, enteredName });
  expect((await storage.outbox.count()).waiting).toBe(names.length);
  const shapes = kept.lines.map(({ time: _time, askedId: _id, ...rest }) => JSON.stringify(rest));
  expect(new Set(shapes).size).toBe(1);
  for (const name of names) expect(kept.text()).not.toContain(name);
  const works = await storage.outbox.claim('asked', 'test', NOW, 1000, 10);
  expect(works.map((work) => isRequest(work) && work.enteredName.length)).toEqual(
    names.map((name) => Math.min(name.length, 256)),
  );
});

test('over the limit of a client, requests are dropped in silence and logged', async () => {
  const { ask, storage, kept, wakes } = await setUp(3);
  for (let i = 0; i < 5; i++) await expect(ask(asked)).resolves.toBe('taken');
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
    addRequest: async (...[row, now, maxWaiting]: Parameters<typeof storage.outbox.addRequest>) => {
      expect(maxWaiting).toBe(MAX_WAITING_REQUESTS);
      return storage.outbox.addRequest(row, now, 1);
    },
  };
  const { requestReset: ask } = createRequestReset({
    store: full,
    limits: { needsProof: async () => false, take: async () => true },
    proofs: {
      challenge: () => Promise.reject(new Error('no proof is asked for here')),
      spend: async () => true,
    },
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

test('a network that has used up half of its allowance works for the rest, and no name makes a difference', async () => {
  const { ask, storage, proofs } = await setUp(8, 'auto');
  for (let at = 0; at < 4; at += 1) expect(await ask(asked)).toBe('taken');
  for (const enteredName of ['anna', 'nobody'])
    expect(await ask({ ...asked, enteredName })).toBe('proof-needed');
  expect(await ask({ ...asked, clientAddress: '192.0.2.2' })).toBe('taken');
  for (let at = 0; at < 6; at += 1) expect(await ask(asked, 'form', PROOF)).toBe('taken');
  expect(proofs()).toBe(6);
  // Four for nothing, four for work, the last two over the limit; and one of the neighbour.
  expect((await storage.outbox.count()).waiting).toBe(9);
});

test('a wrong proof takes nothing down and uses nothing up', async () => {
  const { ask, storage } = await setUp(3, 'always');
  for (let at = 0; at < 9; at += 1)
    expect(await ask(asked, 'form', { ...PROOF, counter: 0 })).toBe('proof-needed');
  expect((await storage.outbox.count()).waiting).toBe(0);
  expect(await ask(asked, 'form', PROOF)).toBe('taken');
  expect((await storage.outbox.count()).waiting).toBe(1);
});

test('a flood from many networks makes everybody work, and shuts nobody out', async () => {
  const { ask, storage } = await setUp(8, 'auto');
  for (let at = 0; at < 60; at += 1) await ask({ ...asked, clientAddress: `198.51.100.${at}` });
  expect((await storage.outbox.count()).waiting).toBe(50);
  expect(await ask(asked)).toBe('proof-needed');
  expect(await ask(asked, 'form', PROOF)).toBe('taken');
  expect((await storage.outbox.count()).waiting).toBe(51);
});

test('the counts outlive a restart', async () => {
  const first = await setUp(3);
  for (let at = 0; at < 3; at += 1) await first.ask(asked);
  const clock = { now: () => NOW + 1_000 };
  const allowances = { requestsPerClientPerHour: 3, requestsPerHour: 50, proofOfWork: 'never' } as const;
  const limits = createRequestLimits(first.storage.limits, allowances, clock);
  expect(await limits.take('192.0.2.1')).toBe(false);
});
