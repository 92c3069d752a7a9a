import { describe, expect, it } from 'vitest';
import { createWrongTokens } from '../../server/http/wrong-tokens.ts';
import { createSettableClock } from '../support/clock/settable-clock.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createMemoryAccounts } from '../support/jellyfin/memory-accounts.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { countMessages, FORM, flood, PAGE, postFrom, startFlooded } from '../support/program/flood.ts';
import { startResetApp } from '../support/reset/reset-app.ts';
import { tempStorage } from '../support/storage/temp-storage.ts';

const ofMany = (at: number): string => `198.51.100.${at % 125}`;

describe('a flood of requests for one person', () => {
  it('from 125 networks, by form and page, brings three messages, and every answer is the same (O10, F3)', async () => {
    const { stage } = await startFlooded('127.0.0.1');
    expect(await flood(stage, FORM, 128, ofMany)).toEqual(['200 {"Action":"ContactAdmin","PinFile":""}']);
    expect(await flood(stage, PAGE, 128, ofMany)).toEqual(['202 {}']);
    expect(await countMessages(stage)).toBe(3);
  }, 60_000);

  it('under 100 made-up addresses counts as the one it comes from (O10)', async () => {
    const { stage } = await startFlooded(
      '',
      ', proofOfWork: { when: never }, limits: { requestsPerClientPerHour: 20 }',
    );
    const forged = (at: number): string => `203.0.113.${at}, 10.0.0.${at}`;
    expect(await flood(stage, PAGE, 100, forged)).toEqual(['202 {}']);
    expect(stage.log.events().filter((event) => event === 'reset-asked')).toHaveLength(20);
  }, 60_000);

  it('kills no link that was sent, and keeps nobody from signing in (O30, F4)', async () => {
    const { stage, subject } = await startFlooded('127.0.0.1');
    await postFrom(stage, FORM, { EnteredUsername: 'alice' }, '203.0.113.7');
    const [first] = await stage.inbox.waitFor(1, 30_000);
    await flood(stage, FORM, 128, ofMany);
    const caller = createJellyfinCaller(stage.url);
    expect((await caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
    await countMessages(stage);
    const token = /#([A-Za-z0-9_-]{43})/.exec(first?.text ?? '')?.[1];
    const redeemed = { token, password: 'q7!zk2wv-9' };
    expect(await postFrom(stage, '/gatehouse/api/passwords', redeemed, '203.0.113.7')).toMatch(/^200 /);
    expect(subject.fake?.user('alice').password).toBe('q7!zk2wv-9');
  }, 60_000);
});

describe('a flood of wrong links', () => {
  it('from 125 networks ends in 429 for them, while a good link works from one of them (O24, F5)', async () => {
    const app = await startResetApp(createMemoryAccounts([]));
    const token = await app.issue('0'.repeat(32), 'alice');
    const look = (asked: string, at: number): Promise<Response> =>
      app.post('/api/links', { token: asked }, { 'x-forwarded-for': ofMany(at) });
    const statuses: number[] = [];
    for (let at = 0; at < 700; at += 10) {
      const guesses = Array.from({ length: 10 }, (_, n) => look(`${'x'.repeat(39)}${1000 + at + n}`, at + n));
      statuses.push(...(await Promise.all(guesses)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    expect(await (await look(token, 1)).json()).toMatchObject({ state: 'open' });
    app.clock.advance(60_000);
    expect((await look(`${'x'.repeat(39)}9999`, 1)).status).toBe(200);
  }, 60_000);

  it('is counted in the store, so that a restart forgets none of it', async () => {
    const { limits } = await tempStorage();
    const clock = createSettableClock();
    const { log } = createLogLines();
    for (let at = 0; at < 10; at += 1)
      expect(await createWrongTokens(limits, clock, log).count('192.0.2.1')).toBeUndefined();
    expect(await createWrongTokens(limits, clock, log).count('192.0.2.1')).toBe(60);
    expect(await createWrongTokens(limits, clock, log).count('192.0.2.2')).toBeUndefined();
  });
});
