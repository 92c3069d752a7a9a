import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parsePostgresAddress } from '../../../../server/config/postgres-address.ts';
import { openPool } from '../../../../server/storage/postgres/database.ts';
import type { PostgresServer } from '../../../support/storage/postgres.ts';
import { usePostgres } from '../../../support/storage/temp-postgres.ts';

const server = usePostgres();

/** The last of what a server says to let somebody in. Source: PostgreSQL 17 manual, 53.7, ReadyForQuery. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');

/**
 * Stands before the server as a busy machine does: whoever is let in hears of it only when the server has ended the
 * connection again, and of both at once.
 */
async function startBelatedWay(to: PostgresServer): Promise<string> {
  const way = createServer((near) => {
    const far = connect(to.port, '127.0.0.1');
    const held: Buffer[] = [];
    near.on('data', (bytes) => far.write(bytes));
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    far.on('data', (bytes) => {
      held.push(bytes);
      const isLetIn = Buffer.concat(held).includes(READY);
      // While somebody is on the way in, he is answered at once.
      if (!isLetIn) near.write(Buffer.concat(held.splice(0)));
      else if (bytes.includes(READY)) void endConnections(to);
    });
    far.on('end', () => near.end(Buffer.concat(held)));
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(() => void way.close());
  const address = way.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return to.url().replace(/:\d+\//, `:${port}/`);
}

/** The server says why: FATAL 57P01, as after a kill of its postmaster. */
async function endConnections(of: PostgresServer): Promise<void> {
  await of.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gatehouse'`);
}

test.each([
  ['a transaction', 'transaction'],
  ['a statement', 'query'],
] as const)(
  'a connection that the server ends while it lets us in fails %s, and nothing else',
  async (_what, kind) => {
    const url = await startBelatedWay(server());
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on('uncaughtExceptionMonitor', note);
    onTestFinished(() => void process.off('uncaughtExceptionMonitor', note));
    const db = await openPool(parsePostgresAddress(url));
    onTestFinished(() => db.close());
    const work = kind === 'query' ? db.query('SELECT 1') : db.transaction((query) => query('SELECT 1'));
    await expect(work).rejects.toMatchObject({ code: 'storage-unreachable' });
    await turn();
    expect(uncaught).toEqual([]);
  },
);

test('a connection that the server ends while nobody uses it is replaced by the next use', async () => {
  const db = await openPool(parsePostgresAddress(server().url()));
  onTestFinished(() => db.close());
  for (let round = 0; round < 5; round++) {
    await db.transaction((query) => query('SELECT 1'));
    await endConnections(server());
    await vi.waitFor(async () => expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]));
  }
});
