import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import {
  BEGINNING,
  FILM,
  type MediaServer,
  REST_BYTES,
  startMediaServer,
} from '../../support/jellyfin/media-server.ts';
import { startCaddy } from '../../support/network/caddy.ts';
import { freePort } from '../../support/network/free-port.ts';
import { generateFront } from '../../support/network/generated-front.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { startProgram } from '../../support/program/program.ts';

/** Answered, guarded, our own, a sign-in that the throttle would hold, and spellings that are not plain. */
const CLOSED = [
  '/System/Restart',
  '/Users/ForgotPassword',
  '/Startup/User',
  '/gatehouse/health',
  '/Users/AuthenticateByName',
  '/x/%2e%2e/System/Restart',
  '//System/Restart',
];

/** What Jellyfin's place was asked, but for what Gatehouse asks by itself. */
const askedOf = ({ asked }: MediaServer) => asked.filter((target) => target !== '/System/Info/Public');

it('while Gatehouse is killed a film through Caddy goes on, the client opens, and what is guarded stays closed', {
  timeout: 90_000,
}, async () => {
  const media = await startMediaServer();
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(
    config,
    `listen: { host: 127.0.0.1, port: ${await freePort()}, trustedProxies: [127.0.0.1] }
jellyfin: { url: 'http://127.0.0.1:${media.port}' }
loginThrottle: { enabled: true }
cache: { web: false }
`,
  );
  const gatehouse = await startProgram(['--config', config]);
  const caddy = await startCaddy(await generateFront('caddy', config, false, '127.0.0.1', 'split'));
  onTestFinished(() => caddy.close());
  const url = `http://127.0.0.1:${caddy.port}`;
  const film = await fetch(`${url}${FILM}`);
  const reader = (film.body as ReadableStream<Uint8Array>).getReader();
  let bytes = (await reader.read()).value?.length ?? 0;

  await gatehouse.end('SIGKILL');
  media.asked.length = 0;
  expect((await fetch(`${url}/web/index.html`)).status).toBe(200);
  expect((await fetch(`${url}/Items/1/Images/Primary`)).status).toBe(200);
  expect(askedOf(media)).toEqual(['/web/index.html', '/Items/1/Images/Primary']);
  media.asked.length = 0;
  for (const path of CLOSED)
    expect([path, (await fetch(`${url}${path}`, { method: 'POST', body: '{}' })).status]).toEqual([
      path,
      503,
    ]);
  expect(askedOf(media)).toEqual([]);

  media.goOn();
  for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
  expect(bytes).toBe(BEGINNING.length + REST_BYTES);
});

it('below a path that Caddy takes off, what is behind it arrives as it came, and only by names of ours', async () => {
  const [gatehouse, jellyfin] = [await startMediaServer(), await startMediaServer()];
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(
    config,
    `listen: { host: 127.0.0.1, port: ${gatehouse.port} }
public: { url: https://a.example/jf/jellyfin, hosts: ['127.0.0.1'] }
jellyfin: { url: 'http://127.0.0.1:${jellyfin.port}/jellyfin' }
`,
  );
  const text = await generateFront('caddy', config, false, '127.0.0.1', 'split');
  // As of somebody whose site takes every name.
  const caddy = await startCaddy(text.replace('http://127.0.0.1 {', 'http:// {'));
  onTestFinished(() => caddy.close());
  const ask = async (path: string, host = '127.0.0.1'): Promise<string> => {
    for (const { asked } of [gatehouse, jellyfin]) asked.length = 0;
    const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const status = statusOf(await sendRaw(caddy.port, request, 5_000));
    const [[ours], [theirs]] = [gatehouse.asked, jellyfin.asked];
    return ours === undefined
      ? theirs === undefined
        ? `${status}`
        : `jellyfin ${theirs}`
      : `gatehouse ${ours}`;
  };
  expect(await ask('/jf/jellyfin/Items/1?a=%2F')).toBe('jellyfin /jellyfin/Items/1?a=%2F');
  expect(await ask('/jf/jellyfin/', 'A.example')).toBe('gatehouse /jellyfin/');
  expect(await ask('/jf/jellyfin/x%2fy')).toBe('gatehouse /jellyfin/x%2fy');
  expect(await ask('/jf/jellyfin/System/Restart')).toBe('gatehouse /jellyfin/System/Restart');
  expect(await ask('/jf')).toBe('301');
  expect(await ask('/System/Restart')).toBe('404');
  expect(await ask('/jf/jellyfin/Items/1', 'evil.example')).toBe('421');
});
