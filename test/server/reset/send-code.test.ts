import { describe, expect, it } from 'vitest';
import { MAX_WRONG_RESET_CODES } from '../../../server/ports/reset-codes.ts';
import { CODES_PER_ACCOUNT, RESET_CODE_MS } from '../../../server/reset/send-code.ts';
import { ALICE, codeOf } from '../../support/reset/reset-app.ts';
import { startWithCodes } from '../../support/reset/second-channel-stage.ts';

describe('a code', () => {
  it('works for ten minutes', async () => {
    const { redeem, fetchCode, clock } = await startWithCodes();
    const code = await fetchCode();
    clock.advance(RESET_CODE_MS);
    const answer = await redeem(code);
    expect([answer.status, await codeOf(answer)]).toEqual([410, 'code-expired']);
    expect((await redeem(await fetchCode())).status).toBe(200);
  });

  it('is replaced by the next one, of which a link has three', async () => {
    const { redeem, send, fetchCode } = await startWithCodes();
    const codes = [await fetchCode(), await fetchCode(), await fetchCode()];
    const fourth = await send();
    expect([fourth.status, await codeOf(fourth)]).toEqual([409, 'codes-used-up']);
    expect(await codeOf(await redeem(codes[0]))).toBe('code-wrong');
    expect((await redeem(codes[2])).status).toBe(200);
  });

  it('is sent so many times to one account in an hour, over all of its links', async () => {
    const { issue, send, clock } = await startWithCodes();
    const statuses = [];
    for (let i = 0; i < CODES_PER_ACCOUNT.points + 1; i += 1) {
      const link = await issue(ALICE, 'alice');
      statuses.push((await send(link, { 'x-forwarded-for': `192.0.2.${i}` })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: CODES_PER_ACCOUNT.points }, () => 200), 429]);
    clock.advance(CODES_PER_ACCOUNT.windowMs);
    expect((await send(await issue(ALICE, 'alice'))).status).toBe(200);
  });

  it('takes a proof of work where asking for a message does', async () => {
    const { send, requestLimits, sentTo } = await startWithCodes();
    for (let i = 0; i < 15; i += 1) await requestLimits.take('192.0.2.7');
    const answer = await send();
    expect(answer.status).toBe(428);
    expect(await answer.json()).toMatchObject({ code: 'proof-needed', challenge: {} });
    expect(sentTo('radio')).toEqual([]);
  });

  it('that is wrong is counted with wrong links, and one too many ends the link', async () => {
    const { redeem, fetchCode, look, accounts, lines, post } = await startWithCodes();
    const code = await fetchCode();
    const codes = [];
    for (let i = 1; i < MAX_WRONG_RESET_CODES; i += 1) codes.push(await codeOf(await redeem('0000-0000')));
    expect(codes).toEqual(Array.from({ length: MAX_WRONG_RESET_CODES - 1 }, () => 'code-wrong'));
    const last = await redeem('what is no code at all');
    expect([last.status, await codeOf(last)]).toEqual([410, 'link-locked']);
    expect(await codeOf(await redeem(code))).toBe('link-used');
    expect(await look()).toEqual({ state: 'used' });
    expect(accounts.changes).toEqual([]);
    expect(lines.events().filter((event) => event === 'reset-code-refused')).toHaveLength(
      MAX_WRONG_RESET_CODES,
    );
    // Five codes and five links are the ten guesses of a minute.
    const guess = () => post('/api/links', { token: 'g'.repeat(43) });
    for (let i = 0; i < 5; i += 1) expect((await guess()).status).toBe(200);
    expect((await guess()).status).toBe(429);
  });

  it('that is right works from an address that guesses', async () => {
    const { redeem, fetchCode, post } = await startWithCodes();
    const code = await fetchCode();
    for (let i = 0; i < 20; i += 1) await post('/api/links', { token: 'g'.repeat(43) });
    expect((await redeem('0000-0000')).status).toBe(429);
    expect((await redeem(code)).status).toBe(200);
  });
});

describe('codes for links that are none', () => {
  it('are refused as the link is, and unknown links are counted', async () => {
    const { send, redeem, fetchCode, clock, token } = await startWithCodes();
    const statuses = [];
    for (let i = 0; i < 11; i += 1) statuses.push((await send('g'.repeat(43))).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
    await redeem(await fetchCode());
    expect(await codeOf(await send(token))).toBe('link-used');
    clock.advance(24 * 60 * 60_000);
    expect((await send('short')).status).toBe(400);
  });
});
