import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFront, type Front } from '../front.ts';
import { createScriptedUpstream, type Script, type ScriptedUpstream } from '../scripted-upstream.ts';
import { exchange, statusesOf } from '../smuggling/sockets.ts';

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

const EVIL = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-Evil: 1\r\n\r\nPOISON';
const then = (answer: string): Script => answer;
const thenEnd =
  (answer: string): Script =>
  (socket) =>
    socket.end(Buffer.from(answer, 'latin1'));

/** What Jellyfin sends, and what the client may take it for: a status of the answer, or a broken connection. */
const MALFORMED: readonly (readonly [string, Script, 'whole' | 'broken'])[] = [
  [
    'both lengths',
    then(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${EVIL}`),
    'broken',
  ],
  [
    'two lengths',
    then(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\nabc${EVIL}`),
    'broken',
  ],
  ['a length list', then(`HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabc${EVIL}`), 'broken'],
  ['a signed length', then(`HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc${EVIL}`), 'broken'],
  ['a negative length', then(`HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n${EVIL}`), 'broken'],
  ['an endless length', then(`HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc`), 'broken'],
  ['an unknown coding', then(`HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n${EVIL}`), 'broken'],
  [
    'two codings',
    then(`HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n${EVIL}`),
    'broken',
  ],
  [
    'a bad chunk size',
    thenEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n'),
    'broken',
  ],
  [
    'a chunk without its end',
    thenEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n'),
    'broken',
  ],
  [
    'a chunk of 65 bits',
    thenEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n'),
    'broken',
  ],
  [
    'chunks without the last',
    thenEnd('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
    'broken',
  ],
  ['fewer bytes than said', thenEnd('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'), 'broken'],
  ['another answer behind the body', then(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc${EVIL}`), 'whole'],
  [
    'another answer behind chunks',
    then(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n${EVIL}`),
    'whole',
  ],
  ['a body on 204', then(`HTTP/1.1 204 No Content\r\n\r\n${EVIL}`), 'whole'],
  ['a body on 304', then(`HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc${EVIL}`), 'whole'],
  ['a flood of interim answers', then('HTTP/1.1 102 Processing\r\n\r\n'.repeat(10_000)), 'broken'],
  [
    '101 that nobody asked for',
    then(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n${EVIL}`),
    'broken',
  ],
  [
    'a carriage return inside a header',
    then(`HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n${EVIL}`),
    'broken',
  ],
  ['a NUL inside a header', then(`HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 0\r\n\r\n`), 'broken'],
  ['a header without a colon', then(`HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n`), 'broken'],
  ['a blank before the colon', then(`HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc${EVIL}`), 'broken'],
  ['a folded header', then(`HTTP/1.1 200 OK\r\nX: a\r\n Content-Length: 3\r\n\r\nabc${EVIL}`), 'broken'],
  [
    'a control character in the reason',
    then(`HTTP/1.1 200 O\x01K\r\nContent-Length: 3\r\n\r\nabc`),
    'broken',
  ],
  ['no HTTP at all', thenEnd('hello, this is no answer\r\n\r\n'), 'broken'],
  ['another version', then(`HTTP/2.0 200 OK\r\nContent-Length: 3\r\n\r\nabc`), 'broken'],
  ['a status of two digits', then(`HTTP/1.1 20 OK\r\nContent-Length: 3\r\n\r\nabc`), 'broken'],
  ['a status of four digits', then(`HTTP/1.1 2000 OK\r\nContent-Length: 3\r\n\r\nabc`), 'broken'],
  ['status 099', then(`HTTP/1.1 099 Odd\r\nContent-Length: 3\r\n\r\nabc`), 'broken'],
  ['a head without an end', thenEnd(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(1_000)}`), 'broken'],
  ['a head of 1 MB', then(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(1_000_000)}\r\n\r\n`), 'broken'],
  ['nothing, and the end', (socket) => socket.end(), 'broken'],
  ['a reset', (socket) => socket.resetAndDestroy(), 'broken'],
  [
    'half an answer and a reset',
    (socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
    'broken',
  ],
  [
    'Connection: keep-alive, X',
    then('HTTP/1.1 200 OK\r\nConnection: keep-alive, X\r\nX: 1\r\nContent-Length: 3\r\n\r\nabc'),
    'whole',
  ],
  [
    'Connection: close, and none',
    then('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc'),
    'whole',
  ],
];

describe('an answer of Jellyfin that is none never reaches another client', () => {
  it.each(MALFORMED)('%s', async (what, script, is) => {
    const path = `/bad/${encodeURIComponent(what)}`;
    upstream.scripts.set(path, script);
    // Behind a head that looked well, the end of the connection is what tells: however late it comes.
    const isEnough = (statuses: readonly number[]): boolean => statuses.includes(502);
    const got = await exchange(
      front.port,
      [`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`],
      is === 'whole' ? 1 : isEnough,
      20_000,
    );
    const [status] = statusesOf(got.raw);
    if (is === 'whole') expect([200, 204, 304]).toContain(status);
    else expect(status === undefined || status === 502 || got.isClosed, got.raw.slice(0, 300)).toBe(true);
    expect(got.raw).not.toContain('POISON');
    expect(got.raw).not.toContain('X-Evil');

    const next = await Promise.all(
      ['/one', '/two', '/three'].map((next) =>
        exchange(front.port, [`GET ${next} HTTP/1.1\r\nHost: a\r\n\r\n`], 1),
      ),
    );
    for (const [index, { raw }] of next.entries()) {
      expect(statusesOf(raw)).toEqual([200]);
      expect(raw.endsWith(`GET ${['/one', '/two', '/three'][index]}`), raw).toBe(true);
    }
  });

  it.each([
    'HTTP/1.1 200 O\x01K',
    'HTTP/1.1 099 Odd',
    'HTTP/2.0 200 OK',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip',
    'HTTP/1.1 200 OK\r\nX: a\x00b',
  ])('answered 502 also to a request with a body: %j', async (head) => {
    upstream.scripts.set('/posted', `${head}\r\nContent-Length: 3\r\n\r\nabc`);
    const { raw } = await exchange(
      front.port,
      ['POST /posted HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx'],
      1,
    );
    expect(statusesOf(raw)).toEqual([502]);
  });

  it('nor the same client, when it goes on with its connection', async () => {
    upstream.scripts.set('/tail', `HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc${EVIL}`);
    for (let round = 0; round < 20; round += 1) {
      const requests = ['/tail', '/one', '/tail', '/two'].map(
        (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
      );
      const { raw } = await exchange(front.port, [requests.join('')], 4);
      expect(statusesOf(raw)).toEqual([200, 200, 200, 200]);
      expect(raw).not.toContain('POISON');
    }
    await wait(1);
  });
});
