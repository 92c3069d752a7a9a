import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { KnownProxiesStatus } from '../../../injector/admission/path-guard.ts';
import { createKnownProxies, type KnownProxies } from '../../../server/jellyfin/known-proxies.ts';
import {
  createFakeJellyfin,
  type FakeJellyfinOptions,
  JELLYFIN_VERSIONS,
} from '../../jellyfin/fake-jellyfin.ts';
import { administratorToken } from '../../support/jellyfin/subject.ts';
import { createLogLines, type LogLines } from '../../support/log/log-lines.ts';

const PAUSES = { fine: 40, missing: 40, away: 20, refused: 40 };

interface Watched {
  readonly jellyfin: Awaited<ReturnType<typeof createFakeJellyfin>>;
  readonly key: string;
  readonly log: LogLines;
  readonly watch: KnownProxies;
  readonly statuses: KnownProxiesStatus[];
  events(): string[];
}

async function open(options: Partial<FakeJellyfinOptions> = {}): Promise<Watched> {
  const key = randomBytes(16).toString('hex');
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [key], ...options });
  const log = createLogLines();
  const statuses: KnownProxiesStatus[] = [];
  const watch = createKnownProxies({
    log: log.log,
    pauses: PAUSES,
    setStatus: (status) => statuses.push(status),
  });
  onTestFinished(async () => {
    watch.stop();
    await jellyfin.close();
  });
  const events = () => log.events().filter((event) => event.startsWith('known-proxies'));
  return { jellyfin, key, log, watch, statuses, events };
}

/** Until that many more tests were made. */
async function tests(watched: Watched, count: number): Promise<void> {
  const before = watched.statuses.length;
  await vi.waitFor(() => expect(watched.statuses.length).toBeGreaterThanOrEqual(before + count), {
    timeout: 20_000,
    interval: 5,
  });
}

it.each(JELLYFIN_VERSIONS)('%s with our address in Known proxies sees each client', async (version) => {
  const watched = await open({ version, knownProxies: ['127.0.0.1'] });
  const { jellyfin, key, watch, statuses, events } = watched;
  const apiKey = version === '10.8.13' ? await administratorToken(jellyfin.url, 'admin', 'admin-pw-1') : key;
  watch.start({ url: jellyfin.url, apiKey });
  await tests(watched, 2);
  expect(new Set(statuses)).toEqual(new Set(['each-client']));
  expect(events()).toEqual(['known-proxies-fine']);
});

it.each(['10.10.7', '10.11.11', '12.0'] as const)(
  '%s without known proxies sees only us',
  async (version) => {
    const watched = await open({ version });
    const { jellyfin, key, watch, statuses, log, events } = watched;
    watch.start({ url: jellyfin.url, apiKey: key });
    await tests(watched, 4);
    expect(new Set(statuses)).toEqual(new Set(['only-us']));
    // Four tests, one complaint, with the setting and the address.
    expect(events()).toEqual(['known-proxies-missing']);
    expect(log.text()).toContain(
      'In Jellyfin, open Dashboard, Networking, write 127.0.0.1 into Known proxies, save, and restart Jellyfin.',
    );
    expect(log.text()).toContain('"level":"error"');
    expect(log.text()).not.toContain(key);
    // Not said again by a reload within the hour.
    watch.start({ url: jellyfin.url, apiKey: key });
    await tests(watched, 2);
    expect(events()).toHaveLength(1);
  },
);

it('finds out by itself that the setting was mended and Jellyfin restarted', async () => {
  const watched = await open();
  const { jellyfin, key, watch, statuses, events } = watched;
  watch.start({ url: jellyfin.url, apiKey: key });
  await tests(watched, 1);
  expect(statuses.at(-1)).toBe('only-us');
  const headers = { Authorization: `MediaBrowser Token="${key}"`, 'Content-Type': 'application/json' };
  const network = `${jellyfin.url}/System/Configuration/network`;
  const settings = (await (await fetch(network, { headers })).json()) as object;
  const body = JSON.stringify({ ...settings, KnownProxies: ['127.0.0.1'] });
  expect((await fetch(network, { method: 'POST', headers, body })).status).toBe(204);
  await tests(watched, 2);
  expect(statuses.at(-1)).toBe('only-us');
  expect((await fetch(`${jellyfin.url}/System/Restart`, { method: 'POST', headers })).status).toBe(204);
  await vi.waitFor(() => expect(statuses.at(-1)).toBe('each-client'), 5_000);
  expect(events()).toEqual(['known-proxies-missing', 'known-proxies-fine']);
});

it('knows nothing while Jellyfin is away or starts, and asks again until it is back', async () => {
  const watched = await open({ knownProxies: ['127.0.0.1'] });
  const { jellyfin, key, watch, statuses, events } = watched;
  await jellyfin.setPhase('refused');
  watch.start({ url: jellyfin.url, apiKey: key });
  for (const phase of ['setup', 'refused', 'loading'] as const) {
    await jellyfin.setPhase(phase);
    await tests(watched, 2);
  }
  expect(new Set(statuses)).toEqual(new Set(['unknown']));
  await jellyfin.setPhase('ready');
  await vi.waitFor(() => expect(statuses.at(-1)).toBe('each-client'), 5_000);
  await jellyfin.setPhase('refused');
  await vi.waitFor(() => expect(statuses.at(-1)).toBe('unknown'), 5_000);
  expect(events()).toEqual(['known-proxies-fine']);
});

it.each(['10.8.13', '10.11.11'] as const)(
  'takes %s barring the far client, with remote access off, for seeing each client',
  async (version) => {
    const watched = await open({ version, knownProxies: ['127.0.0.1'] });
    const { jellyfin, watch, statuses } = watched;
    const token = await administratorToken(jellyfin.url, 'admin', 'admin-pw-1');
    const headers = { Authorization: `MediaBrowser Token="${token}"`, 'Content-Type': 'application/json' };
    const network = `${jellyfin.url}/System/Configuration/network`;
    const settings = (await (await fetch(network, { headers })).json()) as object;
    const body = JSON.stringify({ ...settings, EnableRemoteAccess: false });
    expect((await fetch(network, { method: 'POST', headers, body })).status).toBe(204);
    watch.start({ url: jellyfin.url, apiKey: token });
    await tests(watched, 1);
    expect(statuses).toEqual(['each-client']);
  },
);

it('says once that it cannot know without a key, or with a wrong one', async () => {
  const watched = await open({ knownProxies: ['127.0.0.1'] });
  const { jellyfin, watch, statuses, events, log } = watched;
  watch.start({ url: jellyfin.url });
  watch.start({ url: jellyfin.url });
  expect(statuses).toEqual(['unknown', 'unknown']);
  expect(events()).toEqual(['known-proxies-unknown']);
  expect(log.text()).toContain('Without jellyfin.apiKey');
  watch.start({ url: jellyfin.url, apiKey: 'wrong' });
  await tests(watched, 3);
  expect(new Set(statuses)).toEqual(new Set(['unknown']));
  expect(events()).toEqual(['known-proxies-unknown', 'known-proxies-unknown']);
  expect(log.text()).toContain('Jellyfin refuses the API key (status 401)');
});

it('asks at once when it is told that Jellyfin is back, and nothing before it was started', async () => {
  const watched = await open({ knownProxies: ['127.0.0.1'] });
  const { jellyfin, key, statuses, log } = watched;
  const slow = createKnownProxies({ log: log.log, setStatus: (status) => statuses.push(status) });
  onTestFinished(() => slow.stop());
  slow.askAgain();
  slow.start({ url: jellyfin.url, apiKey: key });
  await tests(watched, 1);
  slow.askAgain();
  await tests(watched, 1);
  expect(statuses).toEqual(['each-client', 'each-client']);
});

it('asks nothing more once it is stopped', async () => {
  const watched = await open({ knownProxies: ['127.0.0.1'] });
  const { jellyfin, key, watch, statuses } = watched;
  watch.start({ url: jellyfin.url, apiKey: key });
  watch.stop();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(statuses).toEqual([]);
});
