import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Environment } from '../../../server/config/environment.ts';
import { readConfig } from '../../../server/config/load.ts';
import { MAIL_PROVIDERS } from '../../../server/config/mail-providers.ts';
import { ConfigError } from '../../../server/config/problems.ts';
import { secretsOf } from '../../../server/config/secrets.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

const RSA = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Loads a configuration with that `mail` section, beside files of these names. */
async function load(
  mail: string,
  parts: { readonly files?: Record<string, string | Buffer>; readonly environment?: Environment } = {},
) {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(
    configPath,
    `public: { url: https://media.example.org }\njellyfin: { url: http://127.0.0.1:8096, apiKey: 0a1b2c3d }\nreset: {}\nmail: { from: a@example.org, ${mail} }\n`,
  );
  for (const [name, content] of Object.entries(parts.files ?? {}))
    await writeFile(join(folder, name), content);
  const environment = Object.fromEntries(
    Object.entries(parts.environment ?? {}).map(([name, value]) => [
      name,
      value?.replace('./', `${folder}/`),
    ]),
  );
  const options = { configPath, environment, mods: modList([]), channels: CHANNELS };
  const { config, warnings } = await readConfig(options);
  return { email: config.reset?.channels['email'], folder: dirname(config.file), config, warnings };
}

/** What is said of such a section that is refused. */
async function faultOf(...args: Parameters<typeof load>): Promise<string> {
  const error = await load(...args).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('It was taken.', { cause: error });
  return error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
}

describe('mail.provider', () => {
  test.each(Object.entries(MAIL_PROVIDERS))('%s is a server with TLS, and a page', async (name, row) => {
    const { email } = await load(`provider: ${name}, user: films@example.org, password: "p@ss/1 %"`);
    const scheme = row.port === 465 ? 'smtps' : 'smtp';
    expect(email).toMatchObject({
      url: `${scheme}://films%40example.org:p%40ss%2F1%20%25@${row.host}:${row.port}`,
      requireTls: true,
    });
    expect(row.page).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/);
  });

  it('is refused beside url, without a sign-in, and under a name that is none', async () => {
    expect(await faultOf('provider: gmail, url: "smtp://mail.example.org"')).toMatch(
      /mail\.provider: names the mail server, and so does mail\.url/,
    );
    expect(await faultOf('provider: gmail')).toMatch(/mail\.provider: needs mail\.user and mail\.password/);
    expect(await faultOf('provider: gmial, user: a, password: b')).toMatch(/did you mean gmail\?/);
    expect(await faultOf('name: a.example.org')).toMatch(/mail\.url: is missing.*mail\.provider/);
  });
});

describe('mail.user and mail.password', () => {
  it('stand in for those in url, and both are needed', async () => {
    const { email } = await load('url: "smtp://127.0.0.1:25", user: ada, password: "a:b@c"');
    expect(email).toMatchObject({ url: 'smtp://ada:a%3Ab%40c@127.0.0.1:25', requireTls: false });
    expect(await faultOf('url: "smtp://mail.example.org", user: ada')).toMatch(
      /mail\.user: needs mail\.password/,
    );
    expect(await faultOf('url: "smtp://mail.example.org", password: b')).toMatch(
      /mail\.password: needs mail\.user/,
    );
  });
});

describe('secrets of mail', () => {
  const oauth2 = 'user: a@example.org, clientId: c, tokenUrl: "https://tokens.example.org"';

  it('come from files that variables name, and are known to the log', async () => {
    const files = {
      password: 'hunter2-password\n',
      token: 'hunter2-token\n',
      secret: 'hunter2-secret\n',
      key: RSA.privateKey,
    };
    const one = await load('provider: gmail, user: a', {
      files,
      environment: { GATEHOUSE_MAIL__PASSWORD_FILE: './password' },
    });
    expect(secretsOf(one.config)).toContain('hunter2-password');
    const other = await load(
      `provider: gmail, oauth2: { ${oauth2} }, dkim: { domain: example.org, selector: mail }`,
      {
        files,
        environment: {
          GATEHOUSE_MAIL__OAUTH2__CLIENT_SECRET_FILE: './secret',
          GATEHOUSE_MAIL__OAUTH2__REFRESH_TOKEN: 'hunter2-token',
          GATEHOUSE_MAIL__DKIM__KEY: RSA.privateKey,
        },
      },
    );
    expect(secretsOf(other.config)).toEqual(
      expect.arrayContaining(['hunter2-secret', 'hunter2-token', RSA.privateKey]),
    );
    const files2 = await load(
      `provider: gmail, oauth2: { ${oauth2} }, dkim: { domain: example.org, selector: mail }`,
      {
        files,
        environment: {
          GATEHOUSE_MAIL__OAUTH2__REFRESH_TOKEN_FILE: './token',
          GATEHOUSE_MAIL__DKIM__KEY_FILE: './key',
        },
      },
    );
    expect(files2.email).toMatchObject({
      oauth2: { refreshTokenFile: join(files2.folder, 'token') },
      dkim: { keyFile: join(files2.folder, 'key') },
    });
  });

  it('of OAuth2 are one of three: a token, a file with it, or the secret of the app', async () => {
    await load(`provider: gmail, oauth2: { ${oauth2}, refreshToken: t }`);
    await load(
      `provider: gmail, oauth2: { ${oauth2}, clientSecret: s, scope: "https://x.example/.default" }`,
    );
    expect(await faultOf(`provider: gmail, oauth2: { ${oauth2} }`)).toMatch(
      /mail\.oauth2: needs refreshToken/,
    );
    expect(
      await faultOf(`provider: gmail, oauth2: { ${oauth2}, refreshToken: t, refreshTokenFile: f }`),
    ).toMatch(/refreshToken: is in refreshTokenFile too/);
    expect(await faultOf(`provider: gmail, oauth2: { ${oauth2}, refreshTokenFile: gone }`)).toMatch(
      /mail\.oauth2\.refreshTokenFile: \S+gone does not exist$/,
    );
    expect(
      await faultOf(`provider: gmail, oauth2: { ${oauth2}, refreshTokenFile: f }`, {
        files: { f: 'two words' },
      }),
    ).toMatch(/holds no refresh token/);
  });
});

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
    const { email, folder } = await load(dkim('domain: example.org, keyFile: k.pem'), {
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
    const fault = await faultOf(dkim('domain: example.org, keyFile: k.pem'), { files });
    expect(fault).toMatch(says);
    expect(fault).toMatch(/^mail\.dkim\.keyFile: \S+k\.pem /);
    expect(fault).not.toMatch(/hunter2|BEGIN PRIVATE KEY-----\n/);
  });

  it('warns where the sender is of another domain', async () => {
    const files = { 'k.pem': RSA.privateKey };
    const warned = async (domain: string) =>
      (await load(dkim(`domain: ${domain}, keyFile: k.pem`), { files })).warnings.map(({ path }) => path);
    expect(await warned('example.org')).toEqual([]);
    expect(await warned('mail.example.org')).toEqual([]);
    expect(await warned('example.net')).toEqual(['mail.dkim.domain']);
  });
});

describe('mail.logoFile', () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50)]);
  const logo = 'url: "smtp://127.0.0.1", logoFile: logo.png';

  it('takes what its first bytes say it is', async () => {
    const { email, folder } = await load(logo, { files: { 'logo.png': png } });
    expect(email).toMatchObject({ logoFile: join(folder, 'logo.png') });
    await load(logo, { files: { 'logo.png': Buffer.from('ffd8ffe000', 'hex') } });
  });

  test.each([
    ['a file that is gone', undefined, /cannot be read/],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /neither PNG nor JPEG/],
    ['more than 100 kB', Buffer.concat([png, Buffer.alloc(100_000)]), /has 101 kB/],
  ])('refuses %s', async (_name, content, says) => {
    const fault = await faultOf(logo, { files: content === undefined ? {} : { 'logo.png': content } });
    expect(fault).toMatch(/^mail\.logoFile: \S+logo\.png /);
    expect(fault).toMatch(says);
  });
});

describe('mail.from and mail.replyTo', () => {
  it('may be of any script, and are split', async () => {
    const { email } = await load('url: "smtp://127.0.0.1", replyTo: "Füme & Sériés <ada@bücher.example>"');
    expect(email).toMatchObject({ replyTo: { name: 'Füme & Sériés', address: 'ada@xn--bcher-kva.example' } });
  });

  test.each([
    '"a@example.org\\r\\nBcc: b@example.org"',
    '"A\\u202eb <a@example.org>"',
    '"a@b, c@d"',
    '"A\\u200bb <a@example.org>"',
  ])('%s is refused', async (address) => {
    expect(await faultOf(`url: "smtp://127.0.0.1", replyTo: ${address}`)).toMatch(
      /mail\.replyTo: must be an address/,
    );
  });
});

describe('mail.url with sendmail:', () => {
  test.each(['sendmail:', 'sendmail:///usr/sbin/sendmail'])('%s needs no TLS', async (url) => {
    expect((await load(`url: "${url}"`)).email).toMatchObject({ url, requireTls: false });
  });

  test.each(['sendmail:/usr/sbin/sendmail -oi', 'sendmail://host/x', 'sendmail:///bin/sh?x', 'sendmail:x'])(
    '%s is refused',
    async (url) => {
      expect(await faultOf(`url: "${url}"`)).toMatch(/mail\.url: must be sendmail: alone/);
    },
  );
});
