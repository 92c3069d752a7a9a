import { once } from 'node:events';
import { createServer as createPlainServer, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServer } from '../../../injector/admission/server.ts';
import { createResetClient } from '../../../server/split/client.ts';
import { CONNECTION_LIMITS } from '../../../server/split/limits.ts';
import { createResetListener } from '../../../server/split/listener.ts';
import { until } from '../../support/clock/until.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { listen, shut } from '../../support/network/listen.ts';

const SECRET = 'a-secret-of-at-least-32-characters-1';
const ATTEMPT = { name: 'alice', clientAddress: '192.0.2.7' };

/**
 * Both ends of the line, each behind the gate it has in the program. The service holds every sign-in for a minute, and
 * answers a person who asks for /wait when the test ends.
 */
async function openLine() {
  const lines = createLogLines();
  const waiting: (() => void)[] = [];
  const listener = createResetListener({
    reset: () => ({
      requestReset: async () => 'taken',
      answer: (asked, response) => {
        if (asked.url === '/wait') waiting.push(() => response.end());
        else response.end('a page');
      },
      login: { begin: async () => ({ isHeld: true, waitSeconds: 60 }), end: async () => undefined },
      report: async () => ({ storage: 'unreachable' }),
      close: async () => undefined,
    }),
    secrets: () => [SECRET],
    status: { answer: () => false },
    log: lines.log,
  });
  const service = createServer(listener, lines.log);
  const url = `http://127.0.0.1:${await listen(service)}`;
  const client = createResetClient({ url, secret: SECRET, throttlesLogins: true, log: lines.log });
  const front = createServer(
    {
      answer: async (asked, response) => {
        asked.headers['x-forwarded-for'] = '203.0.113.9';
        asked.headers['x-forwarded-proto'] = 'https';
        client.answer(asked, response);
      },
      upgrade: (_asked, socket) => void socket.destroy(),
    },
    lines.log,
  );
  const port = await listen(front);
  onTestFinished(async () => {
    for (const answer of waiting) answer();
    await client.close();
    await shut(front);
    await shut(service);
  });
  return { client, lines, port, waiting, url: `http://127.0.0.1:${port}` };
}

describe('strangers who ask for pages of a reset service in another process', () => {
  it('and break off what they send, are no error in the log', async () => {
    const { lines, port } = await openLine();
    const half = 'POST /api/passwords HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{';
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.resume().on('error', () => undefined);
      socket.write(half);
      await until(async () => socket.bytesWritten === half.length);
      socket[leave]();
      await once(socket, 'close');
    }
    expect(await (await fetch(`http://127.0.0.1:${port}/page`)).text()).toBe('a page');
    expect(lines.events()).toEqual([]);
  });

  it.each([20_000, 32_540, 32_580, 32_620, 32_640])(
    'do not end the throttling of sign-ins by a header of %i bytes',
    async (bytes) => {
      const { client, lines, url } = await openLine();
      const answer = await fetch(`${url}/reset`, { headers: { 'User-Agent': 'x'.repeat(bytes) } });
      expect(await client.login?.begin(ATTEMPT)).toEqual({ isHeld: true, waitSeconds: 60 });
      expect(lines.events()).not.toContain('reset-service-away');
      expect(answer.status).toBe(431);
    },
  );

  it('are taken down however long the language they wish and the name they type are as JSON', async () => {
    const { client, lines } = await openLine();
    const asked = { enteredName: '\u0001'.repeat(256), clientAddress: '203.0.113.9' };
    expect(await client.requestReset({ ...asked, acceptLanguage: '"'.repeat(32_400) })).toBe('taken');
    expect(lines.events()).not.toContain('reset-call-refused');
  });

  it('hold up no sign-in while they use every connection of people', async () => {
    const { client, lines, port, waiting } = await openLine();
    for (let at = 0; at < CONNECTION_LIMITS.connections + 20; at += 1) {
      request({ port, host: '127.0.0.1', path: '/wait', agent: false })
        .on('error', () => undefined)
        .end();
    }
    await until(() => waiting.length >= CONNECTION_LIMITS.connections);
    expect(await client.login?.begin(ATTEMPT)).toEqual({ isHeld: true, waitSeconds: 60 });
    expect(lines.events()).not.toContain('reset-service-away');
  });
});

it('a call that finds no free connection in its time fails, and does not count as a service that is away', async () => {
  const lines = createLogLines();
  let asked = 0;
  const service = createPlainServer((_asked, response) => {
    asked += 1;
    response.setHeader('Gatehouse-Service', '1');
    // The first calls get a head and no end, which keeps their connections.
    response.writeHead(200).write('{');
  });
  const url = `http://127.0.0.1:${await listen(service)}`;
  onTestFinished(() => shut(service));
  const client = createResetClient({ url, secret: SECRET, throttlesLogins: true, log: lines.log });
  onTestFinished(() => client.close());
  const question = { enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: undefined };
  for (let at = 0; at < CONNECTION_LIMITS.callConnections; at += 1)
    client.requestReset(question).catch(() => undefined);
  await until(() => asked >= CONNECTION_LIMITS.callConnections);
  const beganAt = performance.now();
  expect(await client.login?.begin(ATTEMPT)).toEqual({ isHeld: false });
  expect(performance.now() - beganAt).toBeLessThan(CONNECTION_LIMITS.callMs / 2);
  expect(lines.events()).not.toContain('reset-service-away');
});
