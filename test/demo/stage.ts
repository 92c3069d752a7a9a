import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { modNameOf } from '../../injector/kit/entries.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { createLogger } from '../../server/log/log.ts';
import { createGatehouse } from '../../server/program/gatehouse.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { makeLikeJellyfin } from '../support/jellyfin/folder-accounts.ts';
import { administratorToken } from '../support/jellyfin/subject.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { freePort } from '../support/network/free-port.ts';
import { listen, shut } from '../support/network/listen.ts';
import { drawFilesOf, modsFor } from './demo-mods.ts';
import { DEMO_FILMS } from './films.ts';
import { DEMO_USERS, type Guide, writeGuide } from './guide.ts';
import { createInboxPage } from './inbox-page.ts';
import type { DemoOptions } from './options.ts';
import type { ChosenPorts } from './ports.ts';

/** A demo that runs. */
export interface Demo {
  readonly guide: Guide;
  /** Of the mail server behind the inbox. */
  readonly mailUrl: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Where a visitor from outside seems to be: an address that is nobody's. Source: RFC 5737. */
const OUTSIDE = '203.0.113.7';

/**
 * Starts everything: the pretend Jellyfin, the inbox, and Gatehouse with a config file as an admin would write it.
 *
 * @param folder A folder of its own, which holds all it writes, with the built browser parts in `web/`.
 * @throws {Error} when a part cannot start; those that did are closed again.
 */
export async function startDemo(
  options: DemoOptions,
  ports: ChosenPorts['ports'],
  folder: string,
): Promise<Demo> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    // The last that was opened first: Gatehouse before what it talks to.
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const dataFolder = join(folder, 'jellyfin');
    await mkdir(dataFolder);
    const apiKey = randomBytes(16).toString('hex');
    const jellyfin = await createFakeJellyfin({
      version: options.version,
      port: ports.jellyfin,
      users: DEMO_USERS,
      apiKeys: [apiKey],
      knownProxies: [HOST],
      serverName: 'Demo Server',
      media: DEMO_FILMS,
      dataFolder,
      // As long as a real server takes, so that the page's waiting can be seen.
      hashMs: 250,
    });
    closing.push(() => jellyfin.close());
    const inbox = await createSmtpInbox();
    closing.push(() => inbox.close());
    const storage = join(folder, 'gatehouse.db');
    await keepAddresses(storage, jellyfin);

    const login = `http://${HOST}:${ports.login}`;
    const guide = writeGuide(options, {
      inbox: `http://${HOST}:${ports.inbox}/`,
      login: `${login}/web/index.html`,
      jellyfin: `${jellyfin.url}/web/index.html`,
    });
    const modsOn = new Set<string>();
    const given = new Map(DEMO_USERS.map(({ name, password }) => [name, password]));
    const hasOtherPassword = (name: string) => jellyfin.user(name).password !== given.get(name);
    const page = createInboxPage(inbox, guide, modsOn, hasOtherPassword);
    await listen(page, ports.inbox);
    closing.push(() => shut(page));

    const key =
      options.version === '10.8.13' ? await administratorToken(jellyfin.url, 'admin', 'admin') : apiKey;
    await makeLikeJellyfin(dataFolder);
    const port = options.isOutside ? await freePort() : ports.login;
    const configPath = join(folder, 'config.yaml');
    const config = {
      listen: { host: HOST, port, trustedProxies: options.isOutside ? [HOST] : [] },
      public: { url: login },
      jellyfin: { url: jellyfin.url, ...(options.isKeyless ? { dataFolder } : { apiKey: key }) },
      reset: { method: options.method },
      mail: { url: inbox.url, from: 'Demo Server <noreply@example.org>' },
      storage,
      mods: modsFor(options, guide),
    };
    await drawFilesOf(options.mods, folder);
    // JSON is YAML too.
    await writeFile(configPath, JSON.stringify(config, null, 2));
    const log = createLogger(process.env['GATEHOUSE_DEMO_LOG'] ?? 'error');
    const gatehouse = createGatehouse({ mods: MOD_LIST, webFolder: join(folder, 'web'), log });
    closing.push(() => gatehouse.close(500));
    const loaded = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
    for (const id of Object.keys(loaded.enabledMods)) modsOn.add(modNameOf(id));
    await gatehouse.apply(loaded);
    await gatehouse.listen(HOST, port);
    if (options.isOutside) {
      const front = createFront(`http://${HOST}:${port}`);
      await listen(front, ports.login);
      closing.push(() => shut(front));
    }
    return { guide, mailUrl: inbox.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function keepAddresses(path: string, jellyfin: FakeJellyfin): Promise<void> {
  const storage = await openStorage(path);
  for (const { name } of DEMO_USERS) {
    const userId = jellyfin.user(name).id;
    await storage.contacts.set({ userId, userName: name, channel: 'email', address: `${name}@example.org` });
  }
  await storage.close();
}

/** A reverse proxy that reports everybody as somebody from outside. */
function createFront(target: string): Server {
  const pass = createProxyMiddleware({
    target,
    xfwd: false,
    headers: { 'X-Forwarded-For': OUTSIDE, 'X-Forwarded-Proto': 'http' },
  });
  const server = createServer((request, response) => void pass(request, response, () => undefined));
  server.on('upgrade', (request, socket, head) => pass.upgrade(request, socket as Socket, head));
  return server;
}
