import { expect, test } from 'vitest';
import { createResendMessages } from '../../../server/admin/resend-messages.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

async function setUp() {
  const storage = await tempStorage();
  const log = createKeptLog();
  const clock = createSettableClock();
  const resend = createResendMessages({
    ...{ outbox: storage.outbox, contacts: storage.contacts, clock, log, by: 'a test' },
  });
  return { storage, log, clock, resend };
}

async function giveUp(storage: Storage, userName: string, at: number): Promise<number> {
  const about = { queue: 'email', contactId: undefined, kind: 'reset-link', language: 'en' } as const;
  const message = { ...about, userId: '1'.repeat(32) };
  const id = await storage.outbox.addMessage({ ...message, userName, key: `key-of-${userName}` }, at);
  await storage.outbox.claim('email', 'me', at, 60_000, 9);
  await storage.outbox.end({ id, owner: 'me' }, 'dead', 'refused', at);
  return id;
}

async function giveUpRequest(storage: Storage, at: number): Promise<number> {
  const asked = { enteredName: 'x', source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
  const id = (await storage.outbox.addRequest(asked, at, 9)) ?? -1;
  await storage.outbox.claim('asked', 'me', at, 60_000, 9);
  await storage.outbox.end({ id, owner: 'me' }, 'dead', 'Jellyfin is away', at);
  return id;
}

test('what was given up is listed, newest first', async () => {
  const { storage, clock, resend } = await setUp();
  expect(await resend.list()).toEqual([]);
  const old = await giveUp(storage, 'anna', clock.now());
  clock.advance(1);
  const late = await giveUpRequest(storage, clock.now());
  expect(await resend.list()).toMatchObject([
    { id: late, message: undefined, reason: 'Jellyfin is away' },
    { id: old, message: { kind: 'reset-link', userName: 'anna' }, reason: 'refused' },
  ]);
});

test('one message waits again and is due now, and the log says who asked for it', async () => {
  const { storage, clock, log, resend } = await setUp();
  const id = await giveUp(storage, 'anna', clock.now());
  const other = await giveUp(storage, 'ben', clock.now());
  clock.advance(3 * 86_400_000);
  await resend.resend(id);
  const claimed = await storage.outbox.claim('email', 'next', clock.now(), 60_000, 9);
  expect(claimed).toMatchObject([{ id, key: 'key-of-anna', tries: 1, waitingSince: clock.now() }]);
  expect((await resend.list()).map((letter) => letter.id)).toEqual([other]);
  expect(log.lines).toEqual([{ level: 'info', event: 'message-resent', id, by: 'a test' }]);
});

test('all messages wait again, requests stay given up, and a second time there is nothing to do', async () => {
  const { storage, clock, log, resend } = await setUp();
  const ids = [
    await giveUp(storage, 'anna', clock.now()),
    await giveUp(storage, 'ben', clock.now()),
  ].toSorted();
  const request = await giveUpRequest(storage, clock.now());
  expect(await resend.resendAll()).toBe(2);
  expect(log.lines.map(({ id }) => id).toSorted()).toEqual(ids);
  expect((await resend.list()).map((letter) => letter.id)).toEqual([request]);
  expect(await resend.resendAll()).toBe(0);
});

test('a request, a message that waits and one that never was are told apart from one that was given up', async () => {
  const { storage, clock, log, resend } = await setUp();
  const request = await giveUpRequest(storage, clock.now());
  const waiting = await giveUp(storage, 'anna', clock.now());
  await resend.resend(waiting);
  await expect(resend.resend(request)).rejects.toMatchObject({ code: 'message-is-request' });
  await expect(resend.resend(waiting)).rejects.toMatchObject({
    code: 'message-unknown',
    message: `no message ${waiting} was given up`,
  });
  await expect(resend.resend(4711)).rejects.toMatchObject({ code: 'message-unknown' });
  expect(log.lines).toHaveLength(1);
});
