import { expect, it } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

it('guards below any base path as long as jellyfin.url lacks the one Jellyfin has', async () => {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', baseUrl: '/jellyfin' });
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: createKeptLog() });
  const port = await listen(injector.server);
  const jellyfinUrl = new URL(jellyfin.url).origin;
  await injector.configure({ jellyfinUrl, trustedProxies: ['127.0.0.1'], enabledMods: {} }, undefined);
  const ask = async (path: string): Promise<number> =>
    statusOf(
      await sendRaw(
        port,
        `POST ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      ),
    );
  for (const path of [
    '/System/Restart',
    '/Users/%46orgotPassword',
    '/Startup/User',
    '/x/../api-docs/openapi.json',
  ]) {
    expect(await ask(`/jellyfin${path}`), path).toBe(403);
  }
  expect(await ask('/jellyfin/System/Ping')).toBe(200);
  expect(jellyfin.journal.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
    '/jellyfin/System/Ping',
  ]);
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});
