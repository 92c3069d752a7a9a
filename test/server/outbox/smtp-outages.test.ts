import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { createResendMessages } from '../../../server/admin/resend-messages.ts';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { type SmtpFault, type SmtpStage, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const MINUTE_MS = 60_000;

function channelTo(url: string, silenceMs = 20_000) {
  const timeouts = { connectMs: silenceMs, silenceMs, sendMs: 20_000 };
  return createEmailChannel({
    url,
    from: { name: '', address: 'noreply@example.org' },
    requireTls: false,
    timeouts,
  });
}

test.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'body'] as const)(
  'a server that hangs, closes and answers 421 at %s, one after the other, gets the mail when it is well',
  async (where) => {
    const faults: (SmtpFault | undefined)[] = ['hang', 'close', { answer: '421 4.3.2 not now' }];
    const smtp = await startScriptedSmtp();
    smtp.script((stage) => (stage === where ? faults[0] : undefined));
    const { ask, skip, kept, storage, outbox } = await runOutbox({
      accounts: [anna],
      parts: { channels: [channelTo(smtp.url, 700)] },
    });
    await ask('anna');
    for (let tries = 1; tries <= 3; tries++) {
      await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThanOrEqual(tries), 20_000);
      faults.shift();
      // After the final dot the next try is later: the mail may have arrived.
      skip(where === 'body' ? 75 * MINUTE_MS : MINUTE_MS);
    }
    await vi.waitFor(() => {
      // A machine that is too busy to answer in time is one more fault.
      skip(20_000);
      expect(kept.of('message-sent')).toHaveLength(1);
    }, 20_000);
    const tries = Number(kept.of('message-sent')[0]?.['tries']);
    expect(tries).toBeGreaterThanOrEqual(4);
    if (tries === 4) expect(smtp.mails).toHaveLength(where === 'body' ? 4 : 1);
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(1);
    await outbox.close();
    expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 });
  },
);

test.each([
  ['RCPT', '550 5.1.1 no such user'],
  ['DATA', '554 5.6.0 no'],
  ['body', '554 5.7.1 spam'],
] as const)(
  'refused for good at %s it is dead at once, with the reason for the administrator',
  async (where, answer) => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === where ? { answer } : undefined) });
    const { ask, kept, storage } = await runOutbox({
      accounts: [anna],
      parts: { channels: [channelTo(smtp.url)] },
    });
    await ask('anna');
    await vi.waitFor(() => expect(kept.of('message-dead')).toHaveLength(1), 20_000);
    const [letter] = await storage.outbox.listDead(9);
    expect(letter).toMatchObject({ message: { kind: 'reset-link', userName: 'anna' }, tries: 1 });
    expect(letter?.reason).toContain(answer);
    expect(JSON.stringify(letter)).not.toContain('anna@example.org');
  },
);

test('a dead message that is resent goes out with its Message-ID and a fresh link', async () => {
  const { ask, inbox, kept, storage, clock, outbox } = await runOutbox({
    accounts: [anna],
    answer: 'permanent',
  });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-dead')).toHaveLength(1), 20_000);
  inbox.refuse('accept');
  const [letter] = await storage.outbox.listDead(9);
  const { contacts, outbox: rows } = storage;
  // Of the use case, which has the contact tried again that the server refused.
  const resending = { outbox: rows, contacts, clock, log: kept.log, by: 'a test' };
  await createResendMessages(resending).resend(letter?.id ?? -1);
  outbox.wake();
  const [mail] = await inbox.waitFor(1);
  const state = await storage.links.look(hashToken(tokenIn(mail?.text)), clock.now());
  expect(state).toMatchObject({ state: 'open' });
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, dead: 0 }));
});

/** What a mail server that is down does, hour by hour. */
const OUTAGES: readonly (readonly [SmtpStage, SmtpFault])[] = [
  ['greeting', 'close'],
  ['greeting', { answer: '421 4.3.2 not now' }],
  ['EHLO', 'close'],
  ['RCPT', 'close'],
  ['body', { answer: '421 4.3.2 not now' }],
  ['greeting', { answer: '554 5.7.1 go away' }],
];

test('mail down for six hours, each hour in another way: all mails come within two minutes of its return', async () => {
  const people = Array.from({ length: 54 }, (_, i) => account(`person${i}`));
  const smtp = await startScriptedSmtp();
  const { ask, skip, kept, storage, clock } = await runOutbox({
    accounts: people,
    parts: { channels: [channelTo(smtp.url)] },
  });
  let talks = 0;
  for (const [hour, [where, fault]] of OUTAGES.entries()) {
    smtp.script((stage) => (stage === where ? fault : undefined));
    for (const person of people.slice(hour * 9, hour * 9 + 9)) await ask(person.name);
    for (let quarter = 0; quarter < 4; quarter++) {
      const before = kept.of('message-delayed').length;
      skip(15 * MINUTE_MS);
      await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThan(before), 20_000);
    }
    // One at a time, and none sooner than the gate lets it: a storm would be one for each row that waits.
    expect(smtp.connections - talks).toBeLessThanOrEqual(20);
    talks = smtp.connections;
  }
  expect(kept.of('message-sent')).toEqual([]);
  expect(kept.of('message-dead')).toEqual([]);
  const taken = smtp.mails.length;
  smtp.script(() => undefined);
  skip(2 * MINUTE_MS);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(54), 20_000);
  const mails = smtp.mails.slice(taken);
  expect(mails).toHaveLength(54);
  expect(new Set(mails.map((mail) => mail.recipients.join())).size).toBe(54);
  for (const { raw } of mails) {
    const token = tokenIn(raw.replaceAll('=\r\n', '').replaceAll('\r\n', '\n'));
    const inHalfAnHour = clock.now() + 29 * MINUTE_MS;
    expect(await storage.links.look(hashToken(token), inHalfAnHour)).toMatchObject({ state: 'open' });
  }
});

test('a server that goes away in the midst of many mails sees those that were under way, and then one a second', async () => {
  const people = Array.from({ length: 60 }, (_, i) => account(`person${i}`));
  const smtp = await startScriptedSmtp();
  let stopwatchMs = 0;
  const { ask, kept, outbox, storage } = await runOutbox({
    accounts: people,
    parts: { channels: [channelTo(smtp.url)], elapsedMs: () => stopwatchMs },
  });
  let before = 0;
  smtp.script((stage) => {
    if (smtp.mails.length < 20) return undefined;
    before = before === 0 ? smtp.connections : before;
    return stage === 'greeting' || stage === 'MAIL' ? 'close' : undefined;
  });
  for (const person of people) await ask(person.name);
  await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThan(0), 20_000);
  const db = new DatabaseSync(storage.path, { readOnly: true });
  const onTheirWay = `SELECT COUNT(*) AS many FROM outbox WHERE state = 'waiting' AND lease_owner IS NOT NULL`;
  const look = async () => {
    for (let i = 0; i < 10; i++) {
      outbox.wake();
      await storage.outbox.count();
    }
  };
  await vi.waitFor(async () => {
    await look();
    // All requests are looked at, and no message is on its way any more.
    expect((await storage.outbox.count()).done).toBe(60);
    expect(db.prepare(onTheirWay).get()).toEqual({ many: 0 });
  }, 20_000);
  db.close();
  expect(smtp.connections - before).toBeLessThanOrEqual(3);
  for (let tries = 1; tries <= 3; tries++) {
    const sofar = smtp.connections;
    const delayed = kept.of('message-delayed').length;
    stopwatchMs += 15_000;
    outbox.wake();
    await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(delayed + 1), 20_000);
    await look();
    // None where one that is still open from before is used.
    expect(smtp.connections - sofar).toBeLessThanOrEqual(1);
  }
});

test('what is dropped before the mail server is asked does not make it well', async () => {
  const smtp = await startScriptedSmtp({ script: () => 'close' });
  let stopwatchMs = 0;
  const { ask, outbox, kept } = await runOutbox({
    accounts: [anna],
    parts: { channels: [channelTo(smtp.url)], elapsedMs: () => stopwatchMs },
  });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 20_000);
  for (let i = 0; i < 5; i++) await outbox.passwordChanged(account(`gone${i}`).id, 'gone', 'en');
  stopwatchMs = 1_000;
  outbox.wake();
  await vi.waitFor(() => expect(kept.of('message-dropped').length).toBeGreaterThan(0), 20_000);
  expect(kept.of('lane-moves-again')).toEqual([]);
  expect(smtp.connections).toBeLessThanOrEqual(2);
});

test('a recipient at whom the server falls silent holds up nobody else for long', async () => {
  const people = ['slow', 'anna', 'ben', 'carl'].map((name) => account(name));
  const smtp = await startScriptedSmtp();
  // The first RCPT is that of `slow`.
  let isFirst = true;
  smtp.script((stage) => {
    if (stage !== 'RCPT' || !isFirst) return undefined;
    isFirst = false;
    return 'hang';
  });
  const { ask, skip, kept } = await runOutbox({
    accounts: people,
    parts: { channels: [channelTo(smtp.url, 2_000)] },
  });
  for (const person of people) await ask(person.name);
  await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThan(0), 20_000);
  // The gate opens a second after the failure; the one that failed is due after five.
  skip(2_000);
  await vi.waitFor(() => expect(kept.of('message-sent').length).toBeGreaterThanOrEqual(3), 20_000);
  await vi.waitFor(() => {
    skip(5_000);
    expect(kept.of('message-sent')).toHaveLength(4);
  }, 20_000);
  expect(new Set(smtp.mails.map((mail) => mail.recipients.join())).size).toBe(4);
});

test('a certificate nobody trusts delays mails, and loses none', async () => {
  const inbox = await createSmtpInbox({ offersTls: true });
  const channel = createEmailChannel({
    url: inbox.url,
    from: { name: '', address: 'noreply@example.org' },
    requireTls: true,
  });
  const { ask, kept, storage } = await runOutbox({ accounts: [anna], parts: { channels: [channel] } });
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1), 20_000);
  expect(kept.of('message-delayed')[0]?.['reason']).toMatch(/certificate/);
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1, dead: 0 });
  expect(inbox.messages).toEqual([]);
  channel.close();
  await inbox.close();
});
