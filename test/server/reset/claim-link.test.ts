import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ResetLinks } from '../../../server/ports/reset-links.ts';
import { CLAIM_LEASE_MS, claimLink } from '../../../server/reset/claim-link.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { until } from '../../support/clock/until.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { ALICE, codeOf, GOOD, startChoosing } from '../../support/reset/reset-app.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

describe('a redemption', () => {
  it('that ends in a crash leaves the link good again when the lease has ended', async () => {
    const { redeem, accounts, clock, look } = await startChoosing();
    accounts.endWith(new Promise(() => undefined));
    void redeem().catch(() => undefined);
    await until(() => accounts.changes.length > 0);
    accounts.endWith({ kind: 'in-force', tries: 1 });
    clock.advance(CLAIM_LEASE_MS - 1);
    expect(await codeOf(await redeem())).toBe('link-busy');
    clock.advance(1);
    expect(await look()).toMatchObject({ state: 'open' });
    expect((await redeem()).status).toBe(200);
    expect(accounts.changes.map((change) => change.password)).toEqual([GOOD, GOOD]);
  });

  it('that was stopped for longer than the lease writes nothing and leaves the claim of another alone', async () => {
    const { redeem, accounts, clock, look, lines } = await startChoosing();
    const stopped = Promise.withResolvers<{ kind: 'unreachable'; detail: string }>();
    accounts.endWith(stopped.promise);
    const first = redeem('the-first-one');
    await until(() => accounts.changes.length === 1);
    clock.advance(CLAIM_LEASE_MS);
    const going = Promise.withResolvers<{ kind: 'in-force'; tries: number }>();
    accounts.endWith(going.promise);
    const second = redeem('the-second-one');
    await until(() => accounts.changes.length === 2);
    expect(accounts.changes.map(({ mayWrite }) => mayWrite())).toEqual([false, true]);
    stopped.resolve({ kind: 'unreachable', detail: 'took too long' });
    expect((await first).status).toBe(503);
    expect(await codeOf(await redeem('the-third-one'))).toBe('link-busy');
    going.resolve({ kind: 'in-force', tries: 1 });
    expect((await second).status).toBe(200);
    expect(await look()).toEqual({ state: 'used' });
    expect(lines.events()).toContain('claim-lost');
  });

  it('that had its claim taken over in the last moment does not say that it was the one', async () => {
    const { redeem, accounts, clock, look } = await startChoosing();
    const slow = Promise.withResolvers<{ kind: 'in-force'; tries: number }>();
    accounts.endWith(slow.promise);
    const first = redeem('the-first-one');
    await until(() => accounts.changes.length === 1);
    clock.advance(CLAIM_LEASE_MS);
    accounts.endWith({ kind: 'in-force', tries: 1 });
    expect((await redeem('the-second-one')).status).toBe(200);
    slow.resolve({ kind: 'in-force', tries: 1 });
    expect(await codeOf(await first)).toBe('link-busy');
    expect(await look()).toEqual({ state: 'used' });
  });

  it('of two links of one account at once sets one password', async () => {
    const { redeem, accounts, issue, post, look } = await startChoosing();
    const going = Promise.withResolvers<{ kind: 'in-force'; tries: number }>();
    accounts.endWith(going.promise);
    const first = redeem();
    await until(() => accounts.changes.length === 1);
    const token = await issue(ALICE, 'alice');
    const other = () => post('/api/passwords', { token, password: 'another-q7!' });
    expect(await codeOf(await other())).toBe('link-busy');
    going.resolve({ kind: 'in-force', tries: 1 });
    expect((await first).status).toBe(200);
    expect(await codeOf(await other())).toBe('link-used');
    expect(accounts.changes).toHaveLength(1);
    expect(await look()).toEqual({ state: 'used' });
  });
});

describe('a claim', () => {
  /** A claimed link, a clock, and five seconds of both when asked. */
  async function claim(change: (links: ResetLinks) => ResetLinks = (links) => links) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { links } = await tempStorage();
    const clock = createSettableClock();
    const lines = createLogLines();
    const expiresAt = clock.now() + 3_600_000;
    await links.add({ tokenHash: 'f'.repeat(64), userId: ALICE, userName: 'alice', outboxId: 1, expiresAt });
    const claiming = await claimLink({ links: change(links), clock, log: lines.log }, 'f'.repeat(64));
    if (claiming.state !== 'claimed') throw new Error(claiming.state);
    const state = async () => (await links.look('f'.repeat(64), clock.now())).state;
    async function passFiveSeconds(): Promise<void> {
      clock.advance(5_000);
      vi.advanceTimersByTime(5_000);
      // Whatever it wrote came before this.
      await links.countLive(ALICE, clock.now());
    }
    return { ...claiming, links, clock, lines, state, passFiveSeconds };
  }

  it('lasts as long as it is held, however long that is, up to two minutes', async () => {
    const { link, state, passFiveSeconds } = await claim();
    for (let n = 0; n < 20; n += 1) {
      await passFiveSeconds();
      expect([await state(), link.isHeld()]).toEqual(['busy', true]);
    }
    for (let n = 0; n < 10; n += 1) await passFiveSeconds();
    expect([await state(), link.isHeld()]).toEqual(['open', false]);
    expect(await link.spend()).toBe('spent');
  });

  it('is lost for good when it was not renewed in time', async () => {
    const { link, links, clock, state, passFiveSeconds } = await claim();
    clock.advance(CLAIM_LEASE_MS);
    expect([await state(), link.isHeld()]).toEqual(['open', false]);
    await passFiveSeconds();
    expect([await state(), link.isHeld()]).toEqual(['open', false]);
    expect(await links.claim('f'.repeat(64), clock.now(), CLAIM_LEASE_MS, 'another')).toMatchObject({
      state: 'open',
    });
    expect(await link.spend()).toBe('lost');
    await link.release();
    expect(await state()).toBe('busy');
  });

  it('is spent later when the storage fails at the end', async () => {
    let failures = 2;
    const { link, state, passFiveSeconds, lines } = await claim((links) => ({
      ...links,
      spend: async (...args) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
        return links.spend(...args);
      },
    }));
    expect([await link.spend(), await state()]).toEqual(['failed', 'busy']);
    await passFiveSeconds();
    expect(await state()).toBe('busy');
    await passFiveSeconds();
    await until(() => vi.getTimerCount() === 0);
    expect(await state()).toBe('used');
    expect(lines.events()).toEqual(['link-not-spent', 'link-not-spent']);
  });

  it('that is ended is renewed no more', async () => {
    const { link, state, passFiveSeconds } = await claim();
    await link.release();
    await passFiveSeconds();
    expect([await state(), vi.getTimerCount()]).toEqual(['open', 0]);
  });

  const written = (lines: { text(): string }): unknown[] =>
    lines
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  const broken = async (): Promise<never> => {
    throw new Error('the disk is full');
  };

  it('tells whose link it is, and of a link that cannot be claimed why', async () => {
    const { link, links, clock, lines } = await claim();
    expect(link).toMatchObject({ userId: ALICE, userName: 'alice' });
    const parts = { links, clock, log: lines.log };
    expect(await claimLink(parts, 'f'.repeat(64))).toMatchObject({ state: 'busy' });
    expect(await claimLink(parts, 'e'.repeat(64))).toMatchObject({ state: 'unknown' });
    expect(await link.spend()).toBe('spent');
    expect(await claimLink(parts, 'f'.repeat(64))).toMatchObject({ state: 'used' });
  });

  it('outlives a storage that fails for less than the lease, and says so', async () => {
    let failures = 2;
    const { link, state, passFiveSeconds, lines } = await claim((links) => ({
      ...links,
      renew: async (...args) => {
        failures -= 1;
        return failures >= 0 ? broken() : links.renew(...args);
      },
    }));
    for (let n = 0; n < 8; n += 1) {
      await passFiveSeconds();
      expect([await state(), link.isHeld()]).toEqual(['busy', true]);
    }
    expect(lines.events()).toEqual(['claim-not-renewed', 'claim-not-renewed']);
  });

  it('ends with the lease when the storage fails for as long, and is then renewed no more', async () => {
    let renewals = 0;
    const { link, state, passFiveSeconds, lines } = await claim((links) => ({
      ...links,
      renew: () => {
        renewals += 1;
        return broken();
      },
    }));
    for (let n = 0; n < 3; n += 1) await passFiveSeconds();
    expect(link.isHeld()).toBe(true);
    for (let n = 0; n < 3; n += 1) await passFiveSeconds();
    expect([await state(), link.isHeld(), renewals]).toEqual(['open', false, 3]);
    expect(lines.events()).toEqual(['claim-not-renewed', 'claim-not-renewed', 'claim-not-renewed']);
  });

  it('is lost when the storage says that somebody else holds it', async () => {
    const { link, passFiveSeconds, lines } = await claim((links) => ({ ...links, renew: async () => false }));
    await passFiveSeconds();
    expect(link.isHeld()).toBe(false);
    expect(lines.events()).toEqual([]);
  });

  it('that is lost is neither spent nor released, which the log says with the account', async () => {
    const { link, links, clock, lines } = await claim();
    clock.advance(CLAIM_LEASE_MS);
    await links.claim('f'.repeat(64), clock.now(), CLAIM_LEASE_MS, 'another');
    expect(await link.spend()).toBe('lost');
    await link.release();
    expect(written(lines)).toMatchObject([
      { level: 'error', event: 'claim-lost', userId: ALICE },
      { level: 'warn', event: 'claim-lost', userId: ALICE },
    ]);
  });

  it('is over with the lease when it cannot be released, and nothing is thrown', async () => {
    const { link, lines, state, clock } = await claim((links) => ({ ...links, release: broken }));
    await link.release();
    expect([await state(), vi.getTimerCount()]).toEqual(['busy', 0]);
    clock.advance(CLAIM_LEASE_MS);
    expect(await state()).toBe('open');
    expect(written(lines)).toMatchObject([{ event: 'link-not-released', userId: ALICE }]);
  });

  it('that is spent leaves nothing running, and says nothing', async () => {
    const { link, lines } = await claim();
    expect(await link.spend()).toBe('spent');
    expect(vi.getTimerCount()).toBe(0);
    expect(lines.events()).toEqual([]);
  });
});
