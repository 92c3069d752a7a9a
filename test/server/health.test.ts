import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { createGatehouse } from '../../server/program/gatehouse.ts';
import type { JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { admit, KEY } from '../support/program/doctor-fixture.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

const TOKEN = 'a-token-of-some-length';
const BEHIND_A_PROXY = { 'X-Forwarded-For': '203.0.113.7' };

async function stageOf(version: JellyfinVersion, more = '', baseUrl = '') {
  const subject = await createFakeSubject({ version, baseUrl });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { more });
  onTestFinished(() => stage.close());
  if (subject.fake === undefined) throw new Error('this needs the fake');
  await vi.waitFor(async () => expect((await health(stage)).status).toBe('ok'), { timeout: 20_000 });
  return { stage, fake: subject.fake };
}

interface ShownHealth {
  status: string;
  jellyfin?: { state: string; ready: boolean; reachable: boolean; version: string; apiKey: string | null };
  reset?: { storage: string; outbox: object; channels: { [name: string]: { lastOk: string | null } } };
  mods?: Record<string, string>;
  proxies?: Record<string, string>;
}

async function health(stage: Stage, headers: Record<string, string> = {}): Promise<ShownHealth> {
  return (await (await fetch(`${stage.url}/gatehouse/health`, { headers })).json()) as ShownHealth;
}

describe('health', () => {
  it('tells a program on this machine of Jellyfin, the reset service and each mod', async () => {
    const { stage } = await stageOf('12.0');
    expect(await health(stage)).toEqual({
      status: 'ok',
      jellyfin: {
        reachable: true,
        ready: true,
        state: 'ready',
        version: expect.stringMatching(/^12\.0/),
        apiKey: expect.stringMatching(/^(?:unknown|accepted)$/),
      },
      reset: {
        storage: 'open',
        outbox: { waiting: 0, dead: 0 },
        channels: { email: { lastOk: null, lastFailure: null } },
        counts: { asked: 0, sent: 0, failed: 0 },
      },
      proxies: {},
      mods: {
        'forgot-password': 'on',
        'login-throttle': 'on',
        'account-entry': 'on',
        'contact-reminder': 'on',
      },
    });
  });

  it.each([
    ['accepts', [KEY], /^accepted$/],
    [
      'refuses',
      [],
      /^refused: .*Make a key in Jellyfin under Dashboard, API Keys, and write it to jellyfin\.apiKey\.$/,
    ],
  ])('says that Jellyfin %s the API key', async (_what, apiKeys, says) => {
    const { folder, port } = await admit({ jellyfin: { apiKeys }, hasContacts: false });
    const configPath = join(folder, 'config.yaml');
    const config = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
    const gatehouse = createGatehouse({ mods: MOD_LIST, webFolder: 'dist', log: createLogLines().log });
    onTestFinished(() => gatehouse.close());
    await gatehouse.apply(config);
    await gatehouse.listen('127.0.0.1', port);
    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/gatehouse/health`);
        expect(((await answer.json()) as ShownHealth).jellyfin?.apiKey).toMatch(says);
      },
      { timeout: 20_000 },
    );
  });

  it('names a proxy in front that is not in trustedProxies, and what to do, to this machine only', async () => {
    const { stage } = await stageOf('12.0');
    await fetch(`${stage.url}/web/index.html`, { headers: BEHIND_A_PROXY });
    expect((await health(stage)).proxies).toEqual({
      '127.0.0.1': expect.stringContaining("listen: { trustedProxies: ['127.0.0.1'] }"),
    });
    expect(await health(stage, BEHIND_A_PROXY)).toEqual({ status: 'ok' });
  });

  it.each([
    ['an address named by nobody who may', BEHIND_A_PROXY],
    ['a proxy that passes the Host on', { Host: 'media.example.org' }],
    ['a proxy that says so', { Via: '1.1 nginx' }],
  ])('tells %s nothing but that it lives', async (_who, headers) => {
    const { stage } = await stageOf('12.0');
    const text = await new Promise<string>((resolve, reject) => {
      request(`${stage.url}/gatehouse/health`, { headers }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    expect(text).toBe('{"status":"ok"}\n');
  });

  it('stays 200 while Jellyfin is away; ready is 503 then, and 200 after its return', async () => {
    const { stage, fake } = await stageOf('10.11.11');
    await fake.setPhase('refused');
    await fetch(`${stage.url}/System/Info/Public`);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await fetch(`${stage.url}/System/Info/Public`);
    const ready = () => fetch(`${stage.url}/gatehouse/health/ready`);
    await vi.waitFor(async () => expect((await ready()).status).toBe(503), { timeout: 20_000 });
    expect((await fetch(`${stage.url}/gatehouse/health?ready`)).status).toBe(503);
    expect((await fetch(`${stage.url}/gatehouse/health`)).status).toBe(200);
    expect((await fetch(`${stage.url}/gatehouse/health/live`)).status).toBe(200);
    expect((await health(stage)).jellyfin).toMatchObject({ reachable: false, ready: false, state: 'away' });
    expect((await fetch(`${stage.url}/gatehouse/account`)).status).toBe(200);

    await fake.setPhase('ready');
    await vi.waitFor(async () => expect((await ready()).status).toBe(200), { timeout: 20_000, interval: 20 });
  });

  it('is found at the root too when Jellyfin has a base URL', async () => {
    const { stage } = await stageOf('12.0', '', '/jellyfin');
    const { origin } = new URL(stage.url);
    expect((await fetch(`${origin}/gatehouse/health/ready`)).status).toBe(200);
    expect((await fetch(`${stage.url}/gatehouse/health/ready`)).status).toBe(200);
    expect((await fetch(`${origin}/gatehouse/account`, { redirect: 'manual' })).status).toBe(302);
  });

  it('counts a reset that was asked for and its message', async () => {
    const { stage } = await stageOf('12.0');
    await createJellyfinCaller(stage.url).call('POST', '/Users/ForgotPassword', '', {
      EnteredUsername: 'alice',
    });
    await stage.inbox.waitFor(1);
    await vi.waitFor(async () =>
      expect((await health(stage)).reset).toMatchObject({ counts: { asked: 1, sent: 1, failed: 0 } }),
    );
    expect((await health(stage)).reset?.channels['email']?.lastOk).toMatch(/^\d{4}-/);
  });
});

describe('metrics', () => {
  const read = (stage: Stage, headers: Record<string, string> = {}) =>
    fetch(`${stage.url}/gatehouse/metrics`, { headers });

  it('count what went through, by who answered', async () => {
    const { stage } = await stageOf('12.0');
    await (await fetch(`${stage.url}/System/Ping`)).text();
    await (await fetch(`${stage.url}/web/index.html`, { headers: { Accept: 'text/html' } })).text();
    await read(stage);
    const text = await (await read(stage)).text();
    expect(text).toMatch(/^gatehouse_requests_total\{handler="passed",status="2xx"\} [1-9]/m);
    expect(text).toMatch(/^gatehouse_requests_total\{handler="rewritten",status="2xx"\} 1$/m);
    expect(text).toMatch(/^gatehouse_upstream_seconds_count [1-9]/m);
    expect(text).toMatch(/^gatehouse_bytes_total\{direction="sent"\} \d{3,}/m);
    expect(text).toMatch(/^gatehouse_jellyfin_up 1$/m);
    expect(text).toMatch(/^gatehouse_mod_on\{mod="forgot-password"\} 1$/m);
    expect(text).toMatch(/^gatehouse_nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^gatehouse_outbox_rows\{state="waiting"\} 0$/m);
    expect(text).not.toMatch(/alice|127\.0\.0\.1/);
  });

  it('of the process count from its start, and no value is missing', async () => {
    const { stage } = await stageOf('12.0');
    const usedBefore = process.cpuUsage();
    const text = await (await read(stage)).text();
    const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(metric('gatehouse_process_cpu_seconds_total')).toBeGreaterThanOrEqual(
      (usedBefore.user + usedBefore.system) / 1e6,
    );
    expect(metric('gatehouse_nodejs_eventloop_lag_min_seconds')).toBeLessThan(60);
    // Collections of garbage are counted once somebody reads them.
    expect(text).toMatch(/^gatehouse_nodejs_gc_duration_seconds_count\{kind="minor"\} \d+$/m);
    expect(text).not.toMatch(/ (?:NaN|undefined|-?Infinity)$/im);
    // Each metric is there once, under one type.
    const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(types).toEqual([...new Set(types)]);
  });

  it('are there for this machine and for the token, and for nobody else', async () => {
    const { stage } = await stageOf('12.0', `metrics: { token: ${TOKEN} }`);
    expect((await read(stage)).status).toBe(200);
    expect((await read(stage, BEHIND_A_PROXY)).status).toBe(404);
    expect((await read(stage, { ...BEHIND_A_PROXY, Authorization: 'Bearer wrong' })).status).toBe(404);
    expect((await read(stage, { ...BEHIND_A_PROXY, Authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  it('are not there when they are switched off', async () => {
    const { stage } = await stageOf('12.0', 'metrics: { enabled: false }');
    expect((await read(stage)).status).toBe(404);
  });
});
