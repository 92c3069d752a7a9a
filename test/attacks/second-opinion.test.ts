import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Nginx, startNginx } from '../support/network/nginx.ts';
import { createFront, type Front } from './front.ts';
import { createRecordingUpstream, type RecordingUpstream } from './smuggling/recording-upstream.ts';
import { exchange, statusesOf } from './smuggling/sockets.ts';

let upstream: RecordingUpstream;
let front: Front;
let nginx: Nginx;
beforeAll(async () => {
  upstream = await createRecordingUpstream();
  front = await createFront(upstream.port);
  // As Jellyfin's own guide has it. Source: jellyfin.org, Networking, Nginx.
  nginx = await startNginx(`
    client_max_body_size 20M;
    location / {
      proxy_pass http://127.0.0.1:${upstream.port};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header Connection "";
      proxy_buffering off;
    }`);
});
beforeEach(() => upstream.forget());
afterAll(async () => {
  await nginx.close();
  await front.close();
  await upstream.close();
});

const HOST = 'Host: media.example.org\r\n';
const EXTRA = 'GET /second HTTP/1.1\r\nHost: media.example.org\r\n\r\n';

/** Status (0 for a connection that just ends) and what arrived, by one of the two. */
async function by(port: number, send: string): Promise<string> {
  upstream.forget();
  const { raw } = await exchange(port, [send], 2, 250);
  const statuses = statusesOf(raw).filter((status) => status >= 200);
  const { requests } = upstream.arrived();
  return [
    statuses[0] ?? 0,
    ...requests.map(({ method, target, body }) => `${method} ${target} ${body}`.trim()),
  ].join(', ');
}

describe('asked the same over raw sockets, nginx differs from us here and nowhere else', () => {
  it.each([
    // what, sent, ours, nginx
    [
      'a body on GET',
      `GET /a HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nxy`,
      '200, GET /a xy',
      '200, GET /a xy',
    ],
    [
      'a body on DELETE',
      `DELETE /a HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nxy`,
      '200, DELETE /a xy',
      '200, DELETE /a xy',
    ],
    [
      'an offer of HTTP/2 beside a body',
      `POST /a HTTP/1.1\r\n${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 2\r\n\r\nxy`,
      '200, POST /a xy',
      '200, POST /a xy',
    ],
    ['a Host with user-info', 'GET /a HTTP/1.1\r\nHost: a@media.example.org\r\n\r\n', '400', '200, GET /a'],
    ['a target of another host', `GET http://evil.example/a HTTP/1.1\r\n${HOST}\r\n`, '400', '200, GET /a'],
    [
      'a line feed behind a chunk size',
      `POST /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n`,
      '400',
      '200, POST /a abc',
    ],
    ['a line feed for each line end', `GET /a HTTP/1.1\nHost: media.example.org\n\n`, '400', '200, GET /a'],
    ['a name beyond ASCII', `GET /a HTTP/1.1\r\n${HOST}X\xff: 1\r\n\r\n`, '400', '200, GET /a'],
    ['a line without a colon', `GET /a HTTP/1.1\r\n${HOST}nonsense\r\n\r\n`, '400', '200, GET /a'],
    ['a method nobody knows', `FOO /a HTTP/1.1\r\n${HOST}\r\n`, '400', '200, FOO /a'],
    [
      'a coding over HTTP/1.0',
      `POST /a HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      '400',
      '400',
    ],
    [
      'both lengths',
      `POST /a HTTP/1.1\r\n${HOST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${EXTRA}`,
      '400',
      '400',
    ],
    ['two Hosts', `GET /a HTTP/1.1\r\n${HOST}${HOST}\r\n`, '400', '400'],
    ['TRACE', `TRACE /a HTTP/1.1\r\n${HOST}\r\n`, '501', '405'],
    ['a plain GET', `GET /a HTTP/1.1\r\n${HOST}\r\n`, '200, GET /a', '200, GET /a'],
    [
      'two GETs',
      `GET /a HTTP/1.1\r\n${HOST}\r\n${EXTRA}`,
      '200, GET /a, GET /second',
      '200, GET /a, GET /second',
    ],
    [
      'a chunked POST',
      `POST /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n`,
      '200, POST /a abc',
      '200, POST /a abc',
    ],
    ['two blanks before the target', `GET  /a HTTP/1.1\r\n${HOST}\r\n`, '200, GET /a', '200, GET /a'],
    ['a version that is none', `GET /a RTSP/1.0\r\n${HOST}\r\n`, '200, GET /a', '400'],
  ])('%s', async (_what, send, ours, theirs) => {
    const seen = { gatehouse: await by(front.port, send), nginx: await by(nginx.port, send) };
    expect(seen).toEqual({ gatehouse: ours, nginx: theirs });
  });

  it('about what Jellyfin is told of the client: nginx adds to a claim, and lets other claims pass', async () => {
    const send = `GET /a HTTP/1.1\r\n${HOST}X-Forwarded-For: 192.168.1.5\r\nForwarded: for=192.168.1.5\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n`;
    const told = async (port: number) => {
      await by(port, send);
      const headers = new Map(upstream.arrived().requests[0]?.headers);
      return ['x-forwarded-for', 'forwarded', 'x-hop'].map((name) => headers.get(name));
    };
    expect(await told(front.port)).toEqual(['127.0.0.1', undefined, undefined]);
    expect(await told(nginx.port)).toEqual(['192.168.1.5, 127.0.0.1', 'for=192.168.1.5', '1']);
  });
});
