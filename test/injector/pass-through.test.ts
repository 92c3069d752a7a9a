import { createHash, randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInjector } from '../../injector/create-injector.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { modList } from '../support/mods/mod-list.ts';
import { listen, shut } from '../support/network/listen.ts';
import { sendRaw, statusOf } from '../support/network/raw-http.ts';

/** What Jellyfin gets and answers, scripted by each test. */
let script: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
  response.end();
const upstream = http.createServer((request, response) => {
  if (request.url === '/System/Info/Public') response.end('{"Version":"10.11.11"}');
  else script(request, response);
});
const log = createKeptLog();
const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
let upstreamPort = 0;
let port = 0;

beforeAll(async () => {
  upstreamPort = await listen(upstream);
  const jellyfinUrl = `http://127.0.0.1:${upstreamPort}`;
  await injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods: {} }, undefined);
  port = await listen(injector.server);
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await shut(upstream);
});

/** Status line and headers without the hop-by-hop ones and Date, and the body, of a raw answer. */
function endToEnd(raw: string): string[] {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const lines = head
    .split('\r\n')
    .filter((line) => !/^(connection|keep-alive|transfer-encoding|date):/i.test(line));
  return [...lines, body.join('\r\n\r\n')];
}

async function both(request: string): Promise<{ direct: string[]; through: string[] }> {
  return {
    direct: endToEnd(await sendRaw(upstreamPort, request)),
    through: endToEnd(await sendRaw(port, request)),
  };
}

const HEAD = 'Host: media.example.org\r\nConnection: close\r\n';

describe('what is not rewritten arrives byte for byte as Jellyfin sent it', () => {
  it('with order, spelling and repetition of headers', async () => {
    script = (_request, response) => {
      response.writeHead(203, 'Odd Reason', [
        ...[
          'X-Second',
          '2',
          'x-FIRST',
          '1',
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'b=2; Path=/',
          'ETag',
          '"strong"',
        ],
        ...[
          'Content-Type',
          'application/json; charset=utf-8',
          'X-Response-Time-ms',
          '1.25',
          'Content-Length',
          '7',
        ],
      ]);
      response.end('{"a":1}');
    };
    const { direct, through } = await both(`GET /Items HTTP/1.1\r\n${HEAD}\r\n`);
    expect(through).toEqual(direct);
    expect(through[0]).toBe('HTTP/1.1 203 Odd Reason');
  });

  it.each([204, 206, 301, 304, 401, 404, 412, 416, 500, 503])('with status %i', async (status) => {
    script = (_request, response) => {
      response.writeHead(status, {
        'Content-Range': 'bytes 0-1/2',
        ...(status > 206 ? { Location: 'web/' } : {}),
      });
      response.end(status === 204 || status === 304 ? undefined : 'xy');
    };
    const { direct, through } = await both(`GET /Videos/1/stream HTTP/1.1\r\n${HEAD}\r\n`);
    expect(through[0]).toBe(direct[0]);
    expect(through.slice(1, -1)).toEqual(direct.slice(1, -1));
  });

  it('over HTTP/1.0, and for HEAD', async () => {
    script = (request, response) => {
      response.writeHead(200, { 'Content-Length': 5 });
      response.end(request.method === 'HEAD' ? undefined : 'hello');
    };
    for (const line of ['GET / HTTP/1.0', 'HEAD / HTTP/1.1']) {
      const { direct, through } = await both(`${line}\r\n${HEAD}\r\n`);
      expect(through.slice(1), line).toEqual(direct.slice(1));
    }
  });

  it('with 20 MB of any bytes in both directions', async () => {
    script = (request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      request.pipe(response);
    };
    const sent = randomBytes(20 * 1024 * 1024);
    const answer = await fetch(`http://127.0.0.1:${port}/upload`, { method: 'POST', body: sent });
    const received = Buffer.from(await answer.arrayBuffer());
    const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(sha(received)).toBe(sha(sent));
  });

  it('with the request line as it was typed', async () => {
    let seen = '';
    script = (request, response) => {
      seen = request.url ?? '';
      response.end();
    };
    const typed = '/Items/a%2Fb%20c/%C3%A9%c3%a4/./x?x=%C3%A4&y=[1]';
    await sendRaw(port, `GET ${typed} HTTP/1.1\r\n${HEAD}\r\n`);
    expect(seen).toBe(typed);
  });
});

describe('what Jellyfin is told of the client', () => {
  it('is its one address, whatever it claims, and no hop-by-hop header', async () => {
    let seen: IncomingMessage['headers'] = {};
    script = (request, response) => {
      seen = request.headers;
      response.end();
    };
    const claims = [
      ...['X-Forwarded-For: 192.168.1.5', 'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Proto: https'],
      ...[
        'X-Forwarded-Host: evil.example',
        'Forwarded: for=1.2.3.4',
        'X-Real-IP: 1.2.3.4',
        'True-Client-IP: 1.2.3.4',
      ],
      ...[
        'Connection: close, X-Hop, X-Forwarded-For',
        'X-Hop: 1',
        'TE: trailers',
        'Authorization: MediaBrowser Token="t"',
      ],
    ];
    await sendRaw(port, `GET / HTTP/1.1\r\nHost: media.example.org\r\n${claims.join('\r\n')}\r\n\r\n`);
    expect(seen).toMatchObject({
      host: 'media.example.org',
      authorization: 'MediaBrowser Token="t"',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'media.example.org',
    });
    for (const name of ['forwarded', 'x-real-ip', 'true-client-ip', 'x-hop', 'te'])
      expect(seen[name], name).toBeUndefined();
  });
});

describe('when Jellyfin fails', () => {
  it('an answer that breaks off is never taken for a whole one', async () => {
    script = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    };
    await expect(fetch(`http://127.0.0.1:${port}/film`).then((answer) => answer.text())).rejects.toThrow();
  });

  it('a person gets a page that asks again, in their language, and a program one line', async () => {
    script = (request) => request.socket.destroy();
    const page = await fetch(`http://127.0.0.1:${port}/x`, {
      headers: { accept: 'text/html', 'accept-language': 'de' },
    });
    expect(page.status).toBe(502);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).toContain('Jellyfin ist nicht erreichbar');
    const line = await fetch(`http://127.0.0.1:${port}/x`);
    expect(await line.text()).toBe('Jellyfin is not reachable.\n');
  });

  it('a client that goes away ends the request to Jellyfin within a second', async () => {
    const gone = Promise.withResolvers<number>();
    script = (request) => {
      const start = Date.now();
      request.socket.on('close', () => gone.resolve(Date.now() - start));
    };
    const abort = new AbortController();
    const asked = fetch(`http://127.0.0.1:${port}/slow`, { signal: abort.signal }).catch(() => undefined);
    setTimeout(() => abort.abort(), 100);
    expect(await gone.promise).toBeLessThan(1100);
    await asked;
  });
});

it.each(['/gatehouse/reset', '/gatehouse/', '/gatehouse'])(
  'answers 404 with a sentence at %s when there is no reset service',
  async (path) => {
    const answer = await sendRaw(port, `GET ${path} HTTP/1.1\r\n${HEAD}\r\n`);
    expect(statusOf(answer)).toBe(404);
    expect(answer).toContain('text/plain');
    expect(answer).toMatch(/\r\n\r\nThere is no page here: this server has no password reset service\.\n$/);
    const head = await sendRaw(port, `HEAD ${path} HTTP/1.1\r\n${HEAD}\r\n`);
    expect([statusOf(head), head.endsWith('\r\n\r\n')]).toEqual([404, true]);
  },
);
