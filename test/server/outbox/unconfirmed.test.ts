import { expect, onTestFinished, test, vi } from 'vitest';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { readMail } from '../../support/mail/mime.ts';
import { openMailChannel, type ScriptedSmtp, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const ben = account('ben');
const MINUTE_MS = 60_000;

/** A server that says nothing after the final dot of the first mail, and a channel that waits `silenceMs` for it. */
async function startSilentServer(silenceMs: number) {
  const smtp = await startScriptedSmtp();
  smtp.script((stage) => (stage === 'body' && smtp.mails.length <= 1 ? 'hang' : undefined));
  const timeouts = { connectMs: 20_000, silenceMs, sendMs: 20_000 };
  return { smtp, channel: openMailChannel(smtp.url, { timeouts }) };
}

const tokensOf = ({ mails }: ScriptedSmtp) =>
  mails.map(({ raw }) =>
    tokenIn(raw.replaceAll('=\r\n', '').replaceAll('=3D', '=').replaceAll('\r\n', '\n')),
  );

test('silence after the final dot: the next try is a quarter of an hour later, with the same link and Message-ID', async () => {
  const { smtp, channel } = await startSilentServer(300);
  const { ask, skip, kept, storage, clock } = await runOutbox({
    accounts: [anna],
    parts: { channels: [channel] },
  });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 10_000);
  expect(kept.of('message-delayed')[0]).toMatchObject({
    nextTryMs: 15 * MINUTE_MS,
    reason: expect.stringMatching(/may have arrived.*same link/),
  });
  skip(14 * MINUTE_MS);
  skip(2 * MINUTE_MS);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  expect(smtp.mails).toHaveLength(2);
  const [first, second] = tokensOf(smtp);
  expect(second).toBe(first);
  expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(1);
  const inHalfAnHour = clock.now() + 29 * MINUTE_MS;
  expect(await storage.links.look(hashToken(first ?? ''), inHalfAnHour)).toMatchObject({ state: 'open' });
});

test('a PIN stays the same too', async () => {
  const { smtp, channel } = await startSilentServer(300);
  const { ask, skip, kept } = await runOutbox({
    accounts: [anna],
    parts: { channels: [channel], method: 'pin' },
  });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 10_000);
  skip(16 * MINUTE_MS);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  const texts = smtp.mails.map(({ raw }) => readMail(Buffer.from(raw, 'latin1')).text);
  expect(texts[1]).toBe(texts[0]);
  expect(texts[0]).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
});

test('after a try that surely did not arrive the link is another one', async () => {
  const smtp = await startScriptedSmtp();
  smtp.script((stage) =>
    stage === 'body' && smtp.mails.length <= 1 ? { answer: '451 4.7.1 look again later' } : undefined,
  );
  const { ask, skip, kept } = await runOutbox({
    accounts: [anna],
    parts: { channels: [openMailChannel(smtp.url, {})] },
  });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 10_000);
  skip(MINUTE_MS);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  expect(new Set(tokensOf(smtp)).size).toBe(2);
});

test('an answer that comes late, but in time, makes one copy; others do not wait for it', async () => {
  const { smtp, channel } = await startSilentServer(20_000);
  const { ask, skip, kept } = await runOutbox({ accounts: [anna, ben], parts: { channels: [channel] } });
  await ask('anna');
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), 10_000);
  await ask('ben');
  // As the outbox's stopwatch has it; the server's patience runs on the real one.
  skip(10_000);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  expect(kept.of('message-sent')[0]).toMatchObject({ userId: ben.id });
  smtp.say('250 2.0.0 queued at last\r\n');
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(2), 10_000);
  expect(smtp.mails).toHaveLength(2);
  expect(kept.of('message-delayed')).toEqual([]);
});

test('a silence does not keep other messages waiting longer than a moment', async () => {
  const { smtp, channel } = await startSilentServer(300);
  const { ask, skip, kept } = await runOutbox({ accounts: [anna, ben], parts: { channels: [channel] } });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 10_000);
  await ask('ben');
  skip(1_000);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  // That the server answers again is no reason to send the first once more.
  expect(smtp.mails).toHaveLength(2);
});

test('an outbox that ends in the midst writes down what may have been sent; the next one waits, and sends the same link', async () => {
  const { smtp, channel } = await startSilentServer(20_000);
  const { ask, skip, outbox, kept, parts } = await runOutbox({
    accounts: [anna],
    parts: { channels: [channel], closeGraceMs: 1_500 },
  });
  await ask('anna');
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), 10_000);
  await outbox.close();
  expect(kept.of('message-delayed')).toMatchObject([{ nextTryMs: 15 * MINUTE_MS }]);
  const next = createOutbox(parts);
  onTestFinished(() => next.close());
  next.start();
  skip(16 * MINUTE_MS);
  next.wake();
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1), 10_000);
  const [first, second] = tokensOf(smtp);
  expect(second).toBe(first);
});
