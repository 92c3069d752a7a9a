import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { exchangeRaw, type RawAnswer } from '../../recordings/raw-exchange.ts';
import { createFront, type Front } from '../front.ts';

const FILM = Buffer.from(Array.from({ length: 5_000 }, (_one, index) => (index * 31) % 256));
const KEY = 'a'.repeat(32);
const AUTH = `Authorization: MediaBrowser Token="${KEY}"`;
const ETAG = /^etag: (.*)$/i;

/** Everything but what differs with each answer or belongs to the connection. */
function comparable({ status, headers, body }: RawAnswer): unknown {
  const varies = /^(date|x-response-time-ms|connection|keep-alive|transfer-encoding):/i;
  return {
    status,
    headers: headers.filter((line) => !varies.test(line)),
    body: body.toString('latin1').replace(/"traceId":"[^"]+"/, ''),
  };
}

describe.each(['10.8.13', '10.10.7', '10.11.11', '12.0'] as const)(
  'Jellyfin %s, asked directly and through Gatehouse',
  (version) => {
    let fake: FakeJellyfin;
    let front: Front;
    beforeAll(async () => {
      const modified = new Date('2026-11-22T01:30:07.000Z');
      fake = await createFakeJellyfin({
        version,
        apiKeys: [KEY],
        knownProxies: ['127.0.0.1'],
        webFiles: { read: (path) => (path === 'film.mp4' ? { bytes: FILM, modified } : undefined) },
      });
      front = await createFront(fake.port);
    });
    afterAll(async () => {
      await front.close();
      await fake.close();
    });

    const both = async (line: string, lines: readonly string[] = [], body = '') => {
      const head = [`${line} HTTP/1.1`, 'Host: jellyfin.example', ...lines];
      if (body !== '')
        head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
      const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
      const isHead = line.startsWith('HEAD');
      const direct = await exchangeRaw(fake.port, bytes, isHead);
      return { direct, through: await exchangeRaw(front.port, bytes, isHead) };
    };

    it.each([
      ...[
        '',
        'Range: bytes=0-0',
        'Range: bytes=100-199',
        'Range: bytes=4990-',
        'Range: bytes=-10',
        'Range: bytes=0-1,10-19',
      ],
      ...[
        'Range: bytes=5000-',
        'Range: bytes=9-3',
        'Range: items=0-1',
        'If-Modified-Since: Sun, 22 Nov 2026 01:30:07 GMT',
      ],
      ...[
        'If-Modified-Since: Sat, 21 Nov 2026 01:30:07 GMT',
        'If-Unmodified-Since: Sat, 21 Nov 2026 01:30:07 GMT',
      ],
      ...['If-None-Match: "other"', 'If-Match: "other"', 'If-None-Match: *', 'Accept-Encoding: br, gzip'],
    ])('a file with %j', async (line) => {
      for (const method of ['GET', 'HEAD']) {
        const { direct, through } = await both(`${method} /web/film.mp4`, line === '' ? [] : [line]);
        expect(comparable(through)).toEqual(comparable(direct));
      }
    });

    it('a file with its own tag, and a range under a condition', async () => {
      const { direct } = await both('GET /web/film.mp4');
      const tag = direct.headers.map((line) => ETAG.exec(line)?.[1]).find((found) => found !== undefined);
      for (const lines of [
        [`If-None-Match: ${tag}`],
        [`If-Match: ${tag}`],
        ['Range: bytes=0-9', `If-Range: ${tag}`],
        ['Range: bytes=0-9', 'If-Range: "other"'],
      ]) {
        const asked = await both('GET /web/film.mp4', lines);
        expect(comparable(asked.through), lines.join()).toEqual(comparable(asked.direct));
      }
    });

    it.each([
      ...[
        'GET /System/Info/Public',
        'GET /System/Ping',
        'POST /System/Ping',
        'GET /Users/Public',
        'GET /Users',
        'GET /Users/Me',
      ],
      ...[
        'GET /nothing/here',
        'GET /web/nothing.js',
        'GET /web',
        'GET /',
        'HEAD /System/Info/Public',
        'OPTIONS /Users',
      ],
      ...[
        'DELETE /Users/1',
        'PUT /Users',
        'PATCH /Users',
        'GET /system/INFO/public/',
        'GET /%53ystem/Info/Public',
        'GET /System%2FInfo',
      ],
      ...['GET /QuickConnect/Enabled', 'GET /health', 'GET /Branding/Splashscreen'],
    ])('%s', async (line) => {
      for (const lines of [[], [AUTH], ['Origin: https://elsewhere.example'], ['Accept: text/html']]) {
        const { direct, through } = await both(line, lines);
        expect(comparable(through), lines.join()).toEqual(comparable(direct));
      }
    });

    it('a sign-in that fails, with a body of any kind', async () => {
      for (const body of ['{"Username":"nobody","Pw":"x"}', '{', '[]', '"x"', 'null']) {
        const { direct, through } = await both('POST /Users/AuthenticateByName', [AUTH], body);
        expect(comparable(through), body).toEqual(comparable(direct));
      }
    });
  },
);
