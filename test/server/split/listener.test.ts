import { describe, expect, it, onTestFinished } from 'vitest';
import { createServer } from '../../../injector/admission/server.ts';
import { createResetListener } from '../../../server/split/listener.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { listen, shut } from '../../support/network/listen.ts';

const SECRET = 'a-secret-of-at-least-32-characters-1';
const WITH = { Authorization: `Bearer ${SECRET}` };

interface Carried {
  url: string;
  headers: Record<string, string>;
}

/** The listener in front of a service that tells what reached it. */
async function openDoor() {
  const lines = createLogLines();
  const asked: object[] = [];
  const listener = createResetListener({
    reset: () => ({
      requestReset: async (one) => void asked.push(one),
      answer: (request, response) =>
        void response.end(JSON.stringify({ url: request.url, headers: request.headers })),
      report: async () => ({ storage: 'unreachable' }),
      close: async () => undefined,
    }),
    secrets: () => [SECRET],
    status: {
      answer: (_request, response, path) => {
        if (path === '/health') response.end('healthy');
        return path === '/health';
      },
    },
    log: lines.log,
  });
  const server = createServer(listener, lines.log);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return { url: `http://127.0.0.1:${port}`, lines, asked };
}

describe('the listener of the reset service', () => {
  it.each([
    ['nothing', {}],
    ['another secret', { Authorization: `Bearer ${SECRET}x` }],
    ['the secret cut short', { Authorization: `Bearer ${SECRET.slice(0, -1)}` }],
    ['the secret in other letters', { Authorization: `Bearer ${SECRET.toUpperCase()}` }],
    ['another scheme', { Authorization: `Basic ${SECRET}` }],
    ['a claim to be an injector', { 'Gatehouse-Client': '127.0.0.1', 'X-Forwarded-For': '127.0.0.1' }],
  ])('answers 401 to who shows %s, whatever is asked', async (_what, headers) => {
    const { url, asked, lines } = await openDoor();
    const paths = [
      '/',
      '/people/reset',
      '/people/api/passwords',
      '/port/request-reset',
      '/port/report',
      '/nowhere',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
        const answer = await fetch(`${url}${path}`, { method, headers: headers as Record<string, string> });
        expect(answer.status, `${method} ${path}`).toBe(401);
        expect(answer.headers.get('gatehouse-service')).toBe('refused');
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(await answer.text()).toBe('');
      }
    }
    expect(asked).toEqual([]);
    expect(lines.events().filter((event) => event === 'reset-door-refused')).toHaveLength(1);
    expect(lines.text()).not.toContain(SECRET.slice(0, 20));
  });

  it('lets monitors look at health without it', async () => {
    const { url } = await openDoor();
    expect(await (await fetch(`${url}/gatehouse/health`)).text()).toBe('healthy');
    expect((await fetch(`${url}/gatehouse/api/links`)).status).toBe(401);
  });

  it('hands on a person with the address, scheme, host and authorization that the injector found', async () => {
    const { url } = await openDoor();
    const answer = await fetch(`${url}/people/api/links?x=1`, {
      headers: {
        ...WITH,
        'Gatehouse-Client': '2001:db8::7',
        'Gatehouse-Scheme': 'https',
        'Gatehouse-Host': 'media.example.org',
        'X-Forwarded-For': '203.0.113.1',
        'X-Forwarded-Host': 'evil.example',
      },
    });
    const { url: path, headers } = (await answer.json()) as Carried;
    expect(path).toBe('/api/links?x=1');
    expect(headers).toMatchObject({
      'x-forwarded-for': '2001:db8::7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'media.example.org',
      host: 'media.example.org',
    });
    expect(JSON.stringify(headers)).not.toContain(SECRET);
    expect(Object.keys(headers).filter((name) => name.startsWith('gatehouse-'))).toEqual([]);
  });

  it.each(['', 'unknown', '1.2.3.4, 5.6.7.8', '1.2.3', '[::1]:80', 'evil.example'])(
    'refuses a request whose client is %j',
    async (client) => {
      const { url } = await openDoor();
      const headers = { ...WITH, 'Gatehouse-Client': client };
      expect((await fetch(`${url}/people/reset`, { headers })).status).toBe(404);
      const body = JSON.stringify({ enteredName: 'alice', clientAddress: client });
      const call = await fetch(`${url}/port/request-reset`, { method: 'POST', headers: WITH, body });
      expect(call.status).toBe(400);
    },
  );

  it.each([
    ['no JSON', '{'],
    ['an unknown key', '{"enteredName":"a","clientAddress":"::1","admin":true}'],
    ['a prototype', '{"enteredName":"a","clientAddress":"::1","__proto__":{"a":1}}'],
    ['a list', '{"enteredName":["a"],"clientAddress":"::1"}'],
    ['over 64 kB', JSON.stringify({ enteredName: 'x'.repeat(65 * 1024), clientAddress: '::1' })],
  ])('refuses a call with %s', async (_what, body) => {
    const { url, asked } = await openDoor();
    const answer = await fetch(`${url}/port/request-reset`, { method: 'POST', headers: WITH, body });
    expect(answer.status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('takes a call as it is meant', async () => {
    const { url, asked } = await openDoor();
    const call = { enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: 'de' };
    const answer = await fetch(`${url}/port/request-reset`, {
      method: 'POST',
      headers: WITH,
      body: JSON.stringify(call),
    });
    expect(answer.status).toBe(200);
    expect(asked).toEqual([call]);
    expect((await fetch(`${url}/port/request-reset`, { headers: WITH })).status).toBe(404);
  });
});
