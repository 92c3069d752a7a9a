import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeJellyfin, type FakeJellyfin } from './fake-jellyfin.ts';
import { createTestClient, type TestClient } from './test-client.ts';

let fake: FakeJellyfin;
let client: TestClient;

beforeEach(async () => {
  fake = await createFakeJellyfin({ version: '10.11.11', apiKeys: ['key'], hashMs: 1 });
  client = createTestClient(fake);
});

afterEach(() => fake.close());

interface Frames {
  socket: WebSocket;
  next(): Promise<Record<string, unknown>>;
}

function open(path: string): Promise<Frames> {
  const socket = new WebSocket(fake.url.replace('http', 'ws') + path);
  const waiting: ((frame: Record<string, unknown>) => void)[] = [];
  const frames: Record<string, unknown>[] = [];
  socket.on('message', (data) => {
    const frame: Record<string, unknown> = JSON.parse(String(data));
    const first = waiting.shift();
    if (first) first(frame);
    else frames.push(frame);
  });
  const next = (): Promise<Record<string, unknown>> => {
    const frame = frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve));
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ socket, next }));
    socket.on('error', reject);
  });
}

test('a socket is greeted with ForceKeepAlive and gets its KeepAlive back, at any path', async () => {
  const { token } = await client.login('alice', 'alice-pw-1');
  const { socket, next } = await open(`/any/path?ApiKey=${token}`);
  expect(await next()).toMatchObject({ MessageType: 'ForceKeepAlive', Data: 60 });
  socket.send('{"MessageType":"KeepAlive"}');
  expect(await next()).toMatchObject({ MessageType: 'KeepAlive' });
});

test.each(['/socket', '/socket?ApiKey=wrong'])(
  'a socket at %s without a good token is refused',
  async (path) => {
    await expect(open(path)).rejects.toThrow('403');
  },
);

test('a path that is a protected route wants its token first, a file is just a file', async () => {
  await expect(open('/Users/ForgotPassword')).rejects.toThrow('401');
  await expect(open('/web/index.html')).rejects.toThrow('200');
});

test('a socket is closed with 1000 when its token is revoked', async () => {
  const { token } = await client.login('alice', 'alice-pw-1');
  const { socket } = await open(`/socket?api_key=${token}`);
  const closed = new Promise((resolve) =>
    socket.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  await client.changePassword('alice', 'new-1', 'key');
  expect(await closed).toEqual([1000, 'System Shutdown']);
});

test('an administrator may follow the activity log, a user may not', async () => {
  const admin = await client.login('admin', 'admin-pw-1');
  const alice = await client.login('alice', 'alice-pw-1');
  const followers = [
    await open(`/socket?ApiKey=${admin.token}`),
    await open(`/socket?ApiKey=${alice.token}`),
  ];
  for (const { socket, next } of followers) {
    await next();
    socket.send('{"MessageType":"ActivityLogEntryStart","Data":"0,1500"}');
    socket.send('{"MessageType":"KeepAlive"}');
    await next();
  }
  await client.login('bob', 'bad');
  followers[1]?.socket.send('{"MessageType":"KeepAlive"}');
  expect(await followers[0]?.next()).toMatchObject({ MessageType: 'ActivityLogEntry', Data: [] });
  expect(await followers[1]?.next()).toMatchObject({ MessageType: 'KeepAlive' });
});

test('up to 10.10 the socket of an API key is silent', async () => {
  const old = await createFakeJellyfin({ version: '10.10.7', apiKeys: ['key'] });
  const socket = new WebSocket(`${old.url.replace('http', 'ws')}/socket?ApiKey=key`);
  const frames: string[] = [];
  socket.on('message', (data) => frames.push(String(data)));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send('{"MessageType":"KeepAlive"}');
  await new Promise((resolve) => socket.on('message', resolve));
  expect(frames).toHaveLength(1);
  await old.close();
});

test('a refused client that never closes its side does not hold the end of the server', async () => {
  const closed = await createFakeJellyfin({ version: '12.0' });
  const socket = connect({ port: Number(new URL(closed.url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.write(
    'GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 40[13] /);
  await closed.close();
  socket.destroy();
});
