import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { listen, shut } from '../../support/network/listen.ts';
import { createFront, type Front } from '../front.ts';
import { createScriptedUpstream, type ScriptedUpstream } from '../scripted-upstream.ts';

const jellyfin = http.createServer((_request, response) => response.end('{"Version":"10.11.11"}'));
const sockets = new WebSocketServer({
  server: jellyfin,
  maxPayload: 32 * 1024 * 1024,
  handleProtocols: (names) => (names.has('jellyfin') ? 'jellyfin' : false),
});
let front: Front;
let asked: http.IncomingMessage;
let atJellyfin: WebSocket;
sockets.on('connection', (socket, request) => {
  asked = request;
  atJellyfin = socket;
  socket.on('error', () => undefined);
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

beforeAll(async () => {
  front = await createFront(await listen(jellyfin));
});
afterAll(async () => {
  await front.close();
  sockets.close();
  await shut(jellyfin);
});

async function open(path: string, protocols: string[] = [], options = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${front.port}${path}`, protocols, options);
  await once(socket, 'open');
  return socket;
}

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a WebSocket', () => {
  it.each(['/socket?api_key=secret&deviceId=%C3%A4%2F', '/any/other/path', '/jellyfin/socket?x=1'])(
    'opens on %s, which arrives as typed',
    async (path) => {
      const socket = await open(path);
      expect(asked.url).toBe(path);
      socket.terminate();
    },
  );

  it('keeps subprotocols, origin, cookies and the address of the client', async () => {
    const socket = await open('/socket', ['other', 'jellyfin'], {
      headers: { origin: 'https://media.example.org', cookie: 'a=1', 'x-forwarded-for': '192.168.1.1' },
    });
    expect(socket.protocol).toBe('jellyfin');
    expect(asked.headers).toMatchObject({
      ...{ origin: 'https://media.example.org', cookie: 'a=1', 'x-forwarded-for': '127.0.0.1' },
      'sec-websocket-protocol': 'other,jellyfin',
    });
    socket.terminate();
  });

  it.each([0, 1, 125, 126, 65_535, 65_536, 8 * 1024 * 1024])(
    'carries a message of %i bytes',
    async (size) => {
      const socket = await open('/socket');
      const sent = randomBytes(size);
      socket.send(sent);
      const [received] = (await once(socket, 'message')) as [Buffer];
      expect(sha(received)).toBe(sha(sent));
      socket.terminate();
    },
  );

  it('carries text, and messages in 100 fragments', async () => {
    const socket = await open('/socket');
    socket.send('grüße 🎬');
    expect(String((await once(socket, 'message'))[0])).toBe('grüße 🎬');
    for (let part = 0; part < 100; part += 1) socket.send(`part ${part};`, { fin: part === 99 });
    const [received] = (await once(socket, 'message')) as [Buffer];
    expect(String(received)).toBe(Array.from({ length: 100 }, (_one, part) => `part ${part};`).join(''));
    socket.terminate();
  });

  it('carries ping and pong with their bytes, both ways', async () => {
    const socket = await open('/socket');
    const pong = once(socket, 'pong');
    socket.ping('from the client');
    expect(String((await pong)[0])).toBe('from the client');
    const back = once(atJellyfin, 'pong');
    atJellyfin.ping('from jellyfin');
    expect(String((await back)[0])).toBe('from jellyfin');
    socket.terminate();
  });

  it.each([
    [1000, 'done'],
    [1001, ''],
    [1011, 'fault'],
    [4321, 'own'],
  ])('carries the close code %i both ways', async (code, reason) => {
    const mine = await open('/socket');
    const theirs = once(atJellyfin, 'close');
    mine.close(code, reason);
    expect((await theirs).map(String)).toEqual([String(code), reason]);
    const other = await open('/socket');
    const closed = once(other, 'close');
    atJellyfin.close(code, reason);
    expect((await closed).map(String)).toEqual([String(code), reason]);
  });

  it('is gone on the other side too when one side just leaves', async () => {
    for (const leaver of ['client', 'jellyfin']) {
      const socket = await open('/socket');
      socket.on('error', () => undefined);
      const stays = leaver === 'client' ? atJellyfin : socket;
      const closed = once(stays, 'close');
      (leaver === 'client' ? socket : atJellyfin).terminate();
      await closed;
    }
  });
});

describe('an upgrade over raw sockets', () => {
  const HEAD = [
    ...['GET /socket HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
  ].join('\r\n');
  const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
  const switching = (accept: string): string =>
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
  let upstream: ScriptedUpstream;
  let raw: Front;
  beforeAll(async () => {
    upstream = await createScriptedUpstream();
    raw = await createFront(upstream.port);
  });
  beforeEach(() => {
    upstream.requests.length = 0;
  });
  afterAll(async () => {
    await raw.close();
    await upstream.close();
  });

  /** Sends the upgrade, then further bytes; answers what came until the end or 400 ms of silence. */
  async function upgrade(further: string): Promise<string> {
    const socket = connect(raw.port, '127.0.0.1');
    let got = '';
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      got += part.toString('latin1');
    });
    socket.write(HEAD);
    await wait(100);
    if (socket.writable) socket.write(further);
    await Promise.race([once(socket, 'close'), wait(400)]);
    socket.destroy();
    return got;
  }

  it.each([200, 400, 401, 403, 404, 426, 500, 503])(
    'that Jellyfin answers %i is answered so, and no tunnel comes of it',
    async (status) => {
      upstream.scripts.set(
        '/socket',
        `HTTP/1.1 ${status} Odd\r\nX-Of-Jellyfin: 1\r\nContent-Length: 4\r\n\r\nnope`,
      );
      const got = await upgrade('GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(got).toContain('X-Of-Jellyfin: 1');
      expect(got).toMatch(/\r\n\r\nnope/);
      await wait(50);
      expect(upstream.requests.map(({ target }) => target)).toEqual(['/socket']);
    },
  );

  it.each(['wrong', ''])('that Jellyfin accepts with the key %j becomes no tunnel', async (accept) => {
    let tunnelled = '';
    upstream.scripts.set('/socket', (socket: Socket) => {
      socket.on('data', (part) => {
        tunnelled += part.toString();
      });
      socket.write(switching(accept));
    });
    const got = await upgrade('through the tunnel');
    expect(got).not.toMatch(/^HTTP\/1\.1 101/);
    expect(tunnelled).toBe('');
  });

  it('carries bytes that come in the same segment as the 101, and whatever follows, both ways', async () => {
    upstream.scripts.set('/socket', (socket: Socket) => {
      socket.on('data', (part) => socket.write(Buffer.concat([Buffer.from('echo '), part])));
      socket.write(`${switching(ACCEPT)}first`);
    });
    const got = await upgrade('second');
    expect(got).toMatch(/\r\n\r\nfirstecho second$/);
  });

  it('lets the other side speak on when one has said its last word', async () => {
    upstream.scripts.set('/socket', (socket: Socket) => {
      socket.write(switching(ACCEPT));
      socket.on('end', () => setTimeout(() => socket.end('the last word'), 100));
    });
    const socket = connect({ port: raw.port, host: '127.0.0.1', allowHalfOpen: true });
    let got = '';
    socket.on('data', (part) => {
      got += part.toString('latin1');
    });
    socket.write(HEAD);
    await once(socket, 'data');
    socket.end('bye');
    await Promise.race([once(socket, 'end'), wait(1_500)]);
    expect(got).toMatch(/the last word$/);
    socket.destroy();
  });

  it('to a Jellyfin that is away ends with a status', async () => {
    upstream.scripts.set('/socket', (socket: Socket) => void socket.destroy());
    const got = await upgrade('');
    expect(got).toMatch(/^HTTP\/1\.1 502 /);
  });
});
