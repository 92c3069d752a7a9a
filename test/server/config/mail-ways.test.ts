import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { MAIL_PROVIDERS } from '../../../server/config/mail-providers.ts';
import { secretsOf } from '../../../server/config/secrets.ts';
import { faultOfMail, loadMail, RSA } from '../../support/mail/load-mail.ts';

describe('mail.provider', () => {
  test.each(Object.entries(MAIL_PROVIDERS))('%s is a server with TLS, and a page', async (name, row) => {
    const { email } = await loadMail(`provider: ${name}, user: films@example.org, password: "p@ss/1 %"`);
    const scheme = row.port === 465 ? 'smtps' : 'smtp';
    expect(email).toMatchObject({
      url: `${scheme}://films%40example.org:p%40ss%2F1%20%25@${row.host}:${row.port}`,
      requireTls: true,
    });
    expect(row.page).toMatch(/^https:\/\/[a-z0-9.-]+\/\S+$/);
  });

  it('is refused beside url, without a sign-in, and under a name that is none', async () => {
    expect(await faultOfMail('provider: gmail, url: "smtp://mail.example.org"')).toMatch(
      /mail\.provider: names the mail server, and so does mail\.url/,
    );
    expect(await faultOfMail('provider: gmail')).toMatch(
      /mail\.provider: needs mail\.user and mail\.password/,
    );
    expect(await faultOfMail('provider: gmial, user: a, password: b')).toMatch(/did you mean gmail\?/);
    expect(await faultOfMail('name: a.example.org')).toMatch(/mail\.url: is missing.*mail\.provider/);
  });
});

describe('mail.user and mail.password', () => {
  it('stand in for those in url, and both are needed', async () => {
    const { email } = await loadMail('url: "smtp://127.0.0.1:25", user: ada, password: "a:b@c"');
    expect(email).toMatchObject({ url: 'smtp://ada:a%3Ab%40c@127.0.0.1:25', requireTls: false });
    expect(await faultOfMail('url: "smtp://mail.example.org", user: ada')).toMatch(
      /mail\.user: needs mail\.password/,
    );
    expect(await faultOfMail('url: "smtp://mail.example.org", password: b')).toMatch(
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
    const one = await loadMail('provider: gmail, user: a', {
      files,
      environment: { GATEHOUSE_MAIL__PASSWORD_FILE: './password' },
    });
    expect(secretsOf(one.config)).toContain('hunter2-password');
    const other = await loadMail(
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
    const files2 = await loadMail(
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
    await loadMail(`provider: gmail, oauth2: { ${oauth2}, refreshToken: t }`);
    await loadMail(
      `provider: gmail, oauth2: { ${oauth2}, clientSecret: s, scope: "https://x.example/.default" }`,
    );
    expect(await faultOfMail(`provider: gmail, oauth2: { ${oauth2} }`)).toMatch(
      /mail\.oauth2: needs refreshToken/,
    );
    expect(
      await faultOfMail(`provider: gmail, oauth2: { ${oauth2}, refreshToken: t, refreshTokenFile: f }`),
    ).toMatch(/refreshToken: is in refreshTokenFile too/);
    expect(await faultOfMail(`provider: gmail, oauth2: { ${oauth2}, refreshTokenFile: gone }`)).toMatch(
      /mail\.oauth2\.refreshTokenFile: \S+gone does not exist$/,
    );
    expect(
      await faultOfMail(`provider: gmail, oauth2: { ${oauth2}, refreshTokenFile: f }`, {
        files: { f: 'two words' },
      }),
    ).toMatch(/holds no refresh token/);
  });
});

describe('mail.from and mail.replyTo', () => {
  it('may be of any script, and are split', async () => {
    const { email } = await loadMail(
      'url: "smtp://127.0.0.1", replyTo: "Füme & Sériés <ada@bücher.example>"',
    );
    expect(email).toMatchObject({ replyTo: { name: 'Füme & Sériés', address: 'ada@xn--bcher-kva.example' } });
  });

  test.each([
    '"a@example.org\\r\\nBcc: b@example.org"',
    '"A\\u202eb <a@example.org>"',
    '"a@b, c@d"',
    '"A\\u200bb <a@example.org>"',
  ])('%s is refused', async (address) => {
    expect(await faultOfMail(`url: "smtp://127.0.0.1", replyTo: ${address}`)).toMatch(
      /mail\.replyTo: must be an address/,
    );
  });
});

describe('mail.url with sendmail:', () => {
  test.each(['sendmail:', 'sendmail:///usr/sbin/sendmail'])('%s needs no TLS', async (url) => {
    expect((await loadMail(`url: "${url}"`)).email).toMatchObject({ url, requireTls: false });
  });

  test.each(['sendmail:/usr/sbin/sendmail -oi', 'sendmail://host/x', 'sendmail:///bin/sh?x', 'sendmail:x'])(
    '%s is refused',
    async (url) => {
      expect(await faultOfMail(`url: "${url}"`)).toMatch(/mail\.url: must be sendmail: alone/);
    },
  );
});
