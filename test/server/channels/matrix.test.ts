import { expect, test } from 'vitest';
import { readMatrixId, transactionOf } from '../../../server/channels/matrix/matrix-ids.ts';
import type { Reply } from '../../support/channels/fake-service.ts';
import { ANNA, BEN, messageTo, openMatrix } from '../../support/channels/matrix-world.ts';
import { until } from '../../support/clock/until.ts';

test('one room is made for a person, and found again by another process', async () => {
  const { matrix, make } = await openMatrix();
  const channel = make();
  await Promise.all(['key-1', 'key-2'].map((key) => channel.send(messageTo(ANNA, key))));
  await make().send(messageTo(ANNA, 'key-3'));
  await make().send(messageTo(BEN, 'key-4'));
  const rooms = [...matrix.rooms.values()];
  expect(rooms.map((room) => [room.isDirect, matrix.otherIn(room)])).toEqual([
    [true, ANNA],
    [true, BEN],
  ]);
  expect(matrix.sent()).toHaveLength(4);
});

test('what is sent to somebody who has not come yet waits for them in the room', async () => {
  const { matrix, make } = await openMatrix();
  expect(await make().send(messageTo(ANNA))).toEqual({ kind: 'sent' });
  const [room] = matrix.rooms.values();
  expect(room?.members.get(ANNA)).toBe('invite');
  const visibility = room?.events.find(({ type }) => type === 'm.room.history_visibility');
  expect(visibility?.content).toEqual({ history_visibility: 'shared' });
});

test('who has left is not invited again, until they write', async () => {
  const { matrix, make, listen } = await openMatrix();
  const channel = make();
  await channel.send(messageTo(ANNA));
  const [room] = matrix.rooms.values();
  if (room === undefined) throw new Error('there is no room');
  matrix.enter(room, ANNA, 'leave');
  const refused = { kind: 'permanent', isAddressRefused: true };
  expect(await channel.send(messageTo(ANNA, 'key-2'))).toMatchObject(refused);
  expect(await make().send(messageTo(ANNA, 'key-2'))).toMatchObject(refused);
  expect(matrix.rooms.size).toBe(1);

  listen(channel);
  await until(matrix.isAsked);
  const theirs = matrix.makeRoom(ANNA);
  matrix.enter(theirs, matrix.bot, 'invite', ANNA);
  await until(() => theirs.members.get(matrix.bot) === 'join' && matrix.isAsked());
  expect(await channel.send(messageTo(ANNA, 'key-2'))).toEqual({ kind: 'sent' });
  expect(matrix.sent().at(-1)?.room.id).toBe(theirs.id);
});

test('a room that we were put out of is replaced', async () => {
  const { matrix, make } = await openMatrix();
  const channel = make();
  await channel.send(messageTo(ANNA));
  const [room] = matrix.rooms.values();
  room?.members.set(matrix.bot, 'leave');
  expect(await channel.send(messageTo(ANNA, 'key-2'))).toEqual({ kind: 'sent' });
  expect(matrix.rooms.size).toBe(2);
});

test('a message that is not answered is tried again at once, and is one event', async () => {
  const { matrix, make, bodies } = await openMatrix();
  let tries = 0;
  matrix.fault(({ path, method }) => {
    if (!path.includes('/send/') || method !== 'PUT') return undefined;
    tries += 1;
    return tries === 1 ? 'close' : undefined;
  });
  const channel = make();
  expect(await channel.send(messageTo(ANNA))).toEqual({ kind: 'sent' });
  expect(await channel.send(messageTo(ANNA))).toEqual({ kind: 'sent' });
  expect([tries, bodies()]).toEqual([3, ['Hello <b>anna</b>']]);
});

test('a transaction is the same for the same message, and another for another link', () => {
  expect(transactionOf({ key: 'k' }, 'a')).toBe(transactionOf({ key: 'k' }, 'a'));
  expect(transactionOf({ key: 'k' }, 'a')).not.toBe(transactionOf({ key: 'k' }, 'b'));
});

test.each<[string, Reply, object]>([
  ['the token is refused', { status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } }, { kind: 'unreachable' }],
  [
    'there is too much at once',
    {
      status: 429,
      body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 100 },
      headers: { 'retry-after': '2' },
    },
    { kind: 'unreachable', retryAfterMs: 2_000 },
  ],
  ['the room is forbidden', { status: 403, body: { errcode: 'M_FORBIDDEN' } }, { kind: 'temporary' }],
  ['the text is too large', { status: 413, body: { errcode: 'M_TOO_LARGE' } }, { kind: 'permanent' }],
  ['the homeserver is out of order', { status: 502, body: '<html>' }, { kind: 'unreachable' }],
  ['a page answers', { status: 200, body: '<html>' }, { kind: 'unreachable' }],
  ['an answer has no end', 'huge', { kind: 'unreachable' }],
  [
    'it leads elsewhere',
    { status: 302, headers: { location: 'http://127.0.0.1:1' } },
    { kind: 'unreachable' },
  ],
])('says so when %s', async (_what, reply, expected) => {
  const { matrix, make } = await openMatrix();
  matrix.fault(({ path }) => (path.includes('/send/') ? reply : undefined));
  const { detail, ...outcome } = { detail: '', ...(await make().send(messageTo(ANNA))) };
  expect(outcome).toEqual(expected);
  expect(detail).toMatch(/^The homeserver 127\.0\.0\.1:\d+ .*\.$/);
});

test('a message that is never answered may have arrived; what came before it did not', async () => {
  const { matrix, make } = await openMatrix(150);
  matrix.fault(({ path }) => (path.includes('/send/') ? 'hang' : undefined));
  expect(await make().send(messageTo(ANNA))).toMatchObject({ kind: 'unconfirmed' });
  matrix.fault(() => 'hang');
  expect(await make().send(messageTo(ANNA))).toMatchObject({ kind: 'unreachable' });
});

test('a check tells a good token from a wrong one; the account is found by its id', async () => {
  const { make } = await openMatrix();
  expect(await make().check()).toEqual({ kind: 'sent' });
  expect(await make('wrong-token').check()).toMatchObject({
    ...{ kind: 'unreachable', detail: expect.stringContaining('matrix.accessToken') },
  });
  expect(await make().bot?.where('code')).toEqual({
    name: '@gatehouse:home.example',
    url: 'https://matrix.to/#/%40gatehouse%3Ahome.example',
  });
});

test('a full id is read as it was typed, and nothing else is one', () => {
  expect(readMatrixId(` ${ANNA} `)).toEqual({ address: ANNA });
  for (const typed of [
    '',
    'anna',
    '@anna',
    'anna@home.example',
    '@an na:x',
    '@a:',
    '@a:b/c',
    '@a:b?x',
    '@:x',
  ])
    expect(readMatrixId(typed)).toHaveProperty('fault');
});
