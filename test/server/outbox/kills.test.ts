import { expect, test, vi } from 'vitest';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import {
  isSound,
  killHard,
  makeWaitingMessages,
  readStates,
  startOutboxProcess,
} from '../../support/program/killed-outbox.ts';

/** Short, so that what a killed process held is soon free; one process lives at a time. */
const LEASE = '600';

test('killed in the midst of the talk with the mail server, one after the other: one mail', async () => {
  const path = await makeWaitingMessages(1);
  const smtp = await startScriptedSmtp();
  for (const where of ['greeting', 'MAIL', 'DATA'] as const) {
    smtp.script((stage) => (stage === where ? 'hang' : undefined));
    const reached = smtp.reached.length;
    const child = startOutboxProcess(path, smtp.url, 'run', LEASE);
    await vi.waitFor(() => expect(smtp.reached.slice(reached)).toContain(where), 20_000);
    await killHard(child);
  }
  smtp.script(() => undefined);
  const last = startOutboxProcess(path, smtp.url, 'run', LEASE);
  await vi.waitFor(() => expect(readStates(path)).toEqual({ sent: 1 }), 20_000);
  await killHard(last);
  expect(smtp.mails).toHaveLength(1);
  expect(isSound(path)).toBe(true);
}, 60_000);

test('killed three times in the middle of 90 mails: none is lost, and none is doubled that was not on its way', async () => {
  const path = await makeWaitingMessages(90);
  const smtp = await startScriptedSmtp();
  let kills = 0;
  for (const after of [5, 30, 60]) {
    const child = startOutboxProcess(path, smtp.url, 'run', LEASE);
    await vi.waitFor(() => expect(smtp.mails.length).toBeGreaterThan(after), {
      timeout: 20_000,
      interval: 2,
    });
    await killHard(child);
    kills += 1;
  }
  const last = startOutboxProcess(path, smtp.url, 'run', LEASE);
  await vi.waitFor(() => expect(readStates(path)).toEqual({ sent: 90 }), 20_000);
  await killHard(last);
  expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(90);
  // Three connections: that many mails can be on their way when a process dies.
  expect(smtp.mails.length).toBeLessThanOrEqual(90 + 3 * kills);
  expect(isSound(path)).toBe(true);
}, 60_000);
