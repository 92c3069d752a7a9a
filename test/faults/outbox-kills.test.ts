import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startScriptedSmtp } from '../support/mail/scripted-smtp.ts';
import {
  isSound,
  killHard,
  makeWaitingMessages,
  readStates,
  startOutboxProcess,
} from '../support/program/killed-outbox.ts';

const KILLS = 200;
const MESSAGES = 6_000;

/** C2 in full. Source: facts on durability, row C2: 0 lost; doubles only between the 250 and the mark. */
test(`killed ${KILLS} times at random moments while ${MESSAGES} mails go out: none is lost`, async () => {
  const path = await makeWaitingMessages(MESSAGES);
  const smtp = await startScriptedSmtp();
  let kills = 0;
  while (kills < KILLS && (readStates(path)['waiting'] ?? 0) > 0) {
    // By what it has done, so that a slow machine kills in the midst of mails too.
    const done = Math.min(smtp.mails.length + Math.floor(Math.random() * 25), MESSAGES - 1);
    const reached = smtp.reached.length;
    const child = startOutboxProcess(path, smtp.url, 'run', '500');
    const isThere = () => expect(smtp.mails.length >= done && smtp.reached.length > reached).toBe(true);
    await vi.waitFor(isThere, { timeout: 60_000, interval: 1 });
    await sleep(Math.random() * 10);
    await killHard(child);
    kills += 1;
  }
  const last = startOutboxProcess(path, smtp.url, 'run', '500');
  await vi.waitFor(() => expect(readStates(path)).toEqual({ sent: MESSAGES }), 120_000);
  await killHard(last);
  const different = new Set(smtp.mails.map((mail) => mail.messageId)).size;
  const doubles = smtp.mails.length - different;
  process.stdout.write(`${kills} kills, ${different} different mails, ${doubles} second copies\n`);
  expect(different).toBe(MESSAGES);
  expect(doubles).toBeLessThanOrEqual(3 * kills);
  expect(isSound(path)).toBe(true);
}, 1_800_000);

test('four processes on one outbox, one of them killed again and again: each of 1,000 mails goes out', async () => {
  const path = await makeWaitingMessages(1_000);
  const smtp = await startScriptedSmtp();
  const start = () => startOutboxProcess(path, smtp.url, 'run', 'default');
  const workers = [start(), start(), start(), start()];
  let kills = 0;
  while ((readStates(path)['waiting'] ?? 0) > 0 && kills < 50) {
    await sleep(Math.random() * 400);
    const victim = workers.shift();
    if (victim !== undefined) await killHard(victim);
    kills += 1;
    workers.push(start());
  }
  await vi.waitFor(() => expect(readStates(path)).toEqual({ sent: 1_000 }), 120_000);
  for (const worker of workers) await killHard(worker);
  const different = new Set(smtp.mails.map((mail) => mail.messageId)).size;
  process.stdout.write(`${kills} kills of 4 processes, ${smtp.mails.length - different} second copies\n`);
  expect(different).toBe(1_000);
  expect(smtp.mails.length).toBeLessThanOrEqual(1_000 + 3 * kills);
}, 300_000);
