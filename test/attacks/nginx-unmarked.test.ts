import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/files/temp-folder.ts';
import { generateNginx } from '../support/network/generated-nginx.ts';
import { startWatchedNginx } from '../support/network/kept-page.ts';
import { listen, shut } from '../support/network/listen.ts';

describe('what is not marked is never kept, whatever it says of itself', () => {
  /** Answers in Gatehouse's place. */
  async function startBefore(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    httpLines = '',
  ) {
    const server = createServer(answer);
    onTestFinished(() => shut(server));
    const config = join(await tempFolder(), 'config.yaml');
    await writeFile(
      config,
      `listen: { host: 127.0.0.1, port: ${await listen(server)} }\njellyfin: { url: http://127.0.0.1:1 }\n`,
    );
    return await startWatchedNginx(`${httpLines}\n${await generateNginx(config, 'full')}`);
  }
  const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000', Expires: 'Fri, 31 Dec 2100 00:00:00 GMT' };
  const MARKED = { 'X-Accel-Expires': '1', 'X-Accel-Buffering': 'yes' };

  it.each([
    ['a page that may be kept for ever', 200, FOR_EVER],
    ['a lasting redirect', 301, { ...FOR_EVER, Location: '/web/' }],
    ['what is not found', 404, FOR_EVER],
    ['what is gone', 410, FOR_EVER],
    ['an error', 500, FOR_EVER],
    ['being away', 503, { ...FOR_EVER, 'Retry-After': '1' }],
    ['a marked page with a cookie', 200, { ...MARKED, 'Set-Cookie': 'a=b' }],
    ['a marked page that varies with all', 200, { ...MARKED, Vary: '*' }],
  ] as const)('%s', async (_what, status, headers) => {
    let answered = 0;
    const nginx = await startBefore((_request, response) => {
      answered += 1;
      response.writeHead(status, headers as OutgoingHttpHeaders).end(`answer ${answered}`);
    });
    for (let n = 1; n <= 3; n += 1) {
      const { body, status: arrived } = await nginx.ask('/web/');
      expect([arrived, String(body)]).toEqual([status, `answer ${n}`]);
    }
  });

  it('a page, where the http block around would keep everything, also while Gatehouse is away', async () => {
    let answered = 0;
    const nginx = await startBefore((_request, response) => {
      answered += 1;
      if (answered > 1) response.socket?.destroy();
      else response.writeHead(200, MARKED).end('marked');
    }, 'proxy_cache_valid any 10m; proxy_cache_use_stale error updating http_502; proxy_cache_revalidate on;');
    expect(String((await nginx.ask('/web/')).body)).toBe('marked');
    await wait(2_050);
    expect((await nginx.ask('/web/')).status).toBe(502);
    expect((await nginx.ask('/web/')).cache).not.toBe('HIT');
  });

  it('an answer that breaks off', async () => {
    let answered = 0;
    const nginx = await startBefore((_request, response) => {
      answered += 1;
      response.writeHead(200, { ...MARKED, 'Content-Length': 100 });
      if (answered > 1) response.end('x'.repeat(100));
      else response.write('half', () => response.destroy());
    });
    await nginx.ask('/web/').catch(() => undefined);
    expect(String((await nginx.ask('/web/')).body)).toBe('x'.repeat(100));
  });

  it('and nginx asks for a mark where it would keep, whatever the client says', async () => {
    const asked: (string | string[] | undefined)[] = [];
    const nginx = await startBefore(({ headers }, response) => {
      asked.push(headers['gatehouse-cache']);
      response.end('x');
    });
    for (const path of ['/web/', '/web/index.html', '/web/?x', '/web/index.html;x', '/System/Info'])
      await nginx.ask(path, { 'Gatehouse-Cache': 'evil' });
    expect(asked).toEqual(['gatehouse_page', 'gatehouse_page', undefined, undefined, undefined]);
  });
});
