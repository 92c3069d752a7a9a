import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import http, { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/files/temp-folder.ts';
import { freePort } from '../support/network/free-port.ts';
import { CLIENT_HEADER, generateNginx, startGeneratedNginx } from '../support/network/generated-nginx.ts';
import { listen, shut } from '../support/network/listen.ts';
import { startProgram } from '../support/program/program.ts';

const SIGN_IN = JSON.stringify({ Username: 'alice', Pw: 'alice-pw-1' });
/** Answered, guarded or our own, and spellings that are not plain. */
const CLOSED = [
  '/System/Restart',
  '/Users/ForgotPassword',
  '/Startup/User',
  '/gatehouse/health',
  '/x/%2e%2e/System/Restart',
  '//System/Restart',
];
const FILM_BYTES = 8 * 1024 * 1024;

/** A server in Jellyfin's place that keeps what it is asked, and sends half of a film until it is told to go on. */
async function startMedia() {
  const asked: string[] = [];
  let isBreakingOff = false;
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(
      `${request.method} ${request.url} ${body} for ${request.headers['x-forwarded-for']}`.replace('  ', ' '),
    );
    if (isBreakingOff) response.destroy();
    else if (request.url === '/System/Info/Public') {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({
          Version: '10.11.11',
          ServerName: 'x',
          StartupWizardCompleted: true,
          ProductName: 'Jellyfin Server',
          Id: 'a'.repeat(32),
        }),
      );
    } else if (request.url?.startsWith('/Videos/')) {
      response.writeHead(200, { 'Content-Length': FILM_BYTES });
      response.write(Buffer.alloc(FILM_BYTES / 2, 1));
      await told;
      response.end(Buffer.alloc(FILM_BYTES / 2, 2));
    } else {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end('from Jellyfin');
    }
  }
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return {
    port,
    asked,
    goOn,
    breakOff(isWanted: boolean) {
      isBreakingOff = isWanted;
    },
  };
}

/** That server with Gatehouse as a process of its own, and nginx in front with the generated configuration. */
async function startAll() {
  const media = await startMedia();
  const port = await freePort();
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(
    config,
    `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
jellyfin: { url: 'http://127.0.0.1:${media.port}' }
loginThrottle: { enabled: true }
cache: { web: false }
`,
  );
  const gatehouse = await startProgram(['--config', config]);
  const nginx = await startGeneratedNginx(await generateNginx(config, 'split'));
  onTestFinished(() => nginx.close());
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${nginx.port}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { [CLIENT_HEADER]: '203.0.113.7', 'X-Forwarded-For': '192.168.1.2', ...init.headers },
    });
  const signIn = (): Promise<Response> =>
    ask('/Users/AuthenticateByName', {
      method: 'POST',
      body: SIGN_IN,
      headers: { 'Content-Type': 'application/json' },
    });
  return { media, gatehouse, gatehousePort: port, nginx, ask, signIn };
}

const signInFrom = (client: string): string => `POST /Users/AuthenticateByName ${SIGN_IN} for ${client}`;

it('while Gatehouse is killed under load, films and sign-ins go on, and nothing gets past it that it guards', {
  timeout: 120_000,
}, async () => {
  const { media, gatehouse, gatehousePort, nginx, ask, signIn } = await startAll();
  expect((await signIn()).status).toBe(200);
  expect(media.asked).toContain(signInFrom('203.0.113.7'));
  expect((await ask('/Startup/User')).status).toBe(404);

  // What Gatehouse itself says of a Jellyfin that is away is not replaced.
  media.breakOff(true);
  const away = await signIn();
  expect([away.status, await away.text()]).toEqual([502, 'Jellyfin is not reachable.\n']);
  media.breakOff(false);

  const film = http.get(`http://127.0.0.1:${nginx.port}/Videos/1/stream.mkv`);
  const [response] = (await once(film, 'response')) as [IncomingMessage];
  const statuses = new Set<number>();
  let isLoaded = true;
  const load = Array.from({ length: 4 }, async () => {
    while (isLoaded) statuses.add((await ask('/Items/1/Images/Primary')).status);
  });
  await gatehouse.end('SIGKILL');
  isLoaded = false;
  await Promise.all(load);
  expect([...statuses]).toEqual([200]);

  media.asked.length = 0;
  expect((await signIn()).status).toBe(200);
  expect(media.asked).toEqual([signInFrom('203.0.113.7')]);
  expect(await (await ask('/web/index.html')).text()).toBe('from Jellyfin');
  media.asked.length = 0;
  for (const path of CLOSED)
    expect([path, (await ask(path, { method: 'POST' })).status]).toEqual([path, 503]);
  expect(media.asked).toEqual([]);

  media.goOn();
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(FILM_BYTES);

  // What reached Gatehouse and was broken off there would get past the throttle.
  const broken = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.destroy());
  });
  broken.listen(gatehousePort, '127.0.0.1');
  await once(broken, 'listening');
  onTestFinished(() => void broken.close());
  media.asked.length = 0;
  expect((await signIn()).status).toBe(503);
  expect(media.asked).toEqual([]);
});
