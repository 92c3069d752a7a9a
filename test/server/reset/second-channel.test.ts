import { describe, expect, it } from 'vitest';
import { MAX_WRONG_RESET_CODES } from '../../../server/ports/reset-codes.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { ALICE, codeOf, GOOD } from '../../support/reset/reset-app.ts';
import { startWithCodes } from '../../support/reset/second-channel-stage.ts';

describe('the link of an administrator', () => {
  it('says that a code is needed, and looking at it sends none', async () => {
    const { look, sentTo } = await startWithCodes();
    for (let i = 0; i < 5; i += 1) expect(await look()).toMatchObject({ state: 'open', needsCode: true });
    expect([sentTo('email'), sentTo('pager'), sentTo('radio')]).toEqual([[], [], []]);
  });

  it('sets no password without a code, and stays good', async () => {
    const { redeem, look, accounts } = await startWithCodes();
    const answer = await redeem();
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'code-needed']);
    expect(accounts.changes).toEqual([]);
    expect(await look()).toMatchObject({ state: 'open' });
  });

  it('sets it with the code, which goes to every verified contact but on the channel of the link', async () => {
    const { redeem, send, sentTo, look, accounts, lines } = await startWithCodes();
    const sent = await send();
    expect(await sent.json()).toEqual({ channels: [{ channel: 'pager' }, { channel: 'radio' }] });
    expect(sentTo('email')).toEqual([]);
    expect(sentTo('pager')).toEqual(sentTo('radio'));
    const [code = ''] = sentTo('radio');
    expect((await redeem(code)).status).toBe(200);
    expect(accounts.changes).toMatchObject([{ id: ALICE, password: GOOD }]);
    expect(await look()).toEqual({ state: 'used' });
    expect(lines.events()).toEqual(['reset-code-sent', 'password-changed']);
    expect(lines.text()).not.toMatch(new RegExp(`${code}|${code.replace('-', '')}|234567|${GOOD}`));
  });

  it('takes the code in lower case, with blanks and without its dash', async () => {
    const { redeem, fetchCode } = await startWithCodes();
    const code = await fetchCode();
    expect((await redeem(` ${code.toLowerCase().replace('-', ' ')} `)).status).toBe(200);
  });

  it('goes to no contact that nobody proved, that was refused, or whose channel is gone', async () => {
    const { send, storage, sentTo, clock, lines } = await startWithCodes();
    const { contacts } = storage;
    const [, pager, radio] = await contacts.ofUser(ALICE);
    await contacts.set(
      { userId: ALICE, userName: 'alice', channel: 'pager', address: '+499999' },
      clock.now(),
    );
    await contacts.refuse(radio?.id ?? '');
    await contacts.set(
      { userId: ALICE, userName: 'alice', channel: 'pigeon', address: '+498888' },
      clock.now(),
      { state: 'verified' },
    );
    expect(pager?.channel).toBe('pager');
    const answer = await send();
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'account-unavailable']);
    expect([sentTo('email'), sentTo('pager'), sentTo('radio')]).toEqual([[], [], []]);
    expect(lines.events()).toEqual(['reset-code-not-sent']);
  });

  it('that came on another channel has its code sent elsewhere too', async () => {
    const { issue, send, sentTo } = await startWithCodes();
    await send(await issue(ALICE, 'alice', 'radio'));
    expect(sentTo('radio')).toEqual([]);
    expect(sentTo('email')).toHaveLength(1);
  });

  it('goes on with the code after a password that breaks a rule, or that Jellyfin did not keep', async () => {
    const { redeem, fetchCode, accounts, token } = await startWithCodes();
    const code = await fetchCode();
    expect(await codeOf(await redeem(code, token, 'password1'))).toBe('password-refused');
    accounts.endWith({ kind: 'not-kept', tries: 6 });
    expect(await codeOf(await redeem(code))).toBe('change-not-kept');
    accounts.endWith({ kind: 'in-force', tries: 1 });
    expect((await redeem(code)).status).toBe(200);
  });

  it('is told when no channel takes the code', async () => {
    const { send, pagers } = await startWithCodes();
    for (const pager of Object.values(pagers)) pager.refuse(500);
    const answer = await send();
    expect([answer.status, await codeOf(answer)]).toEqual([503, 'unavailable']);
  });
});

describe('who becomes an administrator, or is none any more', () => {
  it('needs the code from then on, also between the look and the write', async () => {
    const { alice, look, redeem, fetchCode, accounts } = await startWithCodes();
    alice.isAdministrator = false;
    expect(await look()).not.toHaveProperty('needsCode');
    alice.isAdministrator = true;
    expect(await codeOf(await redeem())).toBe('code-needed');
    expect(accounts.changes).toEqual([]);
    expect((await redeem(await fetchCode())).status).toBe(200);
  });

  it('needs no code any more, and is told so by the button', async () => {
    const { alice, send, redeem, sentTo } = await startWithCodes();
    alice.isAdministrator = false;
    expect(await (await send()).json()).toEqual({ channels: [] });
    expect(sentTo('radio')).toEqual([]);
    expect((await redeem('0000-0000')).status).toBe(200);
  });

  it('is promoted at the moment of the write: no password is set, and the link stays good', async () => {
    const { alice, redeem, fetchCode, accounts, storage } = await startWithCodes();
    alice.isAdministrator = false;
    // The claim is the last that happens before the write.
    const { claim } = storage.links;
    Object.assign(storage.links, {
      claim: (...given: Parameters<typeof claim>) => {
        alice.isAdministrator = true;
        return claim(...given);
      },
    });
    expect(await codeOf(await redeem())).toBe('code-needed');
    expect(accounts.changes).toEqual([]);
    expect((await redeem(await fetchCode())).status).toBe(200);
  });
});

describe('where it cannot be told who is an administrator', () => {
  it('no password is set and no code sent, and the link stays good', async () => {
    const { goAway, look, redeem, send, accounts } = await startWithCodes();
    goAway();
    expect(await look()).toMatchObject({ state: 'open', userName: 'alice' });
    expect(await codeOf(await redeem('0000-0000'))).toBe('jellyfin-unreachable');
    expect(await codeOf(await send())).toBe('jellyfin-unreachable');
    expect(accounts.changes).toEqual([]);
  });

  it('by which channel an earlier version sent a link, no code is sent for it', async () => {
    const { links, send, redeem, clock } = await startWithCodes();
    const old = 'o'.repeat(43);
    const about = { userId: ALICE, userName: 'alice', outboxId: 77, expiresAt: clock.now() + 60_000 };
    await links.add({ ...about, tokenHash: hashToken(old) });
    expect(await codeOf(await send(old))).toBe('link-expired');
    expect(await codeOf(await redeem(undefined, old))).toBe('code-needed');
  });
});

describe('a link that an administrator handed over', () => {
  it('needs no code', async () => {
    const { links, look, redeem, send, clock, sentTo } = await startWithCodes();
    const handed = 'h'.repeat(43);
    const about = { userId: ALICE, userName: 'alice', outboxId: -1, expiresAt: clock.now() + 60_000 };
    await links.add({ ...about, tokenHash: hashToken(handed) });
    expect(await look(handed)).not.toHaveProperty('needsCode');
    expect(await (await send(handed)).json()).toEqual({ channels: [] });
    expect(sentTo('radio')).toEqual([]);
    expect((await redeem(undefined, handed)).status).toBe(200);
  });
});

describe('a PIN of an administrator', () => {
  it('leads to a link that needs the code, and exchanging it again keeps code and count', async () => {
    const { issuePin, post, look, redeem, fetchCode } = await startWithCodes();
    const pin = await issuePin(ALICE, 'alice');
    const exchange = async () =>
      ((await (await post('/api/pins', { pin })).json()) as { token: string }).token;
    const first = await exchange();
    expect(await look(first)).toMatchObject({ needsCode: true });
    const code = await fetchCode(first);
    for (let i = 1; i < MAX_WRONG_RESET_CODES; i += 1) await redeem('0000-0000', first);
    const second = await exchange();
    expect((await redeem(code, second)).status).toBe(200);
  });

  it('ends with one wrong code too many', async () => {
    const { issuePin, post, redeem, fetchCode } = await startWithCodes();
    const pin = await issuePin(ALICE, 'alice');
    const exchange = async () => (await (await post('/api/pins', { pin })).json()) as { token: string };
    const { token } = await exchange();
    await fetchCode(token);
    for (let i = 0; i < MAX_WRONG_RESET_CODES; i += 1) await redeem('0000-0000', token);
    expect(await exchange()).toMatchObject({ code: 'link-used' });
  });
});
