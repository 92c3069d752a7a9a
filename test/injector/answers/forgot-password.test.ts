import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

const log = createKeptLog();
const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
const asked: string[] = [];
let jellyfin: FakeJellyfin;
let port: number;

beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  port = await listen(injector.server);
  await injector.configure(
    { jellyfinUrl: jellyfin.url, trustedProxies: [], enabledMods: {} },
    {
      requestReset: async ({ enteredName }) => void asked.push(enteredName),
      answer: (_request, response) => void response.writeHead(418).end(),
    },
  );
  await vi.waitFor(() => expect(log.lines.map(({ event }) => event)).toContain('jellyfin-version'));
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await jellyfin.close();
});

function post(to: number, body: Buffer, type: string): Promise<string> {
  const head = `POST /Users/ForgotPassword?through=${to === port} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return sendRaw(to, Buffer.concat([Buffer.from(head), body]));
}

const JSON_TYPE = 'application/json';
const utf8 = (text: string): Buffer => Buffer.from(text);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

describe('a body that Jellyfin reads is read as Jellyfin reads it', () => {
  it.each([
    ['plain', JSON_TYPE, utf8('{"EnteredUsername":"bob"}')],
    ['with a byte order mark', JSON_TYPE, utf8('\uFEFF{"EnteredUsername":"bob"}')],
    ['in utf-16', `${JSON_TYPE}; charset=utf-16`, utf16('{"EnteredUsername":"bob"}')],
    [
      'in utf-16 with a byte order mark',
      `${JSON_TYPE}; charset=utf-16`,
      utf16('\uFEFF{"EnteredUsername":"bob"}'),
    ],
    ['with an escaped key', JSON_TYPE, utf8('{"\\u0045ntered\\u0055sername":"bob"}')],
    ['with an escaped value', JSON_TYPE, utf8('{"EnteredUsername":"\\u0062ob"}')],
    ['with a key in lower case', JSON_TYPE, utf8('{"enteredusername":"bob"}')],
    ['with the key twice', JSON_TYPE, utf8('{"EnteredUsername":"nobody","EnteredUsername":"bob"}')],
    ['with the key in two cases', JSON_TYPE, utf8('{"enteredUsername":"nobody","EnteredUsername":"bob"}')],
    [
      'with the key three times, the first spelling last',
      JSON_TYPE,
      utf8('{"EnteredUsername":"nobody","enteredUsername":"else","EnteredUsername":"bob"}'),
    ],
    [
      'with the key below another one',
      JSON_TYPE,
      utf8('{"EnteredUsername":"bob","x":{"EnteredUsername":"nobody","y":["EnteredUsername"]}}'),
    ],
    ['with another type of JSON', 'application/vnd.api+json', utf8('{"EnteredUsername":"bob"}')],
    ['with a type in upper case', 'TEXT/JSON', utf8('{"EnteredUsername":"bob"}')],
  ])('%s', async (_name, type, body) => {
    // Jellyfin's own answer to a person it knows names the file; the fake follows the recordings.
    const direct = await post(jellyfin.port, body, type);
    expect(statusOf(direct)).toBe(200);
    asked.length = 0;
    expect(statusOf(await post(port, body, type))).toBe(200);
    expect(asked).toEqual(['bob']);
  });
});

describe('a body that Jellyfin refuses is refused with the same status', () => {
  it.each([
    ['no JSON', JSON_TYPE, utf8('{"EnteredUsername":')],
    ['a comment', JSON_TYPE, utf8('{/* */"EnteredUsername":"bob"}')],
    ['a trailing comma', JSON_TYPE, utf8('{"EnteredUsername":"bob",}')],
    ['two values', JSON_TYPE, utf8('{"EnteredUsername":"bob"}{}')],
    ['bad utf-8', JSON_TYPE, Buffer.from([...utf8('{"EnteredUsername":"'), 0xff, 0xfe, ...utf8('"}')])],
    ['nothing', JSON_TYPE, utf8('')],
    ['an array', JSON_TYPE, utf8('["bob"]')],
    ['another key', JSON_TYPE, utf8('{"Name":"bob"}')],
    ['blanks', JSON_TYPE, utf8('{"EnteredUsername":"  "}')],
    ['a form', 'application/x-www-form-urlencoded', utf8('EnteredUsername=bob')],
    ['latin1', `${JSON_TYPE}; charset=iso-8859-1`, utf8('{"EnteredUsername":"bob"}')],
  ])('%s', async (_name, type, body) => {
    const direct = await post(jellyfin.port, body, type);
    expect(statusOf(direct)).toBeGreaterThanOrEqual(400);
    asked.length = 0;
    expect(statusOf(await post(port, body, type))).toBe(statusOf(direct));
    expect(asked).toEqual([]);
  });
});

it('never hands any of them to Jellyfin', () => {
  expect(jellyfin.journal.filter(({ path }) => path.includes('through=true'))).toEqual([]);
});

it('answers a POST that asks for an upgrade like any other', async () => {
  asked.length = 0;
  const body = '{"EnteredUsername":"bob"}';
  const head = `POST /users/forgotpassword HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Type: application/json\r\n`;
  const empty = await sendRaw(port, `${head}Content-Length: 0\r\n\r\n`);
  expect(statusOf(empty)).toBe(400);
  const answered = await sendRaw(port, `${head}Content-Length: ${body.length}\r\n\r\n${body}`);
  expect(statusOf(answered)).toBe(200);
  expect(asked).toEqual(['bob']);
  expect(jellyfin.journal.filter(({ method }) => method === 'POST').map(({ path }) => path)).not.toContain(
    '/users/forgotpassword',
  );
});
