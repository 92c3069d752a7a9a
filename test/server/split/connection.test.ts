import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createResetClient } from '../../../server/split/client.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { listen, shut } from '../../support/network/listen.ts';

const SECRET = 'a-secret-that-nobody-may-ever-see-in-a-log';

/** An injector's view of a reset service that does what the test says. */
async function facing(service: RequestListener) {
  const server = createServer(service);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return view(`http://127.0.0.1:${port}`);
}

/** The client behind a server of its own, as the injector puts it. */
async function view(url: string, ca?: string) {
  const lines = createLogLines();
  const client = createResetClient({ url, ca, secret: SECRET, log: lines.log });
  const all = { takesPins: true, throttlesLogins: true };
  const further = createResetClient({ url, ca, secret: SECRET, log: lines.log, ...all });
  const front = createServer((request, response) => {
    request.headers['x-forwarded-for'] = '192.0.2.7';
    request.headers['x-forwarded-proto'] = 'https';
    client.answer(request, response);
  });
  const port = await listen(front);
  onTestFinished(async () => {
    await Promise.all([client.close(), further.close()]);
    await shut(front);
  });
  return { client, further, lines, url: `http://127.0.0.1:${port}`, port };
}

describe('a request that is carried to the reset service', () => {
  it('takes the secret with it, and of what the person claims only what the injector says', async () => {
    const { url } = await facing((request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      response.end(JSON.stringify({ url: request.url, headers: request.headers }));
    });
    const answer = await fetch(`${url}/api/x?a=1`, {
      headers: {
        Authorization: 'MediaBrowser Token="abc"',
        'Gatehouse-Client': '203.0.113.66',
        'Gatehouse-Scheme': 'gopher',
        'Gatehouse-Host': 'evil.example',
        'Gatehouse-Authorization': 'Bearer forged',
        'Accept-Language': 'de',
      },
    });
    expect(answer.headers.has('gatehouse-service')).toBe(false);
    const { url: path, headers } = (await answer.json()) as { url: string; headers: object };
    expect(path).toBe('/people/api/x?a=1');
    expect(headers).toMatchObject({
      authorization: `Bearer ${SECRET}`,
      'gatehouse-client': '192.0.2.7',
      'gatehouse-scheme': 'https',
      'gatehouse-authorization': 'MediaBrowser Token="abc"',
      'accept-language': 'de',
    });
    expect(headers).not.toHaveProperty('gatehouse-host');
    expect(headers).not.toHaveProperty('x-forwarded-for');
  });

  it('is answered as it comes, not when it is whole', async () => {
    let finish: (() => void) | undefined;
    const { url } = await facing((_request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      response.write('first');
      finish = () => response.end(' last');
    });
    const answer = await fetch(`${url}/slow`);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('first');
    finish?.();
    expect((await reader?.read())?.value).toBe(' last');
  });

  it('breaks off where the service broke off, so that a part is not taken for the whole', async () => {
    const { url } = await facing((_request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.destroy());
    });
    await expect(fetch(`${url}/half`).then((answer) => answer.text())).rejects.toThrow();
  });

  it('is refused with 413 when its body is over 64 kB, without asking the service', async () => {
    let asked = 0;
    const { url } = await facing((_request, response) => {
      asked += 1;
      response.end();
    });
    const body = 'x'.repeat(64 * 1024 + 1);
    const answer = await fetch(`${url}/api/links`, { method: 'POST', body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'bad-body' });
    expect(asked).toBe(0);
  });

  it('ends with its client', async () => {
    const over = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { port } = await facing((_request, response) => {
      begun.resolve();
      response.on('close', () => over.resolve());
    });
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /x HTTP/1.1\r\nHost: a\r\n\r\n'));
    await begun.promise;
    socket.destroy();
    await over.promise;
  });
});

describe('a reset service that cannot be used', () => {
  it.each([
    ['is something else', { status: 200, mark: undefined }, /no reset service of Gatehouse \(status 200\)/],
    ['has another secret', { status: 401, mark: 'refused' }, /another service\.secret/],
  ])(
    'because it %s is named in the log once, and nothing of it is shown',
    async (_why, { status, mark }, problem) => {
      const { client, lines, url } = await facing((_request, response) => {
        if (mark !== undefined) response.setHeader('Gatehouse-Service', mark);
        response.writeHead(status).end('<script>alert(1)</script>');
      });
      const page = await fetch(`${url}/reset`);
      expect(page.status).toBe(503);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await page.text()).not.toContain('alert');
      const asked = { enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: undefined };
      await expect(client.requestReset(asked)).rejects.toThrow();
      expect(await client.report()).toEqual({ storage: 'unreachable' });
      expect(lines.events()).toEqual(['reset-service-away']);
      expect(lines.text()).toMatch(problem);
      expect(lines.text()).not.toContain(SECRET);
    },
  );
});

describe('the further methods of the port', () => {
  const answering = (value: object, seen: unknown[] = []) =>
    facing(async (request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      seen.push(request.url, JSON.parse(await text(request)));
      response.end(JSON.stringify(value));
    });
  const attempt = { name: 'alice', clientAddress: '192.0.2.7' };

  it('are there only where the configuration asks for them', async () => {
    const { client } = await view('http://127.0.0.1:1');
    expect([client.redeemPin, client.login]).toEqual([undefined, undefined]);
  });

  it('carry a PIN and its verdict', async () => {
    const seen: unknown[] = [];
    const { further } = await answering({ kind: 'limited', waitSeconds: 7 }, seen);
    const pin = { pin: 'AAAA', clientAddress: '192.0.2.7' };
    expect(await further.redeemPin?.(pin)).toEqual({ kind: 'limited', waitSeconds: 7 });
    expect(seen).toEqual(['/port/redeem-pin', pin]);
  });

  it('carry a sign-in, its permission and its end', async () => {
    const seen: unknown[] = [];
    const { further } = await answering({ isHeld: true, waitSeconds: 60 }, seen);
    expect(await further.login?.begin(attempt)).toEqual({ isHeld: true, waitSeconds: 60 });
    await further.login?.end(attempt, 'failure');
    expect(seen).toEqual([
      '/port/login/begin',
      { attempt },
      '/port/login/end',
      { attempt, outcome: 'failure' },
    ]);
  });

  it('let people sign in while the service is away, and do not hold each of them up', async () => {
    let asked = 0;
    const { further } = await facing(() => {
      asked += 1;
    });
    for (let turn = 0; turn < 5; turn++)
      expect(await further.login?.begin(attempt)).toEqual({ isHeld: false });
    expect(asked).toBe(1);
  });

  it('name it in the log once when the other half does not know one', async () => {
    const { further, lines } = await facing((_request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      response.writeHead(400).end('{}');
    });
    const pin = { pin: 'AAAA', clientAddress: '192.0.2.7' };
    await expect(further.redeemPin?.(pin)).rejects.toThrow(/400/);
    await expect(further.redeemPin?.(pin)).rejects.toThrow(/400/);
    expect(lines.events()).toEqual(['reset-call-refused']);
  });
});

it('over https, trusts the certificate authority it was given and no other', async () => {
  const ours = makeCertificate();
  const server = createTlsServer({ cert: ours.cert, key: ours.key }, (_request, response) => {
    response.setHeader('Gatehouse-Service', '1');
    response.end('{"storage":"open"}');
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  const url = `https://127.0.0.1:${port}`;
  expect(await (await view(url, ours.cert)).client.report()).toEqual({ storage: 'open' });
  expect(await (await view(url)).client.report()).toEqual({ storage: 'unreachable' });
  expect(await (await view(url, makeCertificate('another').cert)).client.report()).toEqual({
    storage: 'unreachable',
  });
});

it('a connection that the service had closed while it was idle costs nobody a request', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.setHeader('Gatehouse-Service', '1');
    // The next request finds a connection that is closed without a word.
    response.end('{}', () => setImmediate(() => response.socket?.resetAndDestroy()));
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  const { client } = await view(`http://127.0.0.1:${port}`);
  for (let turn = 0; turn < 20; turn++) {
    await client.requestReset({ enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: 'de' });
  }
  expect(requests).toBeGreaterThanOrEqual(20);
});

it.each([['proof-needed'], ['taken'], [undefined], ['from-the-future']])(
  'hears %s of whoever asked',
  async (answer) => {
    const { client } = await facing((_request, response) => {
      response.setHeader('Gatehouse-Service', '1');
      response.end(JSON.stringify({ answer }));
    });
    const asked = { enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: undefined };
    expect(await client.requestReset(asked)).toBe(answer === 'from-the-future' ? undefined : answer);
  },
);
