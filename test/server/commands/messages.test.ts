import { expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const DAY_MS = 86_400_000;

/** A folder with a configuration and a database, and `gatehouse messages` run in it. */
async function setUp() {
  const { path, run } = await makeCommandFolder('url: http://127.0.0.1:9');
  const storage = await openStorage(path);
  onTestFinished(() => storage.close());
  const messages = (...args: string[]) => run('messages', ...args);
  return { messages, storage };
}

async function giveUp(storage: Storage, userName: string, reason: string, at = Date.now()): Promise<number> {
  const message = { queue: 'email', kind: 'reset-link', userId: '1'.repeat(32), language: 'en' } as const;
  const id = await storage.outbox.addMessage(
    { ...message, contactId: undefined, userName, key: `key-of-${userName}` },
    at,
  );
  await storage.outbox.claim('email', 'me', Date.now(), 60_000, 9);
  await storage.outbox.end({ id, owner: 'me' }, 'dead', reason, at);
  return id;
}

async function giveUpRequest(storage: Storage): Promise<number> {
  const asked = {
    enteredName: 'hunter2',
    source: 'form',
    language: 'en',
    clientAddress: '192.0.2.1',
  } as const;
  const id = (await storage.outbox.addRequest(asked, Date.now(), 9)) ?? -1;
  await storage.outbox.claim('asked', 'me', Date.now(), 60_000, 9);
  await storage.outbox.end({ id, owner: 'me' }, 'dead', 'Jellyfin is away', Date.now());
  return id;
}

test('lists what was given up, newest first, on one line each', async () => {
  const { messages, storage } = await setUp();
  expect(await messages('dead')).toEqual({ code: 0, out: 'nothing was given up\n', err: '' });
  const reason = 'Mail server m:25 refused the recipient: 550 No thanks for a…@example.org';
  const old = await giveUp(storage, 'anna\n\u001b[31mred', reason, Date.now() - 3 * DAY_MS - 60_000);
  const late = await giveUpRequest(storage);
  expect(await messages('dead')).toEqual({
    code: 0,
    out: `${late}\trequest\t-\t0 min\tJellyfin is away\n${old}\treset-link\tanna [31mred\t3 d\t${reason}\n`,
    err: '',
  });
});

test('resends one message, with its key and its tries counted anew', async () => {
  const { messages, storage } = await setUp();
  const id = await giveUp(storage, 'anna', 'refused', Date.now() - 3 * DAY_MS);
  const other = await giveUp(storage, 'ben', 'refused');
  expect(await messages('resend', String(id))).toEqual({
    code: 0,
    out: '1 message waits to be sent again\n',
    err: '',
  });
  const now = Date.now();
  const claimed = await storage.outbox.claim('email', 'next', now, 60_000, 9);
  expect(claimed).toMatchObject([{ id, key: 'key-of-anna', tries: 1 }]);
  expect(now - (claimed[0]?.waitingSince ?? 0)).toBeLessThan(DAY_MS);
  expect((await storage.outbox.listDead(9)).map((letter) => letter.id)).toEqual([other]);
  expect(await storage.audit.list({ limit: 9 })).toMatchObject([
    { event: 'message-resent', details: { id, by: 'command-line' } },
  ]);
});

test('resends all messages, and says of a request that it cannot be', async () => {
  const { messages, storage } = await setUp();
  await giveUp(storage, 'anna', 'refused');
  await giveUp(storage, 'ben', 'refused');
  const request = await giveUpRequest(storage);
  expect((await messages('resend', '--all')).out).toBe('2 messages wait to be sent again\n');
  expect(await storage.outbox.count()).toMatchObject({ waiting: 2, dead: 1 });
  expect((await messages('resend', '--all')).out).toBe('0 messages wait to be sent again\n');
  const refused = await messages('resend', String(request));
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain('the person has to ask again');
  expect((await messages('resend', '4711')).err).toBe(
    'gatehouse: no message 4711 was given up; see gatehouse messages dead\n',
  );
});

test.each([
  [['resend', 'x7'], 'no number of a message'],
  [['resend', '--all', '1'], '"1" is not expected here'],
  [['dead', '--ful'], 'unknown option --ful'],
])('%j is refused as a wrong command line', async (args, message) => {
  const { messages } = await setUp();
  const ended = await messages(...args);
  expect(ended.code).toBe(64);
  expect(ended.err).toContain(message);
});
