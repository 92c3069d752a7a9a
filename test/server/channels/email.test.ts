import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EmailOptions } from '../../../server/channels/email.ts';
import { MESSAGE, openMailChannel } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox, type SmtpInbox } from '../../support/mail/smtp-inbox.ts';

const timeouts = { connectMs: 20_000, silenceMs: 20_000, sendMs: 20_000 };

async function openInbox(options?: Parameters<typeof createSmtpInbox>[0]): Promise<SmtpInbox> {
  const inbox = await createSmtpInbox(options);
  onTestFinished(() => inbox.close());
  return inbox;
}

const channelTo = (url: string, options: Partial<EmailOptions> = {}) =>
  openMailChannel(url, { timeouts, ...options });

describe('the mail channel', () => {
  test('sends text and HTML to one recipient, with a fixed Message-ID', async () => {
    const inbox = await openInbox();
    const channel = channelTo(inbox.url);
    expect(await channel.check()).toEqual({ kind: 'sent' });
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(inbox.messages).toEqual([
      {
        arrivedAt: expect.any(Date),
        from: 'Jellyfin <noreply@media.example.org>',
        to: 'anna.lee@example.org',
        subject: 'Grüße',
        text: 'Text mit ü\n',
        html: '<p>HTML mit ü</p>\n',
        messageId: `<${MESSAGE.key}@media.example.org>`,
      },
    ]);
  });

  test('uses a connection for many messages', async () => {
    const inbox = await openInbox();
    const channel = channelTo(inbox.url);
    for (let i = 0; i < 5; i++) await channel.send(MESSAGE);
    expect(inbox.messages).toHaveLength(5);
    expect(inbox.connectedAt).toHaveLength(1);
  });

  test('signs in, and says what is wrong when the password is', async () => {
    const inbox = await openInbox({ login: { user: 'me@example.org', pass: 'p@ss/1' } });
    const right = inbox.url.replace('//', '//me%40example.org:p%40ss%2F1@');
    expect(await channelTo(right).send(MESSAGE)).toEqual({ kind: 'sent' });
    const outcome = await channelTo(right.replace('p%40ss', 'secret-guess')).send(MESSAGE);
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining('refused user name or password'),
    });
    expect(JSON.stringify(outcome)).not.toMatch(/secret-guess|me@example/);
  });

  test.each([
    ['permanent', 'permanent'],
    ['temporary', 'temporary'],
    ['sender', 'unreachable'],
    ['close-mid-data', 'unreachable'],
    ['hang', 'unreachable'],
  ] as const)('an inbox that answers %s is %s, in words without a whole address', async (answer, kind) => {
    const inbox = await openInbox({ answer });
    const channel = channelTo(
      inbox.url,
      answer === 'hang' ? { timeouts: { ...timeouts, sendMs: 1_500 } } : {},
    );
    const outcome = await channel.send(MESSAGE);
    expect(outcome).toMatchObject({ kind, detail: expect.stringContaining(`127.0.0.1:${inbox.port}`) });
    expect(JSON.stringify(outcome)).not.toMatch(/anna\.lee|noreply@/);
    expect(inbox.messages).toEqual([]);
    expect(inbox.connectedAt.length).toBe(1);
  });

  test('relaying denied is our own trouble, not the recipient being wrong', async () => {
    const server = createServer((socket) => {
      socket.write('220 mx\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const isRcpt = String(chunk).startsWith('RCPT');
        socket.write(isRcpt ? '554 5.7.1 <anna.lee@example.org>: Relay access denied\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await channelTo(`smtp://127.0.0.1:${port}`).send(MESSAGE)).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/does not pass mail on.*<a…@example\.org>.*user name and password/),
    });
  });

  test('a server that is not there is unreachable', async () => {
    const inbox = await createSmtpInbox();
    await inbox.close();
    const outcome = await channelTo(inbox.url).send(MESSAGE);
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('ECONNREFUSED') });
  });

  test('a host that does not exist is unreachable, with where to look', async () => {
    const outcome = await channelTo('smtp://mail.invalid:25').check();
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('mail.url') });
  });

  test('where TLS is required, a server without it gets no mail', async () => {
    const inbox = await openInbox();
    const outcome = await channelTo(inbox.url, { requireTls: true }).send(MESSAGE);
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('STARTTLS') });
    expect(inbox.messages).toEqual([]);
  });

  test('where TLS is required, a certificate nobody trusts gets no mail', async () => {
    const inbox = await openInbox({ offersTls: true });
    const outcome = await channelTo(inbox.url, { requireTls: true }).send(MESSAGE);
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('certificate') });
    expect(inbox.messages).toEqual([]);
  });

  test('on this very machine a certificate nobody trusts will do', async () => {
    const inbox = await openInbox({ offersTls: true });
    expect(await channelTo(inbox.url).send(MESSAGE)).toEqual({ kind: 'sent' });
  });

  test.each([
    'a@example.org, eve@evil.example',
    'a@example.org\r\nBcc: eve@evil.example',
    'friends: a@example.org;',
    '',
  ])('an address like %j never leaves', async (address) => {
    const inbox = await openInbox();
    const outcome = await channelTo(inbox.url).send({ ...MESSAGE, to: { ...MESSAGE.to, address } });
    expect(outcome.kind).toBe('permanent');
    expect(inbox.connectedAt).toHaveLength(0);
  });
});
