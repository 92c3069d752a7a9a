import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../support/clock/until.ts';
import { createFakeJellyfin, type FakeJellyfin, JELLYFIN_VERSIONS } from './fake-jellyfin.ts';

let fake: FakeJellyfin | undefined;

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

async function see(jellyfin: FakeJellyfin, path: string): Promise<[number, string | null, string]> {
  const answer = await fetch(jellyfin.url + path, { redirect: 'manual' });
  return [answer.status, answer.headers.get('retry-after'), await answer.text()];
}

describe.each(JELLYFIN_VERSIONS)('a start of %s', (version) => {
  test('refuses connections, then loads without Retry-After while pages are served, then is ready', async () => {
    fake = await createFakeJellyfin({ version });
    await fake.setPhase('refused');
    await expect(fetch(fake.url)).rejects.toThrow();
    await fake.setPhase('loading');
    const loading = [503, null, 'Jellyfin Server is loading. Please try again shortly.'];
    expect(await see(fake, '/health')).toEqual(loading);
    expect(await see(fake, '/System/Info/Public')).toEqual(loading);
    expect((await see(fake, '/'))[0]).toBe(302);
    expect((await see(fake, '/web/index.html'))[0]).toBe(200);
    expect((await see(fake, '/System/Ping'))[0]).toBe(200);
    await fake.setPhase('ready');
    expect(await see(fake, '/health')).toEqual([200, null, 'Healthy']);
  });

  test('comes back on its port after a restart that anybody in the LAN may ask for from 10.9 on', async () => {
    fake = await createFakeJellyfin({ version });
    const asked = await fetch(`${fake.url}/System/Restart`, { method: 'POST' });
    expect(asked.status).toBe(version === '10.8.13' ? 401 : 204);
    if (asked.status === 401) return;
    const { restarts } = fake;
    await until(() => restarts() === 1);
    expect(await see(fake, '/health')).toEqual([200, null, 'Healthy']);
  });
});

describe.each(['10.11.11', '12.0'] as const)('the start-up server of %s', (version) => {
  test('answers everything with 503 and Retry-After, but says Degraded', async () => {
    fake = await createFakeJellyfin({ version });
    await fake.setPhase('setup');
    expect((await see(fake, '/web/index.html')).slice(0, 2)).toEqual([503, '005']);
    expect(await see(fake, '/health')).toEqual([200, null, 'Degraded']);
  });

  test('hands the log to the LAN and tells its version in camelCase once the host is built', async () => {
    fake = await createFakeJellyfin({ version });
    await fake.setPhase('setup');
    expect((await see(fake, '/startup/logger'))[0]).toBe(200);
    const [, , text] = await see(fake, '/System/Info/Public');
    expect(JSON.parse(text)).toMatchObject({ productName: 'Jellyfin Server', startupWizardCompleted: false });
  });
});

test.each(['10.8.13', '10.9.11', '10.10.7'] as const)('%s has no start-up server', async (version) => {
  fake = await createFakeJellyfin({ version });
  await expect(fake.setPhase('setup')).rejects.toThrow('no start-up server');
});
