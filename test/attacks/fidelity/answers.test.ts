import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFront, type Front } from '../front.ts';
import { createScriptedUpstream, type ScriptedUpstream } from '../scripted-upstream.ts';
import { exchange } from '../smuggling/sockets.ts';

let upstream: ScriptedUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createScriptedUpstream();
  front = await createFront(upstream.port);
});
afterAll(async () => {
  await front.close();
  await upstream.close();
});

/** Status line, end-to-end header lines in their order, and the body without its chunks. */
function endToEnd(raw: string): string[] {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, end).split('\r\n');
  const isChunked = lines.some((line) => /^transfer-encoding: *chunked$/i.test(line));
  const body = raw.slice(end + 4);
  return [
    ...lines.filter((line) => !/^(connection|keep-alive|transfer-encoding|trailer):/i.test(line)),
    isChunked ? withoutChunks(body) : body,
  ];
}

function withoutChunks(body: string): string {
  let rest = body;
  let found = '';
  for (;;) {
    const line = /^([0-9a-f]+)[^\r]*\r\n/i.exec(rest);
    if (line === null) return `${found} (broken)`;
    const size = Number.parseInt(line[1] ?? '', 16);
    if (size === 0) return found;
    found += rest.slice(line[0].length, line[0].length + size);
    rest = rest.slice(line[0].length + size + 2);
  }
}

const OK = 'HTTP/1.1 200 OK\r\n';
const MULTIPART =
  '--x\r\nContent-Range: bytes 0-1/9\r\n\r\nab\r\n--x\r\nContent-Range: bytes 4-5/9\r\n\r\nef\r\n--x--\r\n';
const ANSWERS: readonly (readonly [string, string])[] = [
  ['with a length', `${OK}Content-Length: 5\r\n\r\nhello`],
  ['empty, with length 0', `${OK}Content-Length: 0\r\n\r\n`],
  ['in chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n`],
  ['empty, in chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  [
    'in chunks with trailers',
    `${OK}Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5\r\nhello\r\n0\r\nX: 1\r\n\r\n`,
  ],
  ['with an odd status and reason', 'HTTP/1.1 299 Very Odd (really)\r\nContent-Length: 1\r\n\r\nx'],
  ['with no reason', 'HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx'],
  [
    'a part',
    'HTTP/1.1 206 Partial Content\r\nAccept-Ranges: bytes\r\nContent-Range: bytes 2-4/9\r\nContent-Length: 3\r\n\r\ncde',
  ],
  [
    'several parts',
    `HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=x\r\nContent-Length: ${MULTIPART.length}\r\n\r\n${MULTIPART}`,
  ],
  [
    'a range that is none',
    'HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */9\r\nContent-Length: 0\r\n\r\n',
  ],
  [
    'not changed',
    'HTTP/1.1 304 Not Modified\r\nETag: W/"a"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n',
  ],
  ['not changed, with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: "a"\r\n\r\n'],
  ['no content', 'HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n'],
  ['a failed condition', 'HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n'],
  [
    'a relative redirect',
    'HTTP/1.1 302 Found\r\nLocation: web/index.html?x=%2F#y\r\nContent-Length: 0\r\n\r\n',
  ],
  [
    'an absolute redirect',
    'HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/a\r\nContent-Length: 0\r\n\r\n',
  ],
  [
    'several cookies',
    `${OK}Set-Cookie: a=1; Path=/; Domain=x.example\r\nSet-Cookie: b=2, c=3\r\nset-cookie: a=4\r\nContent-Length: 0\r\n\r\n`,
  ],
  [
    'repeated headers',
    `${OK}Vary: Origin\r\nX-A: 1\r\nVary: Accept\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n`,
  ],
  [
    'odd spelling, empty values, blanks',
    `${OK}x-CASE: A  b\r\nX-Empty:\r\nX-Last: z\t \r\nContent-Length: 0\r\n\r\n`,
  ],
  ['bytes beyond ASCII', `${OK}X-Name: \xc3\xa9\xff\r\nContent-Length: 4\r\n\r\n\x00\xff\xc3\x28`],
  [
    'with Date and Server',
    `${OK}Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nServer: Kestrel\r\nContent-Length: 0\r\n\r\n`,
  ],
  ['without Date', `${OK}Content-Length: 0\r\n\r\n`],
  [
    'that asks for a login',
    'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="a"\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n',
  ],
  [
    'with policies of its own',
    `${OK}Content-Security-Policy: default-src 'self'\r\nStrict-Transport-Security: max-age=1\r\nContent-Length: 0\r\n\r\n`,
  ],
  ['coded', `${OK}Content-Encoding: br\r\nVary: Accept-Encoding\r\nContent-Length: 3\r\n\r\n\x0b\x01\x80`],
  ['a head of 40 kB', `${OK}X-Long: ${'a'.repeat(40_000)}\r\nContent-Length: 1\r\n\r\nx`],
  [
    '150 headers',
    `${OK}${Array.from({ length: 150 }, (_one, index) => `X-${index}: ${index}\r\n`).join('')}Content-Length: 1\r\n\r\nx`,
  ],
  ['busy', 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 4\r\n\r\nbusy'],
  ['a fault', 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nfault'],
  ['behind an interim one', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`],
];

describe('an answer arrives as Jellyfin sent it', () => {
  it.each(ANSWERS)('%s', async (what, answer) => {
    const path = `/answer/${encodeURIComponent(what)}`;
    upstream.scripts.set(path, answer);
    const { raw } = await exchange(front.port, [`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`], 1);
    const final = answer.slice(answer.lastIndexOf('HTTP/1.1 '));
    const expected = endToEnd(final).map((line) => line.replace(/[ \t]+$/, ''));
    expect(endToEnd(raw).map((line) => line.replace(/[ \t]+$/, ''))).toEqual(expected);
  });

  it('to HEAD too, with the length that GET would have', async () => {
    upstream.scripts.set('/head', `${OK}Content-Length: 500\r\nETag: "a"\r\n\r\n`);
    const { raw } = await exchange(front.port, ['HEAD /head HTTP/1.1\r\nHost: a\r\n\r\n'], 1);
    expect(endToEnd(raw)).toEqual(['HTTP/1.1 200 OK', 'Content-Length: 500', 'ETag: "a"', '']);
  });

  it('until the end of the connection', async () => {
    upstream.scripts.set('/until-close', (socket) => {
      socket.end(`${OK}Content-Type: text/plain\r\nConnection: close\r\n\r\nhello`);
    });
    const answer = await fetch(`http://127.0.0.1:${front.port}/until-close`);
    expect(await answer.text()).toBe('hello');
  });

  it('over HTTP/1.0, without chunks, and then the connection ends', async () => {
    upstream.scripts.set('/old', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`);
    const { raw, isClosed } = await exchange(front.port, ['GET /old HTTP/1.0\r\nHost: a\r\n\r\n'], 0);
    expect(isClosed).toBe(true);
    expect(raw).not.toMatch(/transfer-encoding/i);
    expect(raw).toMatch(/\r\n\r\nhello$/);
  });

  it('without what Connection names, and without what belongs to the connection', async () => {
    upstream.scripts.set(
      '/hop',
      `${OK}Connection: keep-alive, X-Hop\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\nProxy-Connection: a\r\nProxy-Authenticate: Basic\r\nUpgrade: h2c\r\nTE: trailers\r\nX-Stay: 1\r\nContent-Length: 0\r\n\r\n`,
    );
    const { raw } = await exchange(front.port, ['GET /hop HTTP/1.1\r\nHost: a\r\n\r\n'], 1);
    expect(endToEnd(raw)).toEqual(['HTTP/1.1 200 OK', 'X-Stay: 1', 'Content-Length: 0', '']);
    expect(raw).not.toMatch(/x-hop|timeout=5\r\nX|proxy-|upgrade|\nte:/i);
  });
});

describe('a request arrives as the client sent it', () => {
  const arrived = async (request: string, ...rest: string[]) => {
    upstream.requests.length = 0;
    await exchange(front.port, [request, ...rest], 1);
    expect(upstream.requests.length).toBe(1);
    return upstream.requests[0];
  };

  it('with order, spelling and repetition of its headers', async () => {
    const lines = ['X-B: 1', 'x-A: 2', 'X-B: 3', 'Cookie: a=1', 'Cookie: b=2', 'Accept: a/b', 'accept: c/d'];
    const request = await arrived(`GET /a HTTP/1.1\r\nHost: a\r\n${lines.join('\r\n')}\r\n\r\n`);
    const names = request?.headers.filter(([name]) => !/^(host|connection|x-forwarded-.*)$/.test(name));
    // Of our own connection to Jellyfin; the client's does not get there.
    expect(request?.headers.filter(([name]) => name === 'connection')).toEqual([
      ['connection', 'keep-alive'],
    ]);
    expect(names).toEqual(lines.map((line) => [line.split(': ')[0]?.toLowerCase(), line.split(': ')[1]]));
  });

  it.each([...['/a%2Fb', '/%C3%A9', '//a//b', '/a?b=%2F&c=[]|{}', '/?', '/a+b%20c', '/a;b=c', '/%41']])(
    'with the target %j',
    async (target) => {
      expect((await arrived(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`))?.target).toBe(target);
    },
  );

  it.each([
    'Range: bytes=0-1',
    'Range: bytes=0-1,4-5',
    'If-Range: "a"',
    'If-None-Match: "a", W/"b"',
    'If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT',
    'If-Match: *',
    'Accept-Encoding: br, gzip',
    'Origin: https://a',
    'Authorization: MediaBrowser Token="x"',
    'X-Emby-Token: x',
  ])('with %s', async (line) => {
    const [name = '', value] = line.split(/: (.*)/);
    const request = await arrived(`GET /Videos/1/stream HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`);
    expect(request?.headers).toContainEqual([name.toLowerCase(), value]);
  });

  it('with an empty body, a length of 0, or chunks that hold nothing', async () => {
    for (const framing of ['', 'Content-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const rest = framing.startsWith('T') ? '0\r\n\r\n' : '';
      const request = await arrived(`POST /a HTTP/1.1\r\nHost: a\r\n${framing}\r\n${rest}`);
      expect(request?.body.length).toBe(0);
    }
  });

  it('is asked to go on with its body when it waits for that', async () => {
    upstream.requests.length = 0;
    const head = 'POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n';
    const { raw } = await exchange(front.port, [head, 'abc'], 1);
    expect(raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(upstream.requests[0]?.body.toString()).toBe('abc');
  });
});
