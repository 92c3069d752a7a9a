import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/clock/until.ts';
import { createFront, type Front } from '../front.ts';
import { createScriptedUpstream, type ScriptedUpstream } from '../scripted-upstream.ts';

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

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Asks by Node's own client; the body as one buffer. */
async function ask(path: string, body?: Buffer, headers: http.OutgoingHttpHeaders = {}) {
  const options = { port: front.port, host: '127.0.0.1', path, method: body ? 'POST' : 'GET', headers };
  const request = http.request({ ...options, agent: false });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return { answer, body: Buffer.concat(parts) };
}

function openRaw(path: string): Socket {
  const socket = connect(front.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  return socket;
}

describe('bodies arrive as they were sent', () => {
  const large = randomBytes(30 * 1024 * 1024);

  it.each([
    ['with a length', { 'content-length': large.length }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('30 MB upwards %s', async (_how, headers) => {
    let seen = '';
    const jellyfin = http.createServer((request, response) => {
      const hash = createHash('sha256');
      request.on('data', (part: Buffer) => hash.update(part));
      request.on('end', () => {
        seen = hash.digest('hex');
        response.end('done');
      });
    });
    await new Promise<void>((resolve) => jellyfin.listen(0, '127.0.0.1', resolve));
    const other = await createFront((jellyfin.address() as { port: number }).port);
    try {
      const request = http.request({
        port: other.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/up',
        headers,
      });
      request.end(large);
      const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(200);
      expect(seen).toBe(sha(large));
    } finally {
      await other.close();
      jellyfin.closeAllConnections();
      jellyfin.close();
    }
  });

  it('30 MB downwards, with a length, in chunks and until the end of the connection', async () => {
    const chunk = large.subarray(0, 1024 * 1024);
    upstream.scripts.set('/length', (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${large.length}\r\n\r\n`);
      socket.write(large);
    });
    upstream.scripts.set('/chunks', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let from = 0; from < large.length; from += chunk.length) {
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(large.subarray(from, from + chunk.length));
        socket.write('\r\n');
      }
      socket.write('0\r\n\r\n');
    });
    upstream.scripts.set('/close', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n');
      socket.end(large);
    });
    for (const path of ['/length', '/chunks', '/close'])
      expect(sha((await ask(path)).body), path).toBe(sha(large));
  });
});

describe('what comes bit by bit arrives bit by bit', () => {
  it('each of 20 server-sent events before the next one is sent', async () => {
    let sendNext: () => void = () => undefined;
    let count = 0;
    upstream.scripts.set('/events', (socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      sendNext = () => {
        const event = `data: ${count}\n\n`;
        socket.write(`${event.length.toString(16)}\r\n${event}\r\n${count === 19 ? '0\r\n\r\n' : ''}`);
        count += 1;
      };
      sendNext();
    });
    const answer = await fetch(`http://127.0.0.1:${front.port}/events`);
    let text = '';
    // An event that is held back for more to come is waited for in vain.
    for await (const part of answer.body ?? []) {
      text += Buffer.from(part).toString();
      if (text.endsWith(`data: ${count - 1}\n\n`) && count < 20) sendNext();
    }
    expect(text.match(/data: \d+\n\n/g)).toHaveLength(20);
  });

  it('a long poll that says nothing for 3 s', async () => {
    upstream.scripts.set('/poll', (socket) => {
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 3_000);
    });
    expect((await ask('/poll')).body.toString()).toBe('ok');
  });
});

describe('somebody goes away', () => {
  it.each([
    ['before the head', ''],
    ['behind the head', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc'],
    ['within chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ])('a client %s: the request to Jellyfin ends', async (_when, begin) => {
    const arrived = Promise.withResolvers<Socket>();
    upstream.scripts.set('/gone', (socket) => {
      socket.write(begin);
      arrived.resolve(socket);
    });
    const client = openRaw('/gone');
    const jellyfin = await arrived.promise;
    await wait(50);
    // Its time limit is the test's: left to itself the connection would stay for good.
    const closed = once(jellyfin, 'close');
    client.destroy();
    await closed;
  });

  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
    ['within a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30\r\nabc'],
  ])('Jellyfin in an answer %s: the client sees a broken one', async (_how, begin) => {
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      upstream.scripts.set('/dies', (socket) =>
        socket.write(begin, () => setTimeout(() => socket[leave](), 30)),
      );
      const request = http.get({ port: front.port, host: '127.0.0.1', path: '/dies', agent: false });
      const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
      answer.on('error', () => undefined);
      answer.resume();
      await new Promise((resolve) => answer.once('close', resolve));
      expect(answer.complete, leave).toBe(false);
    }
  });

  it('a client that reads nothing makes Jellyfin wait: at most 16 MB are under way', async () => {
    let written = 0;
    upstream.scripts.set('/film', (socket) => {
      const block = Buffer.alloc(256 * 1024, 7);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n');
      const pump = (): void => {
        while (socket.writable && socket.write(block)) written += block.length;
        written += block.length;
      };
      socket.on('drain', pump);
      pump();
    });
    const client = openRaw('/film');
    await once(client, 'readable');
    client.pause();
    let early = -1;
    await until(async () => {
      const isStill = early === written;
      early = written;
      await wait(500);
      return isStill;
    });
    expect(written).toBeLessThan(16 * 1024 * 1024);
    client.destroy();
  });

  it('leaves nothing open at Jellyfin', async () => {
    await wait(1_000);
    const busy = upstream.openSockets();
    const clients = Array.from({ length: 50 }, () => openRaw('/film'));
    await until(() => upstream.openSockets() >= 50);
    for (const client of clients) client.destroy();
    await until(() => upstream.openSockets() <= busy);
  });
});
