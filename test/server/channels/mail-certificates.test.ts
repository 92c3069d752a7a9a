import { X509Certificate } from 'node:crypto';
import { createServer as createTlsServer } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { EmailOptions } from '../../../server/channels/email.ts';
import { certificatePrint } from '../../../server/channels/server-certificate.ts';
import { MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { type MadeCertificate, makeCertificate } from '../../support/network/certificates.ts';

/** As a relay at home shows it, and as Proton Mail Bridge does in another container: for no name it is reached by. */
let own: MadeCertificate;
let bridge: MadeCertificate;

beforeAll(() => {
  own = makeCertificate();
  bridge = makeCertificate('bridge', 'DNS:bridge.invalid');
});

const printOf = ({ cert }: MadeCertificate) => certificatePrint(new X509Certificate(cert));

async function openInbox(certificate: MadeCertificate, options: Parameters<typeof createSmtpInbox>[0] = {}) {
  const inbox = await createSmtpInbox({ certificate, offersTls: true, ...options });
  onTestFinished(() => inbox.close());
  return inbox;
}

const channelTo = (url: string, options: Partial<EmailOptions> = {}) =>
  openMailChannel(url, { requireTls: true, ...options });

describe.each([
  ['STARTTLS', false],
  ['TLS from the start', true],
])('a mail server at home, with %s', (_how, beginsWithTls) => {
  test('is trusted by the authority in mail.caFile, and by no other', async () => {
    const inbox = await openInbox(own, { beginsWithTls });
    const trusting = channelTo(inbox.url, { caFile: own.certFile });
    expect(await trusting.check()).toEqual({ kind: 'sent' });
    expect(await trusting.send(MESSAGE)).toEqual({ kind: 'sent' });
    const other = await channelTo(inbox.url, { caFile: bridge.certFile }).send(MESSAGE);
    expect(other).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('mail.caFile') });
    expect(inbox.messages).toHaveLength(1);
  });

  test('is trusted by the fingerprint in mail.certificate, whatever name is in it', async () => {
    const inbox = await openInbox(bridge, { beginsWithTls });
    const byName = await channelTo(inbox.url, { caFile: bridge.certFile }).send(MESSAGE);
    expect(byName).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/name the certificate is for.*mail\.certificate/),
    });
    const pinned = channelTo(inbox.url, { certificate: printOf(bridge) });
    expect(await pinned.check()).toEqual({ kind: 'sent' });
    expect(await pinned.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(inbox.messages).toHaveLength(1);
  });

  test('that shows another certificate than the one in mail.certificate is told nothing', async () => {
    const inbox = await openInbox(own, {
      beginsWithTls,
      login: { user: 'me', pass: 'secret-of-the-mailbox' },
    });
    const url = inbox.url.replace('//', '//me:secret-of-the-mailbox@');
    const channel = channelTo(url, { certificate: printOf(bridge) });
    for (const outcome of [await channel.check(), await channel.send(MESSAGE)]) {
      expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining(printOf(own)) });
      expect(JSON.stringify(outcome)).not.toContain('secret-of-the-mailbox');
    }
    expect(inbox.messages).toEqual([]);
  });

  test('that was given a new certificate is not trusted by the old fingerprint any more, and named', async () => {
    const first = await openInbox(bridge, { beginsWithTls });
    const channel = channelTo(first.url, { certificate: printOf(bridge) });
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
    await first.close();
    const second = await openInbox(own, { beginsWithTls, port: first.port });
    const details: string[] = [];
    // What was open, then what is known of it, then what the server shows now.
    for (let tries = 0; tries < 3; tries++) {
      const outcome = await channel.send(MESSAGE);
      expect(outcome.kind).not.toBe('sent');
      details.push('detail' in outcome ? outcome.detail : '');
    }
    expect(details.at(-1)).toContain(printOf(own));
    expect(second.messages).toEqual([]);
  });
});

test('a check names the certificate that is not trusted, for whoever knows it', async () => {
  const inbox = await openInbox(own);
  const outcome = await channelTo(inbox.url).check();
  expect(outcome).toMatchObject({
    kind: 'unreachable',
    detail: expect.stringMatching(/mail\.caFile.*mail\.certificate/),
  });
  expect(JSON.stringify(outcome)).toContain(`It shows ${printOf(own)}`);
});

test('a file that is not there is named with its setting', async () => {
  const inbox = await openInbox(own);
  const outcome = await channelTo(inbox.url, { caFile: '/nowhere/ca.pem' }).send(MESSAGE);
  expect(outcome).toEqual({
    kind: 'unreachable',
    detail:
      'mail.caFile: /nowhere/ca.pem cannot be read; is the path right, and may this user read it? Messages wait meanwhile.',
  });
});

describe('a wrong port or an old server', () => {
  test('smtps:// where TLS does not begin at once is told from a broken certificate', async () => {
    const smtp = await startScriptedSmtp();
    const url = smtp.url.replace('smtp:', 'smtps:');
    for (const outcome of [await channelTo(url).check(), await channelTo(url).send(MESSAGE)]) {
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringMatching(/does not begin with TLS.*smtp:\/\/ instead of smtps:\/\//),
      });
    }
  });

  test('smtp:// where TLS begins at once, and the server waits for it, leads to smtps://', async () => {
    const inbox = await openInbox(own, { beginsWithTls: true });
    const url = inbox.url.replace('smtps:', 'smtp:');
    const timeouts = { connectMs: 300, silenceMs: 300, sendMs: 5_000 };
    for (const outcome of [
      await channelTo(url, { timeouts }).check(),
      await channelTo(url, { timeouts }).send(MESSAGE),
    ])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('smtps:// for port 465'),
      });
  });

  test('TLS 1.1 is too old, in a sentence', async () => {
    const server = createTlsServer({
      ...{ key: own.key, cert: own.cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const outcome = await channelTo(`smtps://127.0.0.1:${port}`, { caFile: own.certFile }).check();
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/no TLS newer than 1\.1.*update it/),
    });
  });
});
