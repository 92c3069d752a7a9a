import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parsePostgresAddress } from '../../../../server/config/postgres-address.ts';
import { StorageError } from '../../../../server/ports/storage.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { openPool } from '../../../../server/storage/postgres/database.ts';
import { freePort } from '../../../support/network/free-port.ts';
import { kept } from '../../../support/storage/kept-contact.ts';
import { POSTGRES_PASSWORD } from '../../../support/storage/postgres.ts';
import { tempPostgresStorage, usePostgres } from '../../../support/storage/temp-postgres.ts';

const server = usePostgres();
const contact = { userId: '1', userName: 'anna', channel: 'email', address: 'a@example.org' } as const;

async function failureOf(work: Promise<unknown>): Promise<StorageError> {
  const error = await work.then(
    () => 'it went well',
    (failure: unknown) => failure,
  );
  if (!(error instanceof StorageError)) throw new Error(`expected a StorageError, got ${String(error)}`);
  return error;
}

describe('opening says what is wrong, and never the password', () => {
  test.each([
    [
      'storage-unreachable',
      async () =>
        server()
          .url()
          .replace(/:\d+\//, `:${await freePort()}/`),
    ],
    ['storage-unreachable', async () => server().url().replace('127.0.0.1', 'no-such-host.invalid')],
    ['storage-unreachable', async () => server().url('host=/nonexistent')],
    ['storage-refused', async () => server().url().replace(/%25@/, '-wrong@')],
    [
      'storage-refused',
      async () =>
        server()
          .url()
          .replace(/:[^:@]*@/, '@'),
    ],
    [
      'storage-missing',
      async () =>
        server()
          .url()
          .replace(/postgres$/, 'nowhere'),
    ],
    ['storage-refused', async () => server().url('sslmode=require')],
    ['storage-unsupported', async () => server().url('sslmode=maybe')],
  ])('%s', async (code, prepare) => {
    const error = await failureOf(openStorage(await prepare()));
    expect(error.code).toBe(code);
    const told = JSON.stringify([error.message, String(error.cause), error.stack]);
    for (const secret of [POSTGRES_PASSWORD, encodeURIComponent(POSTGRES_PASSWORD)])
      expect(told).not.toContain(secret);
  });

  test('a database that may only be read', async () => {
    await server().run(`CREATE ROLE reader LOGIN SUPERUSER PASSWORD 'reader'`);
    await server().run('ALTER ROLE reader SET default_transaction_read_only = on');
    const url = server()
      .freshUrl()
      .replace(/\/\/[^@]*@/, '//reader:reader@');
    expect(await failureOf(openStorage(url))).toMatchObject({
      code: 'storage-not-writable',
      message: expect.stringContaining('does not let us write'),
    });
  });

  test('a server that has no connection left', async () => {
    await server().run(`CREATE ROLE lonely LOGIN PASSWORD 'lonely' CONNECTION LIMIT 0`);
    const url = server()
      .freshUrl()
      .replace(/\/\/[^@]*@/, '//lonely:lonely@');
    expect((await failureOf(openStorage(url))).code).toBe('storage-busy');
  });

  test('something else that listens there', async () => {
    const { createServer } = await import('node:http');
    const other = createServer().listen(0, '127.0.0.1');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await failureOf(
      openStorage(
        server()
          .url()
          .replace(/:\d+\//, `:${port}/`),
      ),
    );
    other.closeAllConnections();
    other.close();
    expect(error.code).toBe('storage-unreachable');
  });
});

describe('a server that is killed', () => {
  test('fails what is under way, says so, and is used again when it is back', async () => {
    const storage = await tempPostgresStorage(server());
    await storage.contacts.set(contact);
    await server().kill();
    // What the server had for each connection ends by itself, a moment later.
    await vi.waitFor(() => failureOf(storage.contacts.ofUser('1')));
    for (let i = 0; i < 12; i++) {
      const error = await failureOf(storage.contacts.ofUser('1'));
      expect(error.code).toBe('storage-unreachable');
      expect(error.message).toContain('Gatehouse tries again by itself');
    }
    await server().start();
    expect(await storage.contacts.ofUser('1')).toEqual([kept(contact)]);
    await storage.contacts.set({ ...contact, userName: 'ben' });
    expect((await storage.contacts.list()).map(({ userName }) => userName)).toEqual(['ben']);
  });

  test('in the middle of work leaves all of a step or nothing', async () => {
    const storage = await tempPostgresStorage(server());
    const now = 1_800_000_000_000;
    const asked = { source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
    const message = {
      queue: 'email',
      contactId: undefined,
      kind: 'reset-link',
      userName: 'anna',
      language: 'en',
    } as const;
    for (let i = 0; i < 40; i++) await storage.outbox.addRequest({ ...asked, enteredName: 'a' }, now, 1000);
    const works = await storage.outbox.claim('asked', 'one', now, 60_000, 40);
    let resolved = 0;
    const outcomes = Promise.allSettled(
      works.map(async ({ id }, i) => {
        const messages = [0, 1, 2].map((n) => ({ ...message, userId: `${i} ${n}`, key: `${i} ${n}` }));
        await storage.outbox.resolve({ id, owner: 'one' }, messages, { perAccount: [] }, now);
        resolved += 1;
        if (resolved === 10) await server().kill();
      }),
    );
    for (const outcome of await outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StorageError);
    await server().start();
    const counts = await storage.outbox.count();
    expect(counts.done).toBeGreaterThanOrEqual(10);
    // Each request that ended has its three messages, each other still waits.
    expect(counts.waiting).toBe(40 - counts.done + 3 * counts.done);
  });
});

test('a server that does not answer any more is given up after a time, and used when it answers again', async () => {
  const db = await openPool(parsePostgresAddress(server().url()), { connectMs: 2_000, statementMs: 500 });
  onTestFinished(() => db.close());
  await Promise.all(Array.from({ length: 8 }, () => db.query('SELECT pg_sleep(0.1)')));
  const thaw = await server().freeze();
  try {
    expect((await failureOf(db.query('SELECT 1'))).code).toBe('storage-unreachable');
    expect((await failureOf(db.transaction((query) => query('SELECT 1')))).code).toBe('storage-unreachable');
    // If each of them waited its time out, this would take longer than a test may.
    for (let i = 0; i < 100; i++)
      expect((await failureOf(db.query('SELECT 1'))).code).toBe('storage-unreachable');
  } finally {
    thaw();
  }
  await vi.waitFor(async () => expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]));
});

test('a statement that takes too long is given up, and the connection stays good', async () => {
  const db = await openPool(parsePostgresAddress(server().url()), { connectMs: 2_000, statementMs: 200 });
  onTestFinished(() => db.close());
  expect((await failureOf(db.query('SELECT pg_sleep(20)'))).code).toBe('storage-busy');
  expect((await failureOf(db.transaction((query) => query('SELECT pg_sleep(20)')))).code).toBe(
    'storage-busy',
  );
  expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('a NUL that somebody typed is kept as a sign of its own', async () => {
  const { outbox } = await tempPostgresStorage(server());
  const asked = {
    enteredName: 'an\0na',
    source: 'form',
    language: 'en',
    clientAddress: '192.0.2.1',
  } as const;
  await outbox.addRequest(asked, 1, 100);
  expect(await outbox.claim('asked', 'one', 1, 1000, 1)).toMatchObject([{ enteredName: 'an\uFFFDna' }]);
});
