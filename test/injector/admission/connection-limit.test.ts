import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { createCountedAs } from '../../../injector/admission/connection-limit.ts';
import { LIMITS } from '../../../injector/admission/limits.ts';
import { createServer } from '../../../injector/admission/server.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';

/** A server that takes loopback peers for the address they say in the first octets, or for none. */
async function start(countedAs: (peer: string | undefined) => string | undefined, most = 4) {
  const server = createServer(
    {
      async answer(_request, response) {
        response.end('served');
      },
      upgrade: (_request, socket) => void socket.destroy(),
      countedAs,
    },
    createKeptLog(),
    { ...LIMITS, connectionsPerAddress: most },
  );
  const port = await listen(server);
  const open = new Set<Socket>();
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await shut(server);
  });
  async function dial(from = '127.0.0.1'): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.on('error', () => undefined);
    open.add(socket);
    await once(socket, 'connect');
    return socket;
  }
  /** What the server says to a request on that connection; empty when it is closed. */
  async function ask(socket: Socket): Promise<string> {
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    if (!socket.destroyed) await once(socket, 'close');
    return said;
  }
  const count = async (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, number) => resolve(number)));
  return { dial, ask, count };
}

describe('the connections of one address', () => {
  it('are served up to the ceiling, refused with a reason up to twice as many, and closed beyond', async () => {
    const { dial, ask, count } = await start((peer) => peer);
    const sockets: Socket[] = [];
    for (let at = 0; at < 8; at += 1) {
      sockets.push(await dial());
      await vi.waitFor(async () => expect(await count()).toBe(at + 1));
    }
    const [first, , , , fifth] = sockets as [Socket, Socket, Socket, Socket, Socket];
    const ninth = await dial();
    expect(await ask(ninth)).toBe('');
    expect(await ask(first)).toMatch(/^HTTP\/1\.1 200 /);
    const refused = await ask(fifth);
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused).toMatch(/\r\nRetry-After: 30\r\n/);
    expect(refused).toMatch(/too many connections/);
  });

  it('count anew when they are gone', async () => {
    const { dial, ask, count } = await start((peer) => peer);
    const before = await Promise.all(Array.from({ length: 8 }, () => dial()));
    await vi.waitFor(async () => expect(await count()).toBe(8));
    for (const socket of before) socket.destroy();
    await vi.waitFor(async () => expect(await count()).toBe(0));
    expect(await ask(await dial())).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('do not count for another address, and nothing counts for who speaks for many', async () => {
    const { dial, ask, count } = await start((peer) => (peer === '127.0.0.3' ? undefined : peer));
    for (let at = 0; at < 8; at += 1) await dial();
    for (let at = 0; at < 12; at += 1) await dial('127.0.0.3');
    await vi.waitFor(async () => expect(await count()).toBe(20));
    expect(await ask(await dial('127.0.0.2'))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask(await dial('127.0.0.3'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('of one IPv6 /64 count together', async () => {
    let last = 0;
    const { dial, ask, count } = await start(() => {
      last += 1;
      return last <= 8 ? `2001:db8::${last}` : '2001:db8:0:1::1';
    });
    for (let at = 0; at < 8; at += 1) {
      await dial();
      await vi.waitFor(async () => expect(await count()).toBe(at + 1));
    }
    expect(await ask(await dial())).toMatch(/^HTTP\/1\.1 200 /);
    last = 0;
    expect(await ask(await dial())).toBe('');
  });
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['198.51.100.9', undefined],
  ['127.0.0.1', undefined],
  ['::ffff:192.168.1.5', undefined],
  ['172.17.0.1', undefined],
])('a peer %s is counted as %s', (peer, counted) => {
  expect(createCountedAs(createClientAddresses(['198.51.100.0/24']))(peer)).toBe(counted);
});

it('in the injector, more connections of the home network than any stranger may have are served', async () => {
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: createKeptLog() });
  const port = await listen(injector.server);
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await injector.close();
    await shut(injector.server);
  });
  await injector.configure(
    { jellyfinUrl: 'http://127.0.0.1:9', trustedProxies: [], enabledMods: {} },
    undefined,
  );
  for (let at = 0; at < 2 * LIMITS.connectionsPerAddress + 10; at += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
  }
  await vi.waitFor(() => expect(sockets.every((socket) => socket.readyState === 'open')).toBe(true), 10_000);
  const answer = await fetch(`http://127.0.0.1:${port}/web/nothing`);
  expect(answer.status).toBe(502);
});
