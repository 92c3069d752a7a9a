import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { createGatehouse } from '../../server/program/gatehouse.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { freePort } from '../support/network/free-port.ts';
import { sendRaw, statusOf } from '../support/network/raw-http.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const ADMIN = `Authorization: MediaBrowser Token="${KEY}"\r\n`;

it('keeps the home network to itself until the admin has named Gatehouse in Jellyfin and restarted it', async () => {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [KEY] });
  const port = await freePort();
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(
    configPath,
    `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }\njellyfin: { url: '${jellyfin.url}', apiKey: ${KEY} }\n`,
  );
  const log = createLogLines();
  const webFolder = join(import.meta.dirname, '../../dist');
  const gatehouse = createGatehouse({ mods: MOD_LIST, webFolder, log: log.log });
  onTestFinished(async () => {
    await gatehouse.close(500);
    await jellyfin.close();
  });
  await gatehouse.apply(
    await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS }),
  );
  await gatehouse.listen('127.0.0.1', port);

  const ask = async (request: string, client: string, headers = '', body = ''): Promise<number> =>
    statusOf(
      await sendRaw(
        port,
        `${request} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${client}\r\n${headers}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        5_000,
      ),
    );
  const reached = (): number => jellyfin.journal.filter(({ path }) => path === '/System/Restart').length;

  // Before: Jellyfin would restart for anybody.
  await vi.waitFor(() => expect(log.events()).toContain('known-proxies-missing'));
  expect(await ask('POST /System/Restart', '203.0.113.9')).toBe(403);
  expect(reached()).toBe(0);

  // The admin, far away, does what the log says.
  const network = { KnownProxies: ['127.0.0.1'] };
  const json = `${ADMIN}Content-Type: application/json\r\n`;
  const path = 'POST /System/Configuration/network';
  expect(await ask(path, '203.0.113.9', json, JSON.stringify(network))).toBe(204);
  expect(await ask('POST /System/Restart', '203.0.113.9', ADMIN)).toBe(204);
  expect(reached()).toBe(1);

  // After: found out within seconds of its return, and Jellyfin itself refuses the guest.
  await vi.waitFor(
    async () => {
      await ask('GET /System/Info/Public', '203.0.113.9');
      expect(log.events()).toContain('known-proxies-fine');
    },
    { timeout: 10_000, interval: 100 },
  );
  expect(await ask('POST /System/Restart', '203.0.113.9')).toBe(401);
  expect(reached()).toBe(2);
  expect(log.text()).not.toContain(KEY);
}, 20_000);
