import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReadiness, type JellyfinState, type Probe } from '../../../injector/jellyfin/readiness.ts';
import { createUpstream } from '../../../injector/upstream/upstream.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';

/** Five times as fast as in the program. */
const PACE = 0.2;

async function watched(options: Parameters<typeof createFakeJellyfin>[0], pace = PACE) {
  const fake = await createFakeJellyfin(options);
  onTestFinished(() => fake.close());
  const upstream = createUpstream(fake.url);
  onTestFinished(() => upstream.client.close());
  const readiness = createReadiness(upstream, pace);
  const looks: Probe[] = [];
  onTestFinished(readiness.watch((look) => void looks.push(look)));
  return { fake, readiness, looks };
}

/** Resolves when that state is seen. */
async function until(readiness: { state(): JellyfinState }, state: JellyfinState): Promise<void> {
  await vi.waitFor(() => expect(readiness.state()).toBe(state), { timeout: 20_000, interval: 5 });
}

function looksAt(fake: FakeJellyfin): number {
  return fake.journal.filter(({ path }) => path.endsWith('/health')).length;
}

describe.each([
  ['10.8.13', '/jellyfin'],
  ['10.11.11', '/jellyfin'],
  ['12.0', ''],
] as const)('on Jellyfin %s with base URL "%s"', (version, baseUrl) => {
  it('every phase of a start is told from the others, and the end of it too', async () => {
    const { fake, readiness, looks } = await watched({ version, baseUrl });
    await until(readiness, 'ready');
    expect(looks.at(-1)).toMatchObject({ isWizardDone: true, serverName: 'Test Server' });
    expect(looks.at(-1)?.version).toMatch(new RegExp(`^${version}`));
    const hasSetup = version === '10.11.11' || version === '12.0';

    await fake.setPhase('refused');
    await sleep(1_000 * PACE);
    readiness.suspect();
    await until(readiness, 'away');
    if (hasSetup) {
      await fake.setPhase('setup');
      await until(readiness, 'starting');
      await fake.setPhase('refused');
      await until(readiness, 'away');
    }
    await fake.setPhase('loading');
    await until(readiness, 'loading');
    await fake.setPhase('ready');
    await until(readiness, 'ready');
  });
});

it('Jellyfin is asked once a second at most for a crowd that suspects it, and not at all while all is well', async () => {
  const { fake, readiness } = await watched({ version: '12.0' });
  await until(readiness, 'ready');
  const before = looksAt(fake);
  const crowd = (): void => {
    for (let n = 0; n < 100; n += 1) readiness.suspect();
  };
  await sleep(1_050 * PACE);
  expect(looksAt(fake)).toBe(before);
  crowd();
  await vi.waitFor(() => expect(looksAt(fake)).toBe(before + 1));
  await until(readiness, 'ready');
  // Right after a probe: not asked at once, and not a minute later either.
  const probedAt = performance.now();
  crowd();
  expect(looksAt(fake)).toBe(before + 1);
  await vi.waitFor(() => expect(looksAt(fake)).toBe(before + 2));
  expect(performance.now() - probedAt).toBeGreaterThan(500 * PACE);
  await sleep(100);
  expect(looksAt(fake)).toBe(before + 2);
});

it('who asks for a fresh state gets one that is at most 2 s old', async () => {
  const { fake, readiness } = await watched({ version: '10.11.11' }, 1);
  await until(readiness, 'ready');
  await sleep(2_050);
  await fake.setPhase('loading');
  expect(readiness.state()).toBe('ready');
  expect(await readiness.confirm()).toBe('loading');
});

it('an ended watch asks no more', async () => {
  const fake = await createFakeJellyfin({ version: '12.0' });
  onTestFinished(() => fake.close());
  await fake.setPhase('loading');
  const upstream = createUpstream(fake.url);
  const readiness = createReadiness(upstream, PACE);
  const end = readiness.watch(() => undefined);
  await until(readiness, 'loading');
  end();
  const before = looksAt(fake);
  await sleep(1_200 * PACE);
  expect(looksAt(fake)).toBe(before);
  upstream.client.close();
});
