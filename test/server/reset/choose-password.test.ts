import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { until } from '../../support/clock/until.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { ALICE, codeOf, GOOD, startChoosing } from '../../support/reset/reset-app.ts';

describe('looking at a link', () => {
  it('tells whose it is and what a password must be like, as often as asked', async () => {
    const { look, accounts } = await startChoosing();
    for (let n = 0; n < 20; n += 1)
      expect(await look()).toEqual({
        state: 'open',
        userName: 'alice',
        serverName: 'Living Room',
        passwordRules: { minLength: 8, maxLength: 128 },
      });
    expect(accounts.changes).toEqual([]);
  });

  it('tells the name the account has now, which a password must not hold either', async () => {
    const { look, redeem } = await startChoosing([account('alicia', { id: ALICE })]);
    expect(await look()).toMatchObject({ userName: 'alicia' });
    expect(await (await redeem('my-alicia-7!')).json()).toMatchObject({ faults: ['contains-name'] });
    expect((await redeem()).status).toBe(200);
  });

  it('tells that it has expired, on the millisecond', async () => {
    const { look, clock } = await startChoosing();
    clock.advance(30 * 60_000 - 1);
    expect(await look()).toMatchObject({ state: 'open' });
    clock.advance(1);
    expect(await look()).toEqual({ state: 'expired' });
  });

  it('says that it is busy while a password is being set', async () => {
    const { look, redeem, accounts, post, token } = await startChoosing();
    const { promise, resolve } = Promise.withResolvers<{ kind: 'in-force'; tries: number }>();
    accounts.endWith(promise);
    const first = redeem();
    await until(() => accounts.changes.length > 0);
    const seen = await post('/api/links', { token });
    expect([seen.status, await codeOf(seen)]).toEqual([409, 'link-busy']);
    resolve({ kind: 'in-force', tries: 1 });
    expect((await first).status).toBe(200);
    expect(await look()).toEqual({ state: 'used' });
  });
});

describe('choosing a password', () => {
  it('sets it once, spends the link and tells the person in his language', async () => {
    const { redeem, accounts, told, look, lines } = await startChoosing();
    const answer = await redeem(GOOD, { 'accept-language': 'fr-CH, en;q=0.5' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ signInUrl: '../web/index.html' });
    expect(answer.headers.has('set-cookie')).toBe(false);
    expect(accounts.changes).toMatchObject([{ id: ALICE, password: GOOD }]);
    expect(told).toEqual([`${ALICE} fr`]);
    expect(await look()).toEqual({ state: 'used' });
    expect(lines.events()).toContain('password-changed');
  });

  it('refuses a second use, and every other link of the account', async () => {
    const { redeem, issue, post, accounts } = await startChoosing();
    const other = await issue(ALICE, 'alice');
    await redeem();
    const again = await redeem('another-q7!zk');
    expect([again.status, await codeOf(again)]).toEqual([410, 'link-used']);
    const second = await post('/api/passwords', { token: other, password: GOOD });
    expect(await codeOf(second)).toBe('link-used');
    expect(accounts.changes).toHaveLength(1);
  });

  it('gives one success to 50 people who redeem one link at once', async () => {
    const { redeem, accounts } = await startChoosing();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => redeem(`${GOOD}-${n}`)));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409 || status === 410)).toHaveLength(49);
    expect(accounts.changes).toHaveLength(1);
  });

  it.each([
    ['1234567', ['too-short', 'common']],
    ['password1', ['common']],
    ['aLICE-2026!', ['contains-name']],
    ['in my living room', ['contains-name']],
    ['x7!'.repeat(43), ['too-long']],
  ])('refuses %j without touching the link', async (password, faults) => {
    const { redeem, accounts, look } = await startChoosing();
    const answer = await redeem(password);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'password-refused', faults });
    expect(accounts.changes).toEqual([]);
    expect(await look()).toMatchObject({ state: 'open' });
  });

  it('passes blanks, accents and emoji on as they were typed', async () => {
    const { redeem, accounts } = await startChoosing();
    const password = '  e\u0301é ﬁ 🦔 "\\ \u0000 ';
    expect((await redeem(password)).status).toBe(200);
    expect(accounts.changes[0]?.password).toBe(password);
  });

  it('refuses half a surrogate pair, which no sign-in could repeat', async () => {
    const { redeem, accounts } = await startChoosing();
    expect((await redeem('q7!zk2wv\ud83e')).status).toBe(400);
    expect(accounts.changes).toEqual([]);
  });

  it.each([
    [{ kind: 'unreachable', detail: 'refused' } as const, 503, 'jellyfin-unreachable'],
    [{ kind: 'refused', detail: 'the key' } as const, 503, 'jellyfin-unreachable'],
    [{ kind: 'not-kept', tries: 6 } as const, 503, 'change-not-kept'],
    [{ kind: 'account-unavailable', reason: 'disabled' } as const, 403, 'account-unavailable'],
    [{ kind: 'account-unavailable', reason: 'foreign-provider' } as const, 403, 'account-elsewhere'],
  ])('leaves the link good after %j', async (outcome, status, code) => {
    const { redeem, accounts, look, told } = await startChoosing();
    accounts.endWith(outcome);
    const answer = await redeem();
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    expect(told).toEqual([]);
    expect(await look()).toMatchObject({ state: 'open' });
    accounts.endWith({ kind: 'in-force', tries: 1 });
    expect((await redeem()).status).toBe(200);
  });

  it('keeps token and password out of the log', async () => {
    const { redeem, accounts, lines, token } = await startChoosing();
    await redeem('password1');
    accounts.endWith({ kind: 'not-kept', tries: 6 });
    await redeem();
    accounts.endWith({ kind: 'in-force', tries: 1 });
    await redeem();
    await redeem();
    expect(lines.events()).toEqual(['password-not-changed', 'password-changed', 'link-refused']);
    expect(lines.text()).not.toMatch(new RegExp(`${token}|q7!zk2wv|password1`));
  });
});

describe('tokens that never existed', () => {
  const wrong = () => randomBytes(32).toString('base64url');

  it('are refused as unknown ten times a minute and address, then with 429 and Retry-After', async () => {
    const { post } = await startChoosing();
    const statuses = [];
    for (let n = 0; n < 5; n += 1) {
      statuses.push((await post('/api/links', { token: wrong() })).status);
      statuses.push((await post('/api/passwords', { token: wrong(), password: GOOD })).status);
    }
    expect(statuses).toEqual([200, 404, 200, 404, 200, 404, 200, 404, 200, 404]);
    for (const [path, more] of [
      ['/api/links', {}],
      ['/api/passwords', { password: GOOD }],
    ] as const) {
      const refused = await post(path, { token: wrong(), ...more });
      expect([refused.status, await codeOf(refused)]).toEqual([429, 'too-many-requests']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await post('/api/links', { token: wrong() }, { 'x-forwarded-for': '192.0.2.8' })).status).toBe(
      200,
    );
  });

  it('never keep a good link from being redeemed, from the guessing address too', async () => {
    const { post, redeem, look } = await startChoosing();
    await Promise.all(Array.from({ length: 40 }, () => post('/api/links', { token: wrong() })));
    expect(await look()).toMatchObject({ state: 'open' });
    expect((await redeem()).status).toBe(200);
  });

  it('are counted together for one IPv6 network of 64 bits', async () => {
    const { post } = await startChoosing();
    const ask = (address: string) => post('/api/links', { token: wrong() }, { 'x-forwarded-for': address });
    for (let n = 1; n <= 10; n += 1) expect((await ask(`2001:db8:0:7::${n}`)).status).toBe(200);
    expect((await ask('2001:DB8::7:1:2:3:4')).status).toBe(429);
    expect((await ask('2001:db8:0:8::1')).status).toBe(200);
    expect((await ask('::ffff:192.0.2.9')).status).toBe(200);
  });

  it.each(['', 'short', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`, `../${'x'.repeat(40)}`])(
    'of another form, such as %j, are a bad body',
    async (token) => {
      const { post } = await startChoosing();
      const answer = await post('/api/passwords', { token, password: GOOD });
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'bad-body']);
    },
  );
});
