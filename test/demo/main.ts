import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { createLogger } from '../../server/log/log.ts';
import { createGatehouse } from '../../server/program/gatehouse.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { makeLikeJellyfin } from '../support/jellyfin/folder-accounts.ts';
import { administratorToken } from '../support/jellyfin/subject.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { freePort } from '../support/network/free-port.ts';
import { createInboxPage } from './inbox-page.ts';
import { type DemoOptions, readDemoOptions } from './options.ts';
import { DEMO_USERS } from './users.ts';

/** Starts everything, prints where to click, and takes it down again on Ctrl+C. */
async function runDemo(options: DemoOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'));
  const apiKey = randomBytes(16).toString('hex');
  const jellyfin = await createFakeJellyfin({
    version: options.version,
    port: options.jellyfinPort,
    users: DEMO_USERS,
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    serverName: 'Demo Server',
    // As long as a real server takes, so that the page's waiting can be seen.
    hashMs: 250,
  });
  const inbox = await createSmtpInbox();
  const inboxPage = createInboxPage(inbox);
  const storagePath = join(folder, 'gatehouse.db');
  const storage = await openStorage(storagePath);
  for (const { name } of DEMO_USERS) {
    const userId = jellyfin.user(name).id;
    await storage.contacts.set({ userId, userName: name, channel: 'email', address: `${name}@example.org` });
  }
  await storage.close();
  await listenOn(inboxPage, options.inboxPort, '--inbox-port');

  // Like an admin's: a file, loaded as `npm start` loads it. The port is settled first, since links name it.
  const key =
    options.version === '10.8.13' ? await administratorToken(jellyfin.url, 'admin', 'admin') : apiKey;
  await makeLikeJellyfin(jellyfin.dataFolder);
  const power = options.isKeyless ? `dataFolder: '${jellyfin.dataFolder}'` : `apiKey: ${key}`;
  const port = options.port === 0 ? await freePort() : options.port;
  const url = `http://127.0.0.1:${port}`;
  const configPath = join(folder, 'config.yaml');
  await writeFile(
    configPath,
    `listen: { host: 127.0.0.1, port: ${port} }
public: { url: '${url}' }
jellyfin: { url: '${jellyfin.url}', ${power} }
reset: { method: ${options.method} }
mail: { url: '${inbox.url}', from: Demo Server <noreply@example.org> }
storage: ${storagePath}
mods:
${options.show === undefined ? '' : `  forgot-password: { show: ${options.show} }\n`}  login-notice: { text: 'This is a demo. Sign in as **alice** with the password *alice*, or forget it.' }
`,
  );
  const log = createLogger(process.env['GATEHOUSE_DEMO_LOG'] ?? 'warn');
  const gatehouse = createGatehouse({ mods: MODS, webFolder: join(import.meta.dirname, '../../dist'), log });
  await gatehouse.apply(await loadConfig({ configPath, environment: {}, mods: MODS, channels: CHANNELS }));
  await gatehouse.listen('127.0.0.1', port);

  const inboxUrl = `http://127.0.0.1:${(inboxPage.address() as AddressInfo).port}/`;
  process.stdout.write(
    `login     ${url}/web/index.html   press Forgot Password, enter alice\n` +
      `inbox     ${inboxUrl}   the message arrives here; press its button\n` +
      `jellyfin  ${jellyfin.url}/web/index.html   the same server without Gatehouse, to compare\n`,
  );

  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) process.exit(1);
    isEnding = true;
    inboxPage.close();
    inboxPage.closeAllConnections();
    await gatehouse.close(500);
    await Promise.all([inbox.close(), jellyfin.close()]);
    await rm(folder, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGINT', () => void end());
  process.on('SIGTERM', () => void end());
}

async function listenOn(
  server: ReturnType<typeof createInboxPage>,
  port: number,
  option: string,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is taken; choose another with ${option} (0 = any free one).`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

try {
  await runDemo(readDemoOptions(process.argv.slice(2)));
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const hint = isTaken ? ' Choose other ports with --port and --jellyfin-port (0 = any free one).' : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
  process.exit(1);
}
