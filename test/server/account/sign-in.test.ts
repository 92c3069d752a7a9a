import { describe, expect, it, vi } from 'vitest';
import { JELLYFIN_VERSIONS } from '../../jellyfin/fake-jellyfin.ts';
import { startAccount } from '../../support/account/account-stage.ts';
import { WAYS } from '../../support/program/split-listener.ts';

const KEY = 'a'.repeat(32);
const THROTTLED = 'loginThrottle: { failures: 3, lan: true }';

describe.each(WAYS)('signing in to My Account, $way,', ({ isSplit }) => {
  it('by name and password begins a session, and shows the account', async () => {
    const { browser: open } = await startAccount({ isSplit });
    const browser = open();
    expect(await browser.signIn('alice')).toMatchObject({ status: 200, body: {} });
    await vi.waitFor(async () =>
      expect(await browser.view()).toMatchObject({
        userName: 'alice',
        serverName: 'Test Server',
        contacts: [],
        channels: [
          { channel: 'email', linking: 'code-to-person' },
          { channel: 'chat', properName: 'Chat' },
        ],
        awaited: [],
        hasLocalPassword: true,
        passwordRules: { minLength: 8 },
        events: [{ event: 'account-signed-in', from: '203.0.113.0/24' }],
      }),
    );
  });

  it('over https sets a cookie with every flag, and over plain http one that https does not take', async () => {
    const { browser: open } = await startAccount({ isSplit });
    const [secure, plain] = [open({ way: 'https' }), open()];
    const [cookie, ...more] = (await secure.signIn('alice')).setCookies;
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^__Host-gatehouse=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    const [other] = (await plain.signIn('bob')).setCookies;
    expect(other).toMatch(/^gatehouse=[\w-]{43}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const secured = secure.cookie;
    secure.cookie = plain.cookie;
    expect((await secure.call('view')).code).toBe('signed-out');
    plain.cookie = secured;
    expect((await plain.call('view')).code).toBe('signed-out');
  });
});

describe('a sign-in that is refused', () => {
  it('is answered the same, and no sooner, for every name', async () => {
    const { browser: open, kept } = await startAccount({
      users: [
        { name: 'alice', password: 'alice-pw-1' },
        { name: 'closed', password: 'closed-pw-1', isDisabled: true },
      ],
    });
    const answers = [];
    for (const [name, password] of [
      ['alice', 'wrong'],
      ['nobody', 'wrong'],
      ['closed', 'wrong'],
      ['closed', 'closed-pw-1'],
    ] as const) {
      const begun = performance.now();
      const { status, body, setCookies } = await open().signIn(name, password);
      answers.push(JSON.stringify({ status, body, setCookies }));
      expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
    }
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
    expect(kept.text()).not.toMatch(/wrong|closed-pw-1/);
  });

  it('counts with those of Jellyfin’s own form, and is held with them', async () => {
    const { browser: open, composed, fake } = await startAccount({ more: THROTTLED });
    const from = '198.51.100.9';
    const browser = open({ from });
    for (let n = 0; n < 2; n += 1) await browser.signIn('alice', 'wrong');
    const attempt = { name: 'alice', clientAddress: from };
    expect(await composed.login?.begin(attempt)).toEqual({ isHeld: false });
    await composed.login?.end(attempt, 'failure');
    const asked = fake.journal.length;
    const held = await browser.signIn('alice');
    expect(held).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(fake.journal.slice(asked).some(({ path }) => path.includes('Authenticate'))).toBe(false);
    expect((await open({ from: '192.0.2.44' }).signIn('alice')).status).toBe(200);
  });

  it('is refused for its number from one network', async () => {
    const { browser: open } = await startAccount();
    const codes = [];
    for (let n = 0; n < 31; n += 1) codes.push((await open().call('token', { token: 'b'.repeat(32) })).code);
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(30);
    expect(codes.at(-1)).toBe('too-many-requests');
    expect((await open({ from: '192.0.2.1' }).signIn('alice')).status).toBe(200);
  });
});

describe.each(JELLYFIN_VERSIONS)('in front of Jellyfin %s', (version) => {
  it('a code of Quick Connect signs in, once it is allowed, and its secret is in no answer', async () => {
    const { browser: open, client, fake, kept } = await startAccount({ version });
    const browser = open();
    expect((await browser.call('channels')).body).toMatchObject({ quickConnect: true });
    const begun = await browser.call('quick-connect/begin');
    const { code, attempt } = begun.body as { code: string; attempt: string };
    expect(code).toMatch(/^\d{6}$/);
    expect((await browser.call('quick-connect/end', { attempt })).body).toEqual({ state: 'waiting' });
    const { token } = await client.login('alice', 'alice-pw-1');
    await client.ask('POST', `/QuickConnect/Authorize?code=${code}`, undefined, token);
    const ended = await browser.call('quick-connect/end', { attempt });
    expect(ended.body).toEqual({ state: 'signed-in' });
    expect((await browser.view()).userName).toBe('alice');
    const secret = fake.journal.map(({ path }) => /secret=([0-9A-F]+)/i.exec(path)?.[1]).find(Boolean);
    expect(secret).toHaveLength(64);
    expect(JSON.stringify([begun, ended]) + kept.text()).not.toContain(secret);
    expect((await browser.call('quick-connect/end', { attempt: 'x'.repeat(80) })).code).toBe('code-expired');
  });

  it('the person’s own token signs in and the device keeps its name; an API key and any other word do not', async () => {
    const { browser: open, client, fake } = await startAccount({ version });
    const { token } = await client.login('alice', 'alice-pw-1', 'sofa');
    const browser = open();
    expect((await browser.call('token', { token })).status).toBe(200);
    const view = await browser.view();
    expect(view.userName).toBe('alice');
    const sofa = view.devices?.find(({ id }) => id === 'sofa-id');
    expect(sofa).toMatchObject({ name: 'sofa', app: 'Test' });
    for (const other of [KEY, 'b'.repeat(32)])
      expect((await open().call('token', { token: other })).code).toBe('sign-in-refused');
    await browser.call('sign-out');
    expect(await client.isAlive(token)).toBe(true);
    expect(fake.user('alice').tokens).toHaveLength(1);
  });

  it('signing out ends what was signed in for', async () => {
    const { browser: open, fake } = await startAccount({ version });
    const browser = open();
    await browser.signIn('alice');
    expect(fake.user('alice').tokens).toHaveLength(1);
    const { cookie } = browser;
    const out = await browser.call('sign-out');
    expect(out.setCookies[0]).toMatch(/^gatehouse=; .*Max-Age=0$/);
    expect(fake.user('alice').tokens).toEqual([]);
    browser.cookie = cookie;
    expect((await browser.call('view')).code).toBe('signed-out');
  });
});
