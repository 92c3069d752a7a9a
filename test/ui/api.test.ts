import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../../ui/api.ts';
import type { Solve } from '../../ui/proof/solve.ts';
import { listen, shut } from '../support/network/listen.ts';

let server: Server | undefined;

async function listenTo(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  return listen(server);
}

/** The calls of the pages, made to a server that answers as given; addresses are seen from `/base/gatehouse/`. */
async function callTo(listener: RequestListener, timeoutMs?: number): Promise<Api> {
  const base = `http://127.0.0.1:${await listenTo(listener)}/base/gatehouse/`;
  // Node's fetch has no page, so neither a base for addresses nor an origin of its own.
  const fromPage: typeof fetch = (address, init) =>
    fetch(new URL(String(address), base), { ...init, mode: 'cors' });
  return createApi(fromPage, timeoutMs);
}

function answer(status: number, body: string, type = 'application/json'): RequestListener {
  return (_request, response) => response.writeHead(status, { 'Content-Type': type }).end(body);
}

afterEach(async () => {
  if (server !== undefined) await shut(server);
  server = undefined;
});

describe('createApi', () => {
  it('posts JSON to the address of the contract', async () => {
    let seen = '';
    const api = await callTo((request, response) => {
      request.setEncoding('utf8').on('data', (chunk) => {
        seen = `${request.method} ${request.url} ${request.headers['content-type']} ${chunk}`;
        response.end('{"signInUrl":"../web/"}');
      });
    });
    expect(await api.setPassword({ token: 't', password: 'ü' })).toEqual({
      isOk: true,
      body: { signInUrl: '../web/' },
    });
    expect(seen).toBe('POST /base/gatehouse/api/passwords application/json {"token":"t","password":"ü"}');
  });

  it('hands on the code and the faults of a refusal', async () => {
    const api = await callTo(answer(422, '{"code":"password-refused","message":"","faults":["common"]}'));
    expect(await api.setPassword({ token: 't', password: 'p' })).toEqual({
      isOk: false,
      code: 'password-refused',
      faults: ['common'],
    });
  });

  it.each([
    [502, '<h1>Bad gateway</h1>', 'internal'],
    [429, 'slow down', 'too-many-requests'],
    [500, '{"code":"from-the-future","message":""}', 'internal'],
    [500, '{"code":"toString"}', 'internal'],
    [500, 'null', 'internal'],
    [200, '<h1>Sign in to the network</h1>', 'internal'],
  ])('makes of a %i that says %s: %s', async (status, body, code) => {
    const api = await callTo(answer(status, body));
    expect(await api.checkLink({ token: 't' })).toEqual({ isOk: false, code, faults: [] });
  });

  it('says so when the connection breaks, before and within the answer', async () => {
    const breaking = await callTo((request) => request.socket.destroy());
    expect(await breaking.requestReset({ enteredName: 'ana' })).toMatchObject({ code: 'no-connection' });
    if (server !== undefined) await shut(server);
    const half = await callTo((request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('{"sig');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await half.setPassword({ token: 't', password: 'p' })).toMatchObject({ code: 'no-connection' });
  });

  it('takes the connection for broken when no answer comes in time', async () => {
    const api = await callTo(() => {}, 50);
    expect(await api.requestReset({ enteredName: 'ana' })).toMatchObject({ code: 'no-connection' });
  });

  it('reads the list of common passwords, one a line', async () => {
    const api = await callTo(answer(200, 'password\r\nqwerty\n\n', 'text/plain; charset=utf-8'));
    expect(await api.loadCommonPasswords()).toEqual(new Set(['password', 'qwerty']));
  });

  it.each([
    [404, 'text/plain'],
    [200, 'text/html'],
  ])('has no list when a %i of %s comes in its place', async (status, type) => {
    const api = await callTo(answer(status, 'password', type));
    expect(await api.loadCommonPasswords()).toBeUndefined();
  });

  describe('asking, when the server wants work for it', () => {
    const challenge = {
      nonce: 'n',
      salt: 's',
      keyPrefix: 'p',
      keySignature: 'k',
      expiresAt: 1,
      signature: 'x',
    };
    const proof = { challenge, counter: 7, derivedKey: 'd' };

    /** Answers 428 to whatever has no proof; keeps the bodies. */
    async function askThrough(solve: Solve, isEverRefused = false) {
      const bodies: unknown[] = [];
      const base = `http://127.0.0.1:${await listenTo((request, response) => {
        let text = '';
        request.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        request.on('end', () => {
          bodies.push(JSON.parse(text));
          const isTaken = text.includes('proof') && !isEverRefused;
          const body = isTaken ? {} : { code: 'proof-needed', message: '', challenge };
          response.writeHead(isTaken ? 202 : 428, { 'Content-Type': 'application/json' });
          response.end(JSON.stringify(body));
        });
      })}/`;
      const fromPage: typeof fetch = (address, init) =>
        fetch(new URL(String(address), base), { ...init, mode: 'cors' });
      const outcome = await createApi(fromPage, undefined, solve).requestReset({ enteredName: 'ana' });
      return { outcome, bodies };
    }

    it('solves the puzzle and asks the same again with it', async () => {
      const { outcome, bodies } = await askThrough(async () => proof);
      expect(outcome).toEqual({ isOk: true, body: {} });
      expect(bodies).toEqual([{ enteredName: 'ana' }, { enteredName: 'ana', proof }]);
    });

    it.each([
      ['has no answer', async () => undefined],
      ['cannot be read', () => Promise.reject(new TypeError('no'))],
    ] as [string, Solve][])('says so when the puzzle %s', async (_what, solve) => {
      const { outcome, bodies } = await askThrough(solve);
      expect(outcome).toMatchObject({ isOk: false, code: 'proof-needed' });
      expect(bodies).toHaveLength(1);
    });

    it('asks no third time', async () => {
      const { outcome, bodies } = await askThrough(async () => proof, true);
      expect(outcome).toMatchObject({ isOk: false, code: 'proof-needed' });
      expect(bodies).toHaveLength(2);
    });
  });
});
