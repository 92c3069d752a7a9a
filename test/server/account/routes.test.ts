import { expect, it } from 'vitest';
import { OWN_HEADERS } from '../../../injector/http/own-headers.ts';
import { startAccount } from '../../support/account/account-stage.ts';
import { ACCOUNT_CALLS } from '../../support/reset/own-routes.ts';

const CALLS = Object.entries(ACCOUNT_CALLS);

it('each call of My Account wants a session, or is good for nothing without a secret', async () => {
  const { browser: open } = await startAccount();
  for (const [path, { body, needsSession }] of CALLS) {
    const answer = await open().call(path, body);
    // The page that opens asks for a view before it knows.
    const status = path === 'view' ? 200 : 401;
    if (needsSession) expect(answer, path).toMatchObject({ status, code: 'signed-out' });
    else expect(answer.code, path).not.toBe('signed-out');
    expect(
      answer.setCookies.filter((cookie) => !cookie.includes('Max-Age=0')),
      path,
    ).toEqual([]);
  }
});

it('each call has the headers of all our answers, and takes nothing but a POST of JSON that fits', async () => {
  const { browser: open, origin } = await startAccount();
  for (const [path, { body }] of CALLS) {
    const browser = open();
    const answers = [
      await browser.call(path, body),
      await browser.call(path, { ...body, more: 1 }),
      await browser.call(path, []),
      await browser.call(path, body, { origin: undefined }),
    ];
    expect(
      answers.slice(1).map(({ status }) => status),
      path,
    ).toEqual([400, 400, 403]);
    for (const { headers } of answers)
      for (const [name, value] of Object.entries(OWN_HEADERS)) expect(headers.get(name), path).toBe(value);
    const read = await fetch(`${origin}/api/account/${path}`, {
      headers: { 'x-forwarded-for': '203.0.113.7' },
    });
    expect(read.status, path).toBe(405);
  }
});
