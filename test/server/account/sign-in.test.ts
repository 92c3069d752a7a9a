import { describe, expect, it } from 'vitest';
import { startAccount } from '../../support/account/account-stage.ts';
import { WAYS } from '../../support/program/split-listener.ts';

describe.each(WAYS)('signing in to My Account, $way,', ({ isSplit }) => {
  it('by name and password begins a session, and shows the account', async () => {
    const stage = await startAccount({ isSplit });
    const browser = stage.browser();
    const answer = await browser.signIn('alice');
    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(await browser.view()).toMatchObject({
      userName: 'alice',
      serverName: 'Test Server',
      contacts: [],
      awaited: [],
      hasLocalPassword: true,
      events: [{ event: 'account-signed-in', from: '203.0.113.0/24' }],
    });
  });

  it('over https sets a cookie with every flag, and over plain http one that https does not take', async () => {
    const stage = await startAccount({ isSplit });
    const secure = stage.browser({ way: 'https' });
    const plain = stage.browser();
    const [cookie, ...more] = (await secure.signIn('alice')).setCookies;
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^__Host-gatehouse=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    const [other] = (await plain.signIn('bob')).setCookies;
    expect(other).toMatch(/^gatehouse=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    secure.cookie = plain.cookie;
    expect((await secure.call('view')).code).toBe('signed-out');
  });
});
