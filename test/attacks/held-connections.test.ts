import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { LIMITS } from '../../injector/admission/limits.ts';
import { createServer } from '../../injector/admission/server.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { makeCertificate } from '../support/network/certificates.ts';
import { listen, shut } from '../support/network/listen.ts';
import { createFront, type Front } from './front.ts';
import { createScriptedUpstream, type ScriptedUpstream } from './scripted-upstream.ts';
import { exchange, statusesOf } from './smuggling/sockets.ts';

let upstream: ScriptedUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createScriptedUpstream();
  front = await createFront(upstream.port, { publicHosts: ['media.example.org', 'a'] });
});
beforeEach(() => {
  upstream.requests.length = 0;
});
afterAll(async () => {
  await front.close();
  await upstream.close();
});

const UPGRADE = (target: string, host = 'a'): string =>
  [
    ...[`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
  ].join('\r\n');

/** A client that keeps its own side open whatever comes. */
async function stubborn(request: string): Promise<{ socket: Socket; got: () => string }> {
  const socket = connect({ port: front.port, host: '127.0.0.1', allowHalfOpen: true });
  let got = '';
  socket.on('error', () => undefined);
  socket.on('data', (part) => {
    got += part.toString('latin1');
  });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(request);
  return { socket, got: () => got };
}

describe('a stranger cannot hold for nothing', () => {
  it('heads of more than 64 KiB that wait behind a request without an end', async () => {
    upstream.scripts.set('/endless', () => undefined);
    const long = `GET /next HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    const { isClosed } = await exchange(
      front.port,
      [`GET /endless HTTP/1.1\r\nHost: a\r\n\r\n`, ...[long, long, long, long]],
      0,
      5_000,
    );
    expect(isClosed).toBe(true);
    const few = await exchange(front.port, [long, long, long], 3, 5_000);
    expect(statusesOf(few.raw)).toEqual([200, 200, 200]);
  });

  it('lines of the log: of refused requests in a row, the first is named and the others are not read', async () => {
    const before = front.log.lines.filter(({ event }) => event === 'request-refused').length;
    await exchange(front.port, ['GET * HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(500)], 1, 2_000);
    const refused = front.log.lines.filter(({ event }) => event === 'request-refused').length;
    expect(refused - before).toBe(1);
  });

  it('lines of the log: a client that breaks off its body is no error of ours', async () => {
    for (let round = 0; round < 20; round += 1) {
      const socket = connect(front.port, '127.0.0.1');
      socket.write(
        'POST /Users/AuthenticateByName HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"Username"',
      );
      await once(socket, 'connect');
      socket.resetAndDestroy();
    }
    const { raw } = await exchange(front.port, ['GET /after HTTP/1.1\r\nHost: a\r\n\r\n'], 1);
    expect(statusesOf(raw)).toEqual([200]);
    await vi.waitFor(async () => expect(await front.connections()).toBe(0));
    expect(front.log.lines.filter(({ event }) => event === 'request-failed')).toEqual([]);
  });

  it.each(['/gatehouse/reset', '/gatehouse/health'])(
    'a connection by an upgrade of %s that is answered 404, with the headers of every answer of ours',
    async (target) => {
      const { socket, got } = await stubborn(UPGRADE(target));
      await vi.waitFor(() => expect(got()).toMatch(/^HTTP\/1\.1 404 /));
      expect(got()).toMatch(/\r\nContent-Security-Policy: default-src 'none'/);
      // Our side is gone for good, so that a write meets a reset.
      await vi.waitFor(() => {
        socket.write('x');
        expect(socket.destroyed).toBe(true);
      });
      expect(upstream.requests).toEqual([]);
    },
  );

  it('a connection by an upgrade that Jellyfin refuses', async () => {
    upstream.scripts.set('/socket', 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope');
    const { socket, got } = await stubborn(UPGRADE('/socket'));
    await vi.waitFor(() => expect(got()).toMatch(/\r\n\r\nnope$/));
    await vi.waitFor(() => {
      socket.write('x');
      expect(socket.destroyed).toBe(true);
    });
  });

  it('memory by an answer to an upgrade that it does not read', async () => {
    let written = 0;
    upstream.scripts.set('/film', (socket: Socket) => {
      const block = Buffer.alloc(64 * 1024);
      const pour = (): void => {
        while (written < 64 * 1024 * 1024 && !socket.destroyed) {
          written += block.length;
          if (!socket.write(block)) return;
        }
      };
      socket.on('drain', pour);
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${1024 ** 3}\r\n\r\n`);
      pour();
    });
    const { socket, got } = await stubborn(UPGRADE('/film'));
    await vi.waitFor(() => expect(got()).toMatch(/^HTTP\/1\.1 200 /));
    socket.pause();
    let last = -1;
    await vi.waitFor(
      () => {
        const isAtRest = written === last;
        last = written;
        expect(isAtRest).toBe(true);
      },
      { interval: 300, timeout: 20_000 },
    );
    // What systems keep in their own buffers, and little more.
    expect(written).toBeLessThan(40 * 1024 * 1024);
  });

  it('a body of more than 64 KiB on a sign-in that Jellyfin answers without reading it', async () => {
    upstream.scripts.set(
      `/Users/${'a'.repeat(32)}/Authenticate`,
      'HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n',
    );
    for (const path of [`/Users/${'a'.repeat(32)}/Authenticate?pw=x`, '/Users/AuthenticateByName']) {
      const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n`;
      const { raw, isClosed } = await exchange(front.port, [head, 'x'.repeat(70_000)], 1);
      expect(statusesOf(raw)).toEqual([413]);
      expect(isClosed).toBe(true);
    }
    expect(upstream.requests).toEqual([]);
  });
});

describe('a name that is none of ours', () => {
  it.each(['/gatehouse/health/x', '/gatehouse/health/../../System/Info', '/gatehouse/healthy'])(
    'reaches nobody by %s, though monitors may use any name for health',
    async (target) => {
      const based = await createFront(upstream.port, { publicHosts: ['media.example.org'] }, '/jellyfin');
      onTestFinished(() => based.close());
      const { raw } = await exchange(based.port, [`GET ${target} HTTP/1.1\r\nHost: evil.example\r\n\r\n`], 1);
      expect(statusesOf(raw)).toEqual([421]);
      const upgraded = await exchange(based.port, [UPGRADE(target, 'evil.example')], 1);
      expect(statusesOf(upgraded.raw)).toEqual([421]);
      const asked = upstream.requests.filter(({ headers }) =>
        headers.some(([, value]) => value === 'evil.example'),
      );
      expect(asked).toEqual([]);
    },
  );
});

describe('with a certificate of our own', () => {
  const made = makeCertificate();
  async function start(limits: Partial<typeof LIMITS>) {
    const server = createServer(
      {
        answer: async (_request, response) => void response.end('served'),
        upgrade: (_request, socket) => void socket.destroy(),
        countedAs: (peer) => peer,
      },
      createKeptLog(),
      { ...LIMITS, ...limits },
      made,
    );
    const port = await listen(server);
    const open: Socket[] = [];
    onTestFinished(async () => {
      for (const socket of open) socket.destroy();
      await shut(server);
    });
    return { port, open };
  }

  it('connections beyond the ceiling of one address are refused with a reason too', async () => {
    const { port, open } = await start({ connectionsPerAddress: 2 });
    const said: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      const socket = connectTls({ port, host: '127.0.0.1', ca: made.cert });
      open.push(socket);
      socket.on('data', (part) => {
        said[at] = `${said[at] ?? ''}${part.toString('latin1')}`;
      });
      await once(socket, 'secureConnect');
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await vi.waitFor(() => expect(said[at]).toMatch(/^HTTP/));
    }
    expect(said.map((text) => text.slice(9, 12))).toEqual(['200', '200', '503']);
  });

  it('a client that never says anything of TLS is let go as one that is slow with its head', async () => {
    const { port, open } = await start({ headMs: 500 });
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });
});
