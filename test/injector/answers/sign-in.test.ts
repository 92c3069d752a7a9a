import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LoginAttempt, LoginOutcome } from '../../../injector/answers/reset-port.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { spell } from '../../support/network/spellings.ts';

const IDENTITY = 'Authorization: MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"\r\n';
const BODY = '{"Username":"alice","Pw":"wrong"}';

let jellyfin: FakeJellyfin;
let port: number;
const log = createKeptLog();
const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
const [begun, ended]: [LoginAttempt[], [LoginAttempt, LoginOutcome][]] = [[], []];
let isHeld = false;
let thinking: Promise<void> = Promise.resolve();

beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
  port = await listen(injector.server);
  await injector.configure(
    { jellyfinUrl: jellyfin.url, trustedProxies: ['127.0.0.1'], enabledMods: {} },
    {
      requestReset: async () => undefined,
      answer: (_request, response) => void response.writeHead(418).end(),
      login: {
        async begin(attempt) {
          begun.push(attempt);
          await thinking;
          return isHeld ? { isHeld, waitSeconds: 90 } : { isHeld: false };
        },
        async end(attempt, outcome) {
          ended.push([attempt, outcome]);
        },
      },
    },
  );
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});

function post(to: number, target: string, body: string | Buffer, headers = '', from = '203.0.113.7') {
  const head = `POST ${target} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${from}\r\n${IDENTITY}${headers}`;
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`;
  const bytes = Buffer.concat([Buffer.from(head + length), Buffer.from(body)]);
  return sendRaw(to, bytes.toString('latin1'), 5_000);
}

const JSON_TYPE = 'Content-Type: application/json\r\n';
const signIn = (body: string | Buffer = BODY, headers = JSON_TYPE): Promise<string> =>
  post(port, '/Users/AuthenticateByName', body, headers);

describe('what reaches Jellyfin as a sign-in', () => {
  it.each([
    ['/Users/AuthenticateByName', 51],
    ['/Users/ID/Authenticate', 52],
  ])('is asked of the throttle in each of 200 spellings: %s', async (path, seed) => {
    // Other routes below /Users answer 401 without a word.
    const isReached = (answer: string): boolean =>
      statusOf(answer) === 401 && answer.includes('Error processing request');
    const wrong: string[] = [];
    let reached = 0;
    const paths = [path.replace('ID', jellyfin.user('alice').id)];
    for (const [index, spelling] of spell(paths, '', 200, seed).entries()) {
      const mark = `?pw=x&mark=${index}-`;
      const direct = await post(jellyfin.port, `${spelling}${mark}direct`, BODY, JSON_TYPE);
      const before = begun.length;
      const through = await post(port, `${spelling}${mark}through`, BODY, JSON_TYPE);
      const isAsked = begun.length > before;
      const isRefused = /\r\n\r\nRefused: /.test(through) && !isReached(through);
      if (isReached(direct)) reached += 1;
      if (isReached(direct) && !isAsked && !isRefused) wrong.push(`${spelling}: not asked`);
      if (!isReached(direct) && isAsked && statusOf(through) !== 400) wrong.push(`${spelling}: asked`);
    }
    expect(wrong).toEqual([]);
    expect(reached).toBeGreaterThan(50);
  });

  it.each([
    ['keys in any case', BODY.replace('Username', 'uSERNAME'), JSON_TYPE],
    ['the last of double keys', `{"Username":"bob",${BODY.slice(1)}`, JSON_TYPE],
    ['escaped keys', BODY.replace('Username', '\\u0055sername'), JSON_TYPE],
    ['a byte order mark', `\ufeff${BODY}`, JSON_TYPE],
    ['utf-16', Buffer.from(BODY, 'utf16le'), 'Content-Type: application/json; charset=utf-16\r\n'],
    ['another JSON type', BODY, 'Content-Type: text/json\r\n'],
    ['a quoted charset', BODY, 'Content-Type: application/json;Charset="UTF-8"\r\n'],
    ['another parameter', BODY, 'Content-Type: application/json; profile="CamelCase"\r\n'],
  ] as [string, string | Buffer, string][])('is read by name: %s', async (_what, body, type) => {
    const before = begun.length;
    await signIn(body, type);
    expect(begun.slice(before)).toEqual([{ name: 'alice', clientAddress: '203.0.113.7' }]);
  });

  it.each(['12345678901234567890', '1e2', '5.0'])(
    'is read by name: a number, as it was written: %s',
    async (digits) => {
      const before = begun.length;
      await signIn(`{"Username":${digits},"Pw":"x"}`);
      expect(begun.slice(before).map(({ name }) => name)).toEqual([digits]);
    },
  );

  it('reaches it byte for byte, with its length and in chunks', async () => {
    const odd = ' {"Username" : "alice",\n"Pw":"wr\\u00f6ng \u{1f511}"} ';
    await signIn(odd);
    expect(jellyfin.journal.at(-1)?.body).toEqual(odd);
    const chunks = `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n${odd.slice(0, 5)}\r\n`;
    const rest = Buffer.from(odd.slice(5)).toString('latin1');
    await sendRaw(
      port,
      `POST /users/authenticatebyname HTTP/1.1\r\nHost: a\r\n${IDENTITY}${JSON_TYPE}${chunks}${rest.length.toString(16)}\r\n${rest}\r\n0\r\n\r\n`,
      5_000,
    );
    expect(jellyfin.journal.at(-1)?.body).toEqual(odd);
  });
});

describe('what the throttle is told', () => {
  it.each([
    ['success', '{"Username":"alice","Pw":"alice-pw-1"}', JSON_TYPE],
    ['failure', BODY, JSON_TYPE],
    ['neither', '{"Username":"alice","Pw":{}}', JSON_TYPE],
  ] as [LoginOutcome, string, string][])('is %s for %s with %s', async (outcome, body, type) => {
    const before = ended.length;
    await signIn(body, type);
    await vi.waitFor(() => expect(ended.slice(before).map(([, told]) => told)).toEqual([outcome]));
  });

  it('is a failure when the client left before the answer', async () => {
    const letGo = jellyfin.holdHashing();
    const before = ended.length;
    const abort = new AbortController();
    const gone = fetch(`http://127.0.0.1:${port}/Users/AuthenticateByName`, {
      method: 'POST',
      headers: {
        authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"',
        'content-type': 'application/json',
      },
      body: BODY,
      signal: abort.signal,
    }).catch(() => undefined);
    await vi.waitFor(() => expect(jellyfin.held()).toBe(1));
    abort.abort();
    await gone;
    await vi.waitFor(() => expect(ended.slice(before).map(([, told]) => told)).toEqual(['failure']));
    letGo();
  });
});

it('says in the log that a proxy hides who signs in, since then nobody is held', async () => {
  await post(port, '/Users/AuthenticateByName', BODY, `${JSON_TYPE}Via: 1.1 cache\r\n`, 'unknown');
  expect(log.lines.map(({ event }) => event)).toContain('forwarded-for-missing');
});

describe('a sign-in that is held', () => {
  it('is answered as one that may not sign in now, with a code for our own part, and Jellyfin is not asked', async () => {
    const wrong = await signIn();
    isHeld = true;
    const { length } = jellyfin.journal;
    const held = await signIn(BODY, `${JSON_TYPE}Origin: https://elsewhere.example\r\n`);
    isHeld = false;
    expect(jellyfin.journal.length).toBe(length);
    expect(statusOf(held)).toBe(403);
    const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
    expect(bodyOf(held)).toContain('Error processing request.');
    expect(bodyOf(wrong)).toContain('Error processing request.');
    expect(held).toMatch(/^X-Application-Error-Code: GatehouseSignInHeld-90\r$/im);
    expect(held).toMatch(/^Retry-After: 90\r$/im);
    expect(held).toMatch(/^Access-Control-Allow-Origin: \*\r$/im);
  });

  const utf16 = Buffer.from(BODY, 'utf16le');
  const broken = Buffer.from(BODY.replace('{', '{"x":"\u00ff",'), 'latin1');
  const typed = (type: string): string => `Content-Type: ${type}\r\n`;

  it.each([
    ['utf-16 by its other names: utf-16le', utf16, typed('application/json; charset=utf-16le'), 415],
    ['utf-16 by its other names: unicode', utf16, typed('application/json; charset=unicode'), 415],
    ['utf-16 by its other names: ucs-2', utf16, typed('application/json; charset="ucs-2"'), 415],
    ['utf-16 by its other names: iso', utf16, typed('application/json; charset=ISO-10646-UCS-2'), 415],
    ['utf-8 by another name', BODY, typed('application/json; charset=unicode-1-1-utf-8'), 415],
    ['utf-16 behind a blank', utf16, typed('application/json; charset = utf-16'), 415],
    ['two charsets', utf16, typed('application/json; charset=utf-16; charset=utf-8'), 415],
    ['two types', utf16, `${JSON_TYPE}${typed('application/json; charset=utf-16')}`, 415],
    ['a charset in a quoted value', BODY, typed('application/json; a="; charset=utf-16"'), 415],
    ['an odd JSON type', BODY, typed('application/a+b+json'), 415],
    ['a form', 'Username=alice&Pw=wrong', typed('application/x-www-form-urlencoded'), 415],
    ['no type at all', BODY, '', 415],
    ['a broken byte in a key that Jellyfin skips', broken, JSON_TYPE, 400],
    [
      'a half of a character',
      Buffer.from(`${BODY} `, 'utf16le').subarray(1),
      typed('text/json; charset=utf-16'),
      400,
    ],
    ['what is no JSON', '{"Username":"alice"', JSON_TYPE, 400],
    ['a list', '["alice"]', JSON_TYPE, 400],
    ['no name', '{"Pw":"wrong"}', JSON_TYPE, 400],
    ['a blank name', '{"Username":" ","Pw":"wrong"}', JSON_TYPE, 400],
    ['a name that is no text', '{"Username":true,"Pw":"wrong"}', JSON_TYPE, 400],
  ] as [string, string | Buffer, string, number][])(
    'a body that is not surely read is refused and not forwarded: %s',
    async (_what, body, type, status) => {
      const before = begun.length;
      const { length } = jellyfin.journal;
      const answer = await signIn(body, type);
      expect(statusOf(answer)).toBe(status);
      expect(answer).toMatch(status === 415 ? /"title":"Unsupported Media Type"/ : /Error proc|"errors":/);
      expect(jellyfin.journal.length).toBe(length);
      expect(begun.length).toBe(before);
    },
  );

  it.each([
    ['a body over 64 KiB', '/Users/AuthenticateByName', BODY.replace('wrong', 'x'.repeat(70_000)), 413],
    ['an id in a form no client writes', '/Users/%7B0x6f9b6d3c,0x1%7D/Authenticate?pw=x', '', 400],
  ])('refuses %s', async (_what, target, body, status) => {
    const { length } = jellyfin.journal;
    expect(statusOf(await post(port, target, body, JSON_TYPE))).toBe(status);
    expect(jellyfin.journal.length).toBe(length);
  });
});

describe('a client that leaves while the throttle thinks', () => {
  it('is over for the throttle, and Jellyfin is not asked', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    thinking = promise;
    const [begunBefore, endedBefore, asked] = [begun.length, ended.length, jellyfin.journal.length];
    const head = `POST /Users/AuthenticateByName HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}Content-Length: ${BODY.length}\r\n\r\n`;
    const connections = promisify(injector.server.getConnections.bind(injector.server));
    const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) socket.write(head + BODY);
    await vi.waitFor(() => expect(begun.length - begunBefore).toBe(20));
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect(await connections()).toBe(0));
    resolve();
    await vi.waitFor(() => expect(ended.length - endedBefore).toBe(20));
    expect(ended.slice(-20).every(([, outcome]) => outcome === 'neither')).toBe(true);
    expect(JSON.stringify(jellyfin.journal.slice(asked))).not.toContain('AuthenticateByName');
  });
});
