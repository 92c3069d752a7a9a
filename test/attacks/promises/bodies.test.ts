import { describe, expect, it } from 'vitest';
import { createScriptedAccounts } from '../../support/jellyfin/scripted-accounts.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { startResetApp } from '../../support/reset/reset-app.ts';

const start = () => startResetApp(createScriptedAccounts());
const CALLS = ['reset-requests', 'links', 'passwords', 'pins'] as const;
type Call = (typeof CALLS)[number];

/** Bodies that are right, with a place for a text of a stranger. */
const RIGHT: Readonly<Record<Call, (text: string) => string>> = {
  'reset-requests': (text) => `{"enteredName":"${text}"}`,
  links: (text) => `{"token":"${text}"}`,
  passwords: (text) => `{"token":"${'x'.repeat(43)}","password":"${text}"}`,
  pins: (text) => `{"pin":"${text}"}`,
};

function call(path: Call, body: Buffer, type = 'application/json'): Buffer {
  const head = `POST /api/${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Bytes that are no UTF-8: a reader who stops at them and one who puts another sign there read two texts. */
const NO_UTF8: readonly (readonly [string, Buffer])[] = [
  ['a lone byte of Latin-1', Buffer.from('al\xefce', 'latin1')],
  ['a cut sign', Buffer.from([0x61, 0xe2, 0x82])],
  ['an overlong quote', Buffer.from([0x61, 0xc0, 0xa2, 0x61])],
  ['half a surrogate pair', Buffer.from([0x61, 0xed, 0xa0, 0x80])],
  ['more than there is of Unicode', Buffer.from([0x61, 0xf5, 0x80, 0x80, 0x80])],
  ['a byte of UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00])],
];

/** Each with a text in it that would be read in two ways, or take long. */
const WRONG: readonly (readonly [string, (body: string) => string])[] = [
  ['UTF-16', (body) => Buffer.from(body, 'utf16le').toString('latin1')],
  ['a key twice', (body) => body.replace('{', '{"enteredName":"eve","token":"eve","pin":"eve",')],
  ['a key that no call knows', (body) => body.replace('{', '{"admin":true,')],
  ['__proto__', (body) => body.replace('{', '{"__proto__":{"enteredName":"eve"},')],
  ['__proto__ with an escape', (body) => body.replace('{', '{"__pr\\u006fto__":{},')],
  ['constructor', (body) => body.replace('{', '{"constructor":{"prototype":{}},')],
  ['a list around it', (body) => `[${body}]`],
  ['a list in place of a text', (body) => body.replace(/:"([^"]*)"/, ':["$1"]')],
  ['an object in place of a text', (body) => body.replace(/:"([^"]*)"/, ':{"$1":"$1"}')],
  ['a number in place of a text', (body) => body.replace(/:"[^"]*"/, ':1')],
  ['null in place of a text', (body) => body.replace(/:"[^"]*"/, ':null')],
  ['two texts one after the other', (body) => `${body}${body}`],
  ['a comment', (body) => body.replace('{', '{/* */')],
  ['a comma too many', (body) => body.replace('}', ',}')],
  ['quotes of another kind', (body) => body.replaceAll('"', "'")],
  ['NaN', (body) => body.replace(/:"[^"]*"/, ':NaN')],
  ['a form', () => 'enteredName=alice&token=x&pin=x&password=y'],
  ['nothing', () => ''],
];

describe('a body of each call of ours', () => {
  it.each(WRONG)('that is or has %s is refused', async (_what, change) => {
    const { port, asked } = await start();
    for (const path of CALLS) {
      const body = Buffer.from(change(RIGHT[path]('alice')), 'latin1');
      expect([path, statusOf(await sendRaw(port, call(path, body), 5_000))]).toEqual([path, 400]);
    }
    expect(asked).toEqual([]);
    expect(({} as Record<string, unknown>)['enteredName']).toBeUndefined();
  });

  it.each(NO_UTF8)('that holds %s is refused', async (_what, bytes) => {
    const { port, asked } = await start();
    for (const path of CALLS) {
      const [before = '', after = ''] = RIGHT[path]('|').split('|');
      const body = Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
      expect([path, statusOf(await sendRaw(port, call(path, body), 5_000))]).toEqual([path, 400]);
    }
    expect(asked).toEqual([]);
  });

  it('that is JSON in UTF-8 is taken, whatever signs are in it', async () => {
    const { port, asked } = await start();
    for (const name of ['alice', 'Ünï 🎬', 'a\u2028b', '\ufffd']) {
      const body = Buffer.from(RIGHT['reset-requests'](name));
      const answer = await sendRaw(
        port,
        call('reset-requests', body, 'application/json; charset=UTF-8'),
        5_000,
      );
      expect([name, statusOf(answer)]).toEqual([name, 202]);
    }
    expect(asked.map(({ enteredName }) => enteredName)).toEqual(['alice', 'Ünï 🎬', 'a\u2028b', '\ufffd']);
  });
});
