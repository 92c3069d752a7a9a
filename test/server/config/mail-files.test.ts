import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { faultOfMail, loadMail, RSA } from '../../support/mail/load-mail.ts';

describe('mail.dkim', () => {
  const dkim = (more: string) => `url: "smtp://127.0.0.1", dkim: { selector: mail, ${more} }`;
  const pem = (type: 'ed25519' | 'ec') =>
    (type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519')
    ).privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();
  const short = generateKeyPairSync('rsa', { modulusLength: 768 }).privateKey.export({
    type: 'pkcs1',
    format: 'pem',
  });
  const locked = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

  it('takes an RSA key from a file', async () => {
    const { email, folder } = await loadMail(dkim('domain: example.org, keyFile: k.pem'), {
      files: { 'k.pem': RSA.privateKey },
    });
    expect(email).toMatchObject({ dkim: { domain: 'example.org', keyFile: join(folder, 'k.pem') } });
  });

  test.each([
    ['a file that is gone', undefined, /k\.pem does not exist/],
    ['the public key', RSA.publicKey, /is the public key, which belongs into DNS/],
    ['text', 'hunter2', /is no private key in PEM/],
    ['an Ed25519 key', pem('ed25519'), /no RSA key but ed25519/],
    ['an elliptic key', pem('ec'), /no RSA key but ec/],
    ['a key that is too short', String(short), /has only 768 bits/],
    ['a locked key', locked, /locked with a passphrase/],
  ])('refuses %s when it is loaded, by file and sentence', async (_name, content, says) => {
    const files = content === undefined ? {} : { 'k.pem': content };
    const fault = await faultOfMail(dkim('domain: example.org, keyFile: k.pem'), { files });
    expect(fault).toMatch(says);
    expect(fault).toMatch(/^mail\.dkim\.keyFile: \S+k\.pem /);
    expect(fault).not.toMatch(/hunter2|BEGIN PRIVATE KEY-----\n/);
  });

  it('warns where the sender is of another domain', async () => {
    const files = { 'k.pem': RSA.privateKey };
    const warned = async (domain: string) =>
      (await loadMail(dkim(`domain: ${domain}, keyFile: k.pem`), { files })).warnings.map(({ path }) => path);
    expect(await warned('example.org')).toEqual([]);
    expect(await warned('mail.example.org')).toEqual([]);
    expect(await warned('example.net')).toEqual(['mail.dkim.domain']);
  });
});

describe('mail.logoFile', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50)]);
  const logo = 'url: "smtp://127.0.0.1", logoFile: logo.png';

  it('takes what its first bytes say it is', async () => {
    const { email, folder } = await loadMail(logo, { files: { 'logo.png': png } });
    expect(email).toMatchObject({ logoFile: join(folder, 'logo.png') });
    await loadMail(logo, { files: { 'logo.png': Buffer.from('ffd8ffe000', 'hex') } });
  });

  test.each([
    ['a file that is gone', undefined, /cannot be read/],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /neither PNG nor JPEG/],
    ['more than 100 kB', Buffer.concat([png, Buffer.alloc(100_000)]), /has 101 kB/],
  ])('refuses %s', async (_name, content, says) => {
    const fault = await faultOfMail(logo, { files: content === undefined ? {} : { 'logo.png': content } });
    expect(fault).toMatch(/^mail\.logoFile: \S+logo\.png /);
    expect(fault).toMatch(says);
  });
});
