import { mkdirSync, rmSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAccessTokens } from '../../../server/channels/access-tokens.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { startTokenServer } from '../../support/mail/token-server.ts';

const APP = { user: 'films@example.org', clientId: 'the-app', clientSecret: 'hunter2-app' };

/** A mail server that takes the access tokens named here. */
async function startMail(taken: readonly string[], explains = false) {
  const smtp = await startScriptedSmtp({ ehlo: ['AUTH XOAUTH2 PLAIN'] });
  const good = [...taken];
  /** What each sign-in brought along. */
  const signIns = () =>
    [...smtp.received().matchAll(/^AUTH XOAUTH2 (\S+)\r$/gm)].map((match) =>
      Buffer.from(match[1] ?? '', 'base64').toString(),
    );
  smtp.script((stage) => {
    if (stage !== 'AUTH') return undefined;
    const isGood = good.some(
      (token) => signIns().at(-1) === `user=films@example.org\x01auth=Bearer ${token}\x01\x01`,
    );
    if (isGood) return undefined;
    if (!explains) return { answer: '535 5.7.3 Authentication unsuccessful' };
    return { answer: `334 ${Buffer.from('{"status":"400"}').toString('base64')}` };
  });
  return { smtp, good, signIns };
}

describe('OAuth2', () => {
  test('signs in with a token fetched by the refresh token, once for checks and mails', async () => {
    const tokens = await startTokenServer();
    const { smtp } = await startMail(['access-1']);
    const channel = openMailChannel(smtp.url, {
      oauth2: { ...APP, refreshToken: 'hunter2-refresh', tokenUrl: tokens.url },
    });
    expect(await channel.check()).toEqual({ kind: 'sent' });
    const sent = await Promise.all([1, 2, 3].map((n) => channel.send({ ...MESSAGE, key: `key-${n}` })));
    expect(sent).toEqual([{ kind: 'sent' }, { kind: 'sent' }, { kind: 'sent' }]);
    expect(smtp.mails).toHaveLength(3);
    expect(tokens.asked).toEqual([
      {
        ...{ grant_type: 'refresh_token', refresh_token: 'hunter2-refresh' },
        ...{ client_id: 'the-app', client_secret: 'hunter2-app' },
      },
    ]);
  });

  // As Microsoft's server does, and as Google's.
  test.each([
    ['at once', false],
    ['after it has explained itself', true],
  ])('fetches another token where the mail server refuses the old one %s', async (_name, explains) => {
    const tokens = await startTokenServer();
    const { smtp, good, signIns } = await startMail(['access-1'], explains);
    const oauth2 = { ...APP, refreshToken: 'r', tokenUrl: tokens.url };
    const channel = openMailChannel(smtp.url, { oauth2 });
    expect(await channel.check()).toEqual({ kind: 'sent' });
    good.splice(0, 1, 'access-2');
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(tokens.asked).toHaveLength(2);
    expect(signIns().at(-1)).toContain('access-2');
  });

  test('fetches another token before the old one ends', async () => {
    const tokens = await startTokenServer();
    tokens.answer((n) => ({ body: { access_token: `access-${n}`, expires_in: n === 1 ? 0.2 : 3600 } }));
    const source = createAccessTokens({ ...APP, refreshToken: 'r', tokenUrl: tokens.url });
    expect(await source.get()).toBe('access-1');
    await expect.poll(() => source.get()).toBe('access-2');
    expect(await source.get()).toBe('access-2');
    expect(tokens.asked).toHaveLength(2);
  });

  test('an app that signs in as itself needs no refresh token', async () => {
    const tokens = await startTokenServer();
    const { smtp } = await startMail(['access-1']);
    const scope = 'https://outlook.office365.com/.default';
    const channel = openMailChannel(smtp.url, { oauth2: { ...APP, tokenUrl: tokens.url, scope } });
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(tokens.asked).toEqual([
      { grant_type: 'client_credentials', client_id: 'the-app', client_secret: 'hunter2-app', scope },
    ]);
  });

  test.each([
    ['invalid_grant', /refresh token has ended or was withdrawn.*mail\.oauth2\.refreshToken\b/],
    ['invalid_client', /check mail\.oauth2\.clientId and mail\.oauth2\.clientSecret/],
    ['invalid_scope', /correct mail\.oauth2\.scope/],
    ['temporarily_unavailable', /check mail\.oauth2/],
  ])('%s is told with the fix, in checks and mails, and asked about once', async (error, says) => {
    const tokens = await startTokenServer();
    const error_description = 'hunter2-refresh of films@example.org is over';
    tokens.answer(() => ({ status: 400, body: { error, error_description } }));
    const { smtp } = await startMail([]);
    const oauth2 = { ...APP, refreshToken: 'hunter2-refresh', tokenUrl: tokens.url };
    const channel = openMailChannel(smtp.url, { oauth2 });
    for (const outcome of [await channel.check(), await channel.send(MESSAGE), await channel.send(MESSAGE)]) {
      expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(says) });
      expect(JSON.stringify(outcome)).toContain(error);
      expect(JSON.stringify(outcome)).not.toMatch(/hunter2|films@/);
    }
    expect(tokens.asked).toHaveLength(1);
    expect(smtp.mails).toEqual([]);
  });

  test('a token that the mail server refuses is told apart from a password', async () => {
    const tokens = await startTokenServer();
    const { smtp } = await startMail([]);
    const channel = openMailChannel(smtp.url, {
      oauth2: { ...APP, refreshToken: 'r', tokenUrl: tokens.url },
    });
    for (const outcome of [await channel.check(), await channel.send(MESSAGE), await channel.send(MESSAGE)])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringMatching(/refused the access token: 535.*mail\.oauth2\.user/),
      });
    // The first refusal fetches another token; those right after it do not.
    expect(tokens.asked).toHaveLength(2);
  });

  test.each([
    ['text', { body: '<html>Sign in</html>' }],
    ['a redirect, which is not followed', { status: 302, body: '', location: '/token?again' }],
    ['an answer without a token', { body: { token_type: 'Bearer' } }],
    ['a token that is none', { body: { access_token: 7 } }],
    ['too much', { body: { access_token: 'x'.repeat(200_000) } }],
  ])('%s is no answer of a token endpoint', async (_name, answer) => {
    const tokens = await startTokenServer();
    tokens.answer(() => answer);
    const source = createAccessTokens({ ...APP, refreshToken: 'r', tokenUrl: tokens.url });
    await expect(source.get()).rejects.toThrow(/^127\.0\.0\.1:\d+, which mail\.oauth2\.tokenUrl names,/);
    expect(tokens.asked).toHaveLength(1);
  });

  test('an endpoint that is not there is told by its host', async () => {
    const source = createAccessTokens({ ...APP, refreshToken: 'r', tokenUrl: 'http://127.0.0.1:1/token' });
    await expect(source.get()).rejects.toThrow(/could not be asked for an access token/);
  });
});

describe('a new refresh token', () => {
  const rotating = async () => {
    const tokens = await startTokenServer();
    tokens.answer((n) => ({
      body: { access_token: `access-${n}`, expires_in: 0.05, refresh_token: `refresh-${n}` },
    }));
    return tokens;
  };
  const twice = async (source: ReturnType<typeof createAccessTokens>) => {
    const first = await source.get();
    await expect.poll(() => source.get()).not.toBe(first);
  };

  test('is used from then on, and written to the file for the next start', async () => {
    const tokens = await rotating();
    const refreshTokenFile = join(await tempFolder(), 'refresh');
    await writeFile(refreshTokenFile, 'refresh-0\n');
    await twice(createAccessTokens({ ...APP, refreshTokenFile, tokenUrl: tokens.url }));
    expect(tokens.asked.slice(0, 2).map((form) => form['refresh_token'])).toEqual(['refresh-0', 'refresh-1']);
    const last = `refresh-${tokens.asked.length}`;
    await expect.poll(async () => String(await readFile(refreshTokenFile))).toBe(`${last}\n`);
    expect((await stat(refreshTokenFile)).mode & 0o077).toBe(0);
    const before = tokens.asked.length;
    await createAccessTokens({ ...APP, refreshTokenFile, tokenUrl: tokens.url }).get();
    expect(tokens.asked[before]?.['refresh_token']).toBe(last);
  });

  test('that somebody puts into the file is taken without a restart', async () => {
    const tokens = await rotating();
    const refreshTokenFile = join(await tempFolder(), 'refresh');
    await writeFile(refreshTokenFile, 'refresh-0');
    const source = createAccessTokens({ ...APP, refreshTokenFile, tokenUrl: tokens.url });
    const first = await source.get();
    await writeFile(refreshTokenFile, 'refresh-new');
    await expect.poll(() => source.get()).not.toBe(first);
    expect(tokens.asked[1]?.['refresh_token']).toBe('refresh-new');
  });

  test('is kept in memory where the config holds the first one', async () => {
    const tokens = await rotating();
    await twice(createAccessTokens({ ...APP, refreshToken: 'refresh-0', tokenUrl: tokens.url }));
    expect(tokens.asked.slice(0, 2).map((form) => form['refresh_token'])).toEqual(['refresh-0', 'refresh-1']);
  });

  test('that cannot be written is told of when the old one has ended', async () => {
    const tokens = await startTokenServer();
    const refreshTokenFile = join(await tempFolder(), 'refresh');
    await writeFile(refreshTokenFile, 'refresh-0');
    tokens.answer((n) => {
      if (n > 1) return { status: 400, body: { error: 'invalid_grant' } };
      // A folder in its place stops root too, whom rights of files do not.
      rmSync(refreshTokenFile);
      mkdirSync(refreshTokenFile);
      return { body: { access_token: 'access-1', expires_in: 0.05, refresh_token: 'refresh-1' } };
    });
    const source = createAccessTokens({ ...APP, refreshTokenFile, tokenUrl: tokens.url });
    expect(await source.get()).toBe('access-1');
    await expect
      .poll(() => source.get().catch((error: Error) => error.message))
      .toMatch(
        /Get a new one.*A newer one could not be written to mail\.oauth2\.refreshTokenFile \(EISDIR\)/,
      );
    expect(tokens.asked[1]?.['refresh_token']).toBe('refresh-1');
  });
});
