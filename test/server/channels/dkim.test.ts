import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dkimRecord } from '../../../server/config/mail-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { readDkim } from '../../support/mail/dkim.ts';
import { RSA } from '../../support/mail/load-mail.ts';
import { readMail } from '../../support/mail/mime.ts';
import { bytesOf, MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';

const dkim = { domain: 'example.org', selector: 'mail', key: RSA.privateKey };
const long = 'long '.repeat(2_000);

test.each([
  ['plain text', { text: 'Hello\n', html: '<p>Hello</p>' }],
  ['letters that make it base64', { text: '你好，世界\n'.repeat(40), html: `<p>${'你好'.repeat(400)}</p>` }],
  ['lines of 10,000 characters', { text: long, html: `<p>${long}</p>` }],
  ['one word of 3,000 characters', { text: 'x'.repeat(3_000), html: `<p>${'y'.repeat(3_000)}</p>` }],
  ['blanks at ends of lines, and empty lines last', { text: 'a  \t\n b \n\n\n\n', html: '<p>a </p>\n \n\n' }],
  ['dots at beginnings of lines', { text: '.\n..\n.x\n', html: '.\n<p>.</p>' }],
  ['nothing', { text: '', html: '' }],
])('a mail of %s has a signature that holds', async (_name, body) => {
  const smtp = await startScriptedSmtp();
  const channel = openMailChannel(smtp.url, { dkim, replyTo: { name: 'Füme', address: 'ada@example.org' } });
  const subject = 'Grüße an alle, die es lesen, und noch viel mehr, damit die Zeile lang wird: ü';
  expect(await channel.send({ ...MESSAGE, ...body, subject })).toEqual({ kind: 'sent' });
  const mail = bytesOf(smtp.mails[0]);
  const { tags, isBodyRight, isSignatureRight } = readDkim(mail, RSA.publicKey);
  expect([isBodyRight, isSignatureRight]).toEqual([true, true]);
  expect([tags.get('d'), tags.get('s'), tags.get('a')]).toEqual(['example.org', 'mail', 'rsa-sha256']);
  expect(tags.get('h')?.split(':')).toEqual(
    expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'content-type']),
  );
  // One sign of the body or of a signed header more, and it does not.
  const changed = Buffer.concat([mail, Buffer.from('x\r\n')]);
  expect(readDkim(changed, RSA.publicKey).isBodyRight).toBe(false);
  const text = mail.toString('latin1').replace(/^To: anna/m, 'To: bnna');
  expect(readDkim(Buffer.from(text, 'latin1'), RSA.publicKey).isSignatureRight).toBe(false);
});

test('a mail with bytes beyond ASCII in its header has a signature that holds', async () => {
  const smtp = await startScriptedSmtp({ ehlo: ['8BITMIME', 'SMTPUTF8'] });
  const channel = openMailChannel(smtp.url, { dkim });
  const to = { ...MESSAGE.to, address: 'jürgen@bücher.example' };
  expect(await channel.send({ ...MESSAGE, to })).toEqual({ kind: 'sent' });
  const mail = bytesOf(smtp.mails[0]);
  expect(mail.toString('utf8')).toMatch(/^To: jürgen@/m);
  expect(readDkim(mail, RSA.publicKey)).toMatchObject({ isBodyRight: true, isSignatureRight: true });
});

test('a key from a file is read once, and one that is gone makes mails wait, with its name', async () => {
  const keyFile = join(await tempFolder(), 'k.pem');
  const smtp = await startScriptedSmtp();
  const options = { dkim: { domain: 'example.org', selector: 'mail', keyFile } };
  const channel = openMailChannel(smtp.url, options);
  const refused = await channel.send(MESSAGE);
  expect(refused).toMatchObject({
    kind: 'unreachable',
    detail: expect.stringMatching(/^mail\.dkim\.keyFile: \S+k\.pem does not exist/),
  });
  expect(smtp.connections).toBe(0);
  await writeFile(keyFile, RSA.privateKey);
  expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
  expect(readDkim(bytesOf(smtp.mails[0]), RSA.publicKey).isSignatureRight).toBe(true);
});

test('when the key is changed, mails of before hold by the record of the old selector, and later ones by that of the new', async () => {
  const smtp = await startScriptedSmtp();
  const next = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await openMailChannel(smtp.url, { dkim }).send(MESSAGE);
  await openMailChannel(smtp.url, { dkim: { ...dkim, selector: 'mail2', key: next.privateKey } }).send(
    MESSAGE,
  );
  const records = new Map([
    ['mail', RSA.publicKey],
    ['mail2', next.publicKey],
  ]);
  const selectors = smtp.mails.map((mail) => {
    const bytes = bytesOf(mail);
    const selector = /\bs=(\w+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
    expect(readDkim(bytes, records.get(selector) ?? '').isSignatureRight).toBe(true);
    return selector;
  });
  expect(selectors).toEqual(['mail', 'mail2']);
});

test('without a key there is no signature', async () => {
  const smtp = await startScriptedSmtp();
  await openMailChannel(smtp.url, {}).send(MESSAGE);
  expect(readMail(bytesOf(smtp.mails[0])).headers.has('dkim-signature')).toBe(false);
});

test('the DNS record is that of the public key', () => {
  const base64 = RSA.publicKey.replace(/-----[^-]+-----|\s/g, '');
  expect(dkimRecord(RSA.privateKey)).toBe(`v=DKIM1; k=rsa; p=${base64}`);
});
