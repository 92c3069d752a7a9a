import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { connectAccounts, TEST_API_KEY } from '../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { WAYS } from '../support/program/split-listener.ts';
import { type ResetApp, startResetApp } from '../support/reset/reset-app.ts';

const GOOD = 'q7!zk2wv';

/** The whole of a redemption: our app by HTTP, a real storage, a Jellyfin by HTTP. */
async function start(
  names: readonly string[],
  isSplit: boolean,
): Promise<{ app: ResetApp; jellyfin: FakeJellyfin }> {
  const jellyfin = await createFakeJellyfin({
    version: '12.0',
    apiKeys: [TEST_API_KEY],
    hashMs: 5,
    users: names.map((name) => ({ name, password: 'old-pw-1' })),
  });
  onTestFinished(() => jellyfin.close());
  const wait = (ms: number): Promise<void> => sleep(ms / 10);
  return {
    app: await startResetApp(connectAccounts({ url: jellyfin.url, wait }), undefined, isSplit),
    jellyfin,
  };
}

const writesIn = (jellyfin: FakeJellyfin): number =>
  jellyfin.journal.filter((entry) => entry.path.endsWith('/Password')).length;

describe.each(WAYS)('redeeming a link in front of Jellyfin, $way,', ({ isSplit }) => {
  it('of 50 at once lets one through, and Jellyfin sees one write', async () => {
    const { app, jellyfin } = await start(['alice'], isSplit);
    const token = await app.issue(jellyfin.user('alice').id, 'alice');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => app.post('/api/passwords', { token, password: `${GOOD}-${n}` })),
    );
    const winner = answers.findIndex((answer) => answer.status === 200);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(jellyfin.user('alice').password).toBe(`${GOOD}-${winner}`);
    expect(writesIn(jellyfin)).toBe(1);
    const caller = createJellyfinCaller(jellyfin.url);
    expect((await caller.signIn('alice', `${GOOD}-${winner}`)).status).toBe(200);
    expect((await caller.signIn('alice', 'old-pw-1')).status).toBe(401);
  });

  it('of 100 links makes 100 writes', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `person${n}`);
    const { app, jellyfin } = await start(names, isSplit);
    const statuses = await Promise.all(
      names.map(async (name) => {
        const token = await app.issue(jellyfin.user(name).id, name);
        return (await app.post('/api/passwords', { token, password: GOOD })).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(writesIn(jellyfin)).toBe(100);
    expect(names.filter((name) => jellyfin.user(name).password !== GOOD)).toEqual([]);
  });

  it('while Jellyfin starts leaves the link good for later', async () => {
    const { app, jellyfin } = await start(['alice'], isSplit);
    const token = await app.issue(jellyfin.user('alice').id, 'alice');
    const redeem = () => app.post('/api/passwords', { token, password: GOOD });
    await jellyfin.setPhase('loading');
    const early = await redeem();
    expect(early.status).toBe(503);
    expect(await early.json()).toMatchObject({ code: 'jellyfin-unreachable' });
    await jellyfin.setPhase('ready');
    expect((await redeem()).status).toBe(200);
    expect(jellyfin.user('alice').password).toBe(GOOD);
    expect(app.lines.text()).not.toMatch(new RegExp(`${token}|${GOOD.slice(0, 8)}|${TEST_API_KEY}`));
  });
});
