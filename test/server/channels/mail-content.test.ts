import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMessages } from '../../../server/messages/messages.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { decodeWords, readMail } from '../../support/mail/mime.ts';
import { bytesOf, MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';

const LINK = `https://media.example.org/gatehouse/reset#${'a'.repeat(43)}`;
const written = createMessages().write(
  'reset-link',
  { serverName: 'Films', userName: 'anna', link: LINK, lifetimeMs: 1_800_000 },
  'en',
);
const to = (address: string) => ({ ...MESSAGE.to, address });
const UTF8 = { ehlo: ['8BITMIME', 'SMTPUTF8'] };

describe('names and subjects', () => {
  test.each([
    ['Füme & Sériés', 'Neues Passwort für „Füme“'],
    ['映画館', '映画館の新しいパスワードについてのお知らせです。'.repeat(4)],
    ['أفلام', 'كلمة مرور جديدة 🎬'],
    ['Films, "the" best; <of> them', 'New password for "a, b" <c@example.org>; d'],
  ])('of every script arrive as they were written: %s', async (name, subject) => {
    const smtp = await startScriptedSmtp();
    const channel = openMailChannel(smtp.url, {
      from: { name, address: 'noreply@example.org' },
      // As the configuration gives it.
      replyTo: { name, address: 'ada@xn--bcher-kva.example' },
    });
    expect(await channel.send({ ...MESSAGE, subject })).toEqual({ kind: 'sent' });
    const raw = smtp.mails[0]?.raw ?? '';
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    // On the way nothing but ASCII, in lines and encoded words that are short enough. Source: RFC 2047 section 2.
    expect(head).toMatch(/^[\r\n\t\x20-\x7e]*$/);
    expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    expect(
      Math.max(0, ...(head.match(/=\?[^?]+\?[bq]\?[^?]*\?=/gi) ?? []).map((word) => word.length)),
    ).toBeLessThanOrEqual(75);
    const mail = readMail(bytesOf(smtp.mails[0]));
    expect(mail.subject).toBe(subject);
    const plain = (field: string) => decodeWords(mail.headers.get(field) ?? '').replace(/\\(.)/g, '$1');
    expect(plain('from').replace(/^"(.*)"(?= <)/, '$1')).toBe(`${name} <noreply@example.org>`);
    expect(plain('reply-to').replace(/^"(.*)"(?= <)/, '$1')).toBe(`${name} <ada@xn--bcher-kva.example>`);
    expect(mail.headers.has('list-unsubscribe')).toBe(false);
  });
});

test('a subject that looks encoded is shown as it is, but for a blank', async () => {
  const smtp = await startScriptedSmtp();
  await openMailChannel(smtp.url, {}).send({
    ...MESSAGE,
    subject: 'For =?utf-8?Q?=0D=0ABcc:_b@example.org?=',
  });
  expect(readMail(bytesOf(smtp.mails[0])).subject).toBe('For = ?utf-8?Q?=0D=0ABcc:_b@example.org?=');
});

describe('addresses beyond ASCII', () => {
  test('go to a server that takes them, in the envelope and the header', async () => {
    const smtp = await startScriptedSmtp(UTF8);
    const channel = openMailChannel(smtp.url, {});
    expect(await channel.send({ ...MESSAGE, to: to('Jürgen@Bücher.example') })).toEqual({ kind: 'sent' });
    const said = Buffer.from(smtp.received(), 'latin1').toString('utf8');
    expect(said).toMatch(/^MAIL FROM:<noreply@media\.example\.org> SMTPUTF8 BODY=8BITMIME/m);
    expect(said).toMatch(/^RCPT TO:<Jürgen@(?:bücher|xn--bcher-kva)\.example>\r$/m);
    expect(said).toMatch(/^To: Jürgen@(?:bücher|xn--bcher-kva)\.example\r$/m);
    await expect.poll(() => smtp.open).toBe(0);
  });

  test('are told to be of no use where the server takes none, and nothing is sent', async () => {
    const smtp = await startScriptedSmtp();
    const channel = openMailChannel(smtp.url, {});
    const outcome = await channel.send({ ...MESSAGE, to: to('jürgen@example.org') });
    expect(outcome).toMatchObject({
      kind: 'permanent',
      detail: expect.stringMatching(/SMTPUTF8.*another address/),
    });
    expect(outcome).not.toHaveProperty('isAddressRefused');
    expect(smtp.reached).not.toContain('MAIL');
    // Others go on as before.
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
  });

  test('of the sender stop all mail where the server takes none, and the check says so', async () => {
    const smtp = await startScriptedSmtp();
    const from = { name: 'Films', address: 'füme@example.org' };
    const channel = openMailChannel(smtp.url, { from });
    for (const outcome of [await channel.check(), await channel.send(MESSAGE)])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringMatching(/mail\.from or mail\.replyTo has one/),
      });
    const other = await startScriptedSmtp(UTF8);
    const works = openMailChannel(other.url, { from });
    expect(await works.check()).toEqual({ kind: 'sent' });
    expect(await works.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(Buffer.from(other.received(), 'latin1').toString('utf8')).toMatch(
      /^From: Films <füme@example\.org>\r$/m,
    );
  });

  test.each([
    ['RCPT', '550 5.1.1 no such user', { kind: 'permanent', isAddressRefused: true }],
    ['RCPT', '450 4.7.1 later', { kind: 'temporary' }],
    ['body', 'hang', { kind: 'unconfirmed' }],
    ['MAIL', 'close', { kind: 'unreachable' }],
  ] as const)('fare as others do at %s: %s', async (stage, fault, expected) => {
    const answer = fault === 'hang' || fault === 'close' ? fault : { answer: fault };
    const smtp = await startScriptedSmtp({ ...UTF8, script: (at) => (at === stage ? answer : undefined) });
    const timeouts = { connectMs: 2_000, silenceMs: 2_000, sendMs: 1_500 };
    const outcome = await openMailChannel(smtp.url, { timeouts }).send({
      ...MESSAGE,
      to: to('jürgen@example.org'),
    });
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain('jürgen');
    await expect.poll(() => smtp.open).toBe(0);
  });
});

describe('the logo', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('the rest')]);

  async function sendWith(logoFile?: string) {
    const smtp = await startScriptedSmtp();
    expect(await openMailChannel(smtp.url, { logoFile }).send({ ...MESSAGE, ...written })).toEqual({
      kind: 'sent',
    });
    return bytesOf(smtp.mails[0]);
  }

  test('is in the mail itself, once, and the HTML shows it; nothing is fetched', async () => {
    const logoFile = join(await tempFolder(), 'logo.png');
    await writeFile(logoFile, png);
    const mail = await sendWith(logoFile);
    const { html, text } = readMail(mail);
    const cid = /<img src="cid:([^"]+)" alt=""/.exec(html)?.[1] ?? '';
    expect(cid).toMatch(/^logo-[\w-]+@media\.example\.org$/);
    const raw = mail.toString('latin1');
    expect(raw).toMatch(/^Content-Type: multipart\/related;/m);
    expect(/^Content-ID:\s+<(.+)>\r$/im.exec(raw)?.[1]).toBe(cid);
    expect(raw).toContain(`\r\n${png.toString('base64')}\r\n`);
    expect(raw.match(/Content-Type: image\/png/g)).toHaveLength(1);
    expect(
      html.match(/https?:\/\/[^"<\s]+/g)?.every((url) => url.startsWith(LINK.split('#', 1)[0] ?? '')),
    ).toBe(true);
    expect(text).not.toContain('logo');
  });

  test.each([
    ['there is none', undefined],
    ['its file is gone', '/nowhere/logo.png'],
  ])('is left out, without a trace, where %s', async (_name, logoFile) => {
    const mail = await sendWith(logoFile);
    const { html } = readMail(mail);
    expect(html).not.toMatch(/<img|logo/);
    expect(html).toBe(`${written.html.replace('<!--logo-->', '')}`);
    expect(mail.toString('latin1')).not.toMatch(/multipart\/related|image\//);
  });
});
