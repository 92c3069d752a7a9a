import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { generateNginx, startGeneratedNginx } from '../../support/network/generated-nginx.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

/** A server that says its name and what it was asked. */
async function startNamed(name: string): Promise<number> {
  const server = createServer((request, response) => void response.end(`${name} ${request.url}`));
  onTestFinished(() => shut(server));
  return await listen(server);
}

it('below a path that nginx strips, what is behind it arrives byte for byte, and only by names of ours', async () => {
  const [gatehouse, jellyfin] = [await startNamed('gatehouse'), await startNamed('jellyfin')];
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(
    config,
    `listen: { host: 127.0.0.1, port: ${gatehouse} }
public: { url: https://a.example/jf/jellyfin, hosts: [nas.local] }
jellyfin: { url: 'http://127.0.0.1:${jellyfin}/jellyfin' }
`,
  );
  const nginx = await startGeneratedNginx(await generateNginx(config, 'split'));
  onTestFinished(() => nginx.close());
  const ask = async (path: string, host = 'nas.local'): Promise<string> => {
    const answer = await sendRaw(
      nginx.port,
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      5_000,
    );
    const said = /(?:gatehouse|jellyfin) \/\S*/.exec(answer.split('\r\n\r\n')[1] ?? '')?.[0];
    return said ?? String(statusOf(answer));
  };

  expect(await ask('/jf/jellyfin/Items/1?a=%2F')).toBe('jellyfin /jellyfin/Items/1?a=%2F');
  expect(await ask('/jf/jellyfin/', 'A.example')).toBe('gatehouse /jellyfin/');
  expect(await ask('/jf/jellyfin/%55sers/./x%2fy')).toBe('gatehouse /jellyfin/%55sers/./x%2fy');
  expect(await ask('/jf/x/..%2fjellyfin/System/Restart')).toBe('gatehouse /x/..%2fjellyfin/System/Restart');
  expect(await ask('/jf/jellyfin/System/Restart')).toBe('gatehouse /jellyfin/System/Restart');
  // Files of the web client that Gatehouse keeps, wherever they are below it, and what only looks like one.
  expect(await ask('/jf/jellyfin/WEB/themes/web/a.css?x=.mkv')).toBe(
    'gatehouse /jellyfin/WEB/themes/web/a.css?x=.mkv',
  );
  for (const path of ['/jellyfin/web/a.js/b', '/jellyfin/Items/web.js', '/jellyfin/web/a.mkv?x=.js'])
    expect(await ask(`/jf${path}`)).toBe(`jellyfin ${path}`);
  expect(await ask('/jf')).toBe('301');
  expect(await ask('/System/Restart')).toBe('404');
  expect(await ask('/jf/jellyfin/Items/1', 'evil.example')).toBe('421');
});
