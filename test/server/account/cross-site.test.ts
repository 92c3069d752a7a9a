import { request as send } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startAccount } from '../../support/account/account-stage.ts';
import { WAYS } from '../../support/program/split-listener.ts';

describe.each(WAYS)('a page of another site, with the person’s cookie, $way,', ({ isSplit }) => {
  it('changes nothing in twelve ways, and neither does what says nothing of where it comes from', async () => {
    const stage = await startAccount({ isSplit });
    const browser = stage.browser({ way: 'https' });
    await browser.signIn('alice');
    const host = new URL(stage.origin).host;
    const ways: Readonly<Record<string, string | undefined>>[] = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
      { 'sec-fetch-site': 'none', origin: undefined },
      { 'sec-fetch-site': undefined, origin: undefined },
      { 'sec-fetch-site': undefined, origin: 'https://evil.example' },
      { 'sec-fetch-site': undefined, origin: 'null' },
      { 'sec-fetch-site': undefined, origin: `https://${host}.evil.example` },
      { 'sec-fetch-site': undefined, origin: `https://evil.example/${host}` },
      // A plain page of the same host, as somebody on the wire would serve it.
      { 'sec-fetch-site': undefined, origin: `http://${host}` },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=x' },
    ];
    for (const headers of ways) {
      const answer = await browser.call('language', { language: 'de' }, headers);
      expect([403, 415], JSON.stringify(headers)).toContain(answer.status);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await browser.view()).language).toBeUndefined();
    expect((await browser.call('language', { language: 'de' })).status).toBe(200);
    expect((await browser.view()).language).toBe('de');
  });

  it('signs nobody in as somebody else', async () => {
    const stage = await startAccount({ isSplit });
    const answer = await stage
      .browser()
      .call('sign-in', { name: 'bob', password: 'bob-pw-1' }, { origin: 'http://evil.example' });
    expect(answer).toMatchObject({ status: 403, setCookies: [] });
  });

  it('of two cookies of our name believes neither', async () => {
    const stage = await startAccount({ isSplit });
    const browser = stage.browser();
    await browser.signIn('alice');
    browser.cookie = `other=1; ${browser.cookie}; gatehouse=${'p'.repeat(43)}.${'p'.repeat(43)}`;
    expect((await browser.call('view')).code).toBe('signed-out');
  });
});

it('a question by GET is answered with 405, and starts nothing', async () => {
  const { origin } = await startAccount();
  const status = await new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    send(`${origin}/api/account/sign-out`, { headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(405);
});
