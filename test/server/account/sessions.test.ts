import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAccount, tokenOf } from '../../support/account/account-stage.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a session of My Account', () => {
  it('has a new id at each sign-in: a planted cookie becomes nobody’s session, and the one before ends', async () => {
    const { browser: open } = await startAccount();
    const browser = open();
    const planted = `gatehouse=${'p'.repeat(43)}.${'p'.repeat(43)}`;
    browser.cookie = planted;
    await browser.signIn('alice');
    const first = browser.cookie;
    expect(first).not.toBe(planted);
    await browser.signIn('alice');
    const second = browser.cookie;
    expect(second).not.toBe(first);
    for (const cookie of [planted, first]) {
      browser.cookie = cookie;
      expect((await browser.call('view')).code).toBe('signed-out');
    }
    browser.cookie = second;
    expect((await browser.view()).userName).toBe('alice');
  });

  it('ends 30 minutes after it was used last, and takes its cookie with it', async () => {
    const { browser: open, clock } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    for (let n = 0; n < 3; n += 1) {
      clock.advance(29 * MINUTE_MS);
      expect((await browser.view()).userName).toBeDefined();
    }
    clock.advance(31 * MINUTE_MS);
    const over = await browser.call('view');
    expect(over).toMatchObject({ status: 200, body: { code: 'signed-out' } });
    expect(over.setCookies[0]).toContain('Max-Age=0');
  });

  it('ends after 8 hours, however much it is used', async () => {
    const { browser: open, clock } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    for (let passed = 0; passed < 8 * HOUR_MS - 20 * MINUTE_MS; passed += 20 * MINUTE_MS) {
      expect((await browser.view()).userName).toBeDefined();
      clock.advance(20 * MINUTE_MS);
    }
    clock.advance(21 * MINUTE_MS);
    expect((await browser.call('view')).code).toBe('signed-out');
  });

  it('ends with the token it came from: within a minute for looking, at once for a change', async () => {
    const { browser: open, client, clock } = await startAccount();
    const { token } = await client.login('alice', 'alice-pw-1');
    const [looking, changing] = [open(), open()];
    await looking.call('token', { token });
    await changing.call('token', { token });
    await client.ask('POST', '/Sessions/Logout', undefined, token);
    expect((await changing.call('language', { language: 'de' })).code).toBe('signed-out');
    expect((await looking.view()).userName).toBeDefined();
    clock.advance(MINUTE_MS);
    expect((await looking.call('view')).code).toBe('signed-out');
  });

  it('ends with a password that is changed in Jellyfin', async () => {
    const { browser: open, client, clock } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    const { token } = await client.login('admin', 'admin-pw-1');
    await client.changePassword('alice', 'another-pw-2', token);
    clock.advance(MINUTE_MS);
    expect((await browser.call('view')).code).toBe('signed-out');
  });

  it('while Jellyfin is away is shown for a minute, and changes nothing', async () => {
    const { browser: open, fake, clock } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    await fake.setPhase('loading');
    expect((await browser.view()).userName).toBeDefined();
    expect((await browser.call('contacts/order', { channels: [] })).code).toBe('jellyfin-unreachable');
    clock.advance(MINUTE_MS);
    expect((await browser.call('view')).code).toBe('jellyfin-unreachable');
    await fake.setPhase('ready');
    expect((await browser.view()).userName).toBeDefined();
  });

  it('leaves nothing in the database that opens it, nor the person’s token', async () => {
    const { browser: open, fake, storage, kept } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    const [id = '', key = ''] = (browser.cookie ?? '').replace('gatehouse=', '').split('.');
    const [token = ''] = fake.user('alice').tokens;
    expect(token).toHaveLength(32);
    const bytes = ['', '-wal'].map((end) => readFileSync(`${storage.path}${end}`, 'latin1')).join('');
    for (const secret of [id, key, token]) {
      expect(bytes).not.toContain(secret);
      expect(kept.text()).not.toContain(secret);
    }
    expect(bytes).toContain('account_sessions');
  });

  it('with the key of another cookie opens nothing, and ends', async () => {
    const { browser: open } = await startAccount();
    const [alice, bob] = [open(), open()];
    await alice.signIn('alice');
    await bob.signIn('bob');
    const own = alice.cookie;
    const [id] = (alice.cookie ?? '').split('.');
    const [, key] = (bob.cookie ?? '').split('.');
    alice.cookie = `${id}.${key}`;
    expect((await alice.call('view')).code).toBe('signed-out');
    alice.cookie = own;
    expect((await alice.call('view')).code).toBe('signed-out');
    expect((await bob.view()).userName).toBe('bob');
  });

  it('is refused beyond 120 calls in a minute', async () => {
    const { browser: open } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    const statuses = [];
    for (let n = 0; n < 121; n += 1) statuses.push((await browser.call('view')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('the whole program', () => {
  it('ends sessions of My Account with a reset of the account', async () => {
    const subject = await createFakeSubject({ version: '10.11.11' });
    const stage = await createStage(subject);
    try {
      const call = (path: string, body: unknown, cookie = '') =>
        fetch(`${stage.url}/gatehouse/api/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: new URL(stage.url).origin, cookie },
          body: JSON.stringify(body),
        });
      const cookieOf = async (name: string): Promise<string> => {
        const answer = await call('account/sign-in', { name, password: `${name}-pw-1` });
        return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
      };
      const [alice, bob] = [await cookieOf('alice'), await cookieOf('bob')];
      const viewOf = async (cookie: string) => (await call('account/view', {}, cookie)).json();
      expect(await viewOf(alice)).toMatchObject({ userName: 'alice' });
      await call('reset-requests', { enteredName: 'alice' });
      const [mail] = await stage.inbox.waitFor(1);
      const changed = await call('passwords', {
        token: tokenOf('reset', mail?.text),
        password: 'q7!zk2wv-9',
      });
      expect(changed.status).toBe(200);
      expect(await viewOf(alice)).toEqual({ code: 'signed-out' });
      expect(await viewOf(bob)).toMatchObject({ userName: 'bob' });
    } finally {
      await stage.close();
      await subject.close();
    }
  });
});
