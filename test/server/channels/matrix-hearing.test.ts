import { expect, test } from 'vitest';
import { ANNA, BEN, messageTo, openMatrix } from '../../support/channels/matrix-world.ts';
import { until } from '../../support/clock/until.ts';

test('who invites us and is alone there is heard and answered; others are not', async () => {
  const { matrix, listen, heard, bodies } = await openMatrix();
  listen();
  await until(matrix.isAsked);
  const room = matrix.makeRoom(ANNA);
  matrix.enter(room, matrix.bot, 'invite', ANNA);
  await until(() => room.members.get(matrix.bot) === 'join');
  matrix.say(room, ANNA, 'ABC-123 ');
  await until(() => bodies().length === 1);
  matrix.say(room, ANNA, '* ABC-124', { 'm.relates_to': { rel_type: 'm.replace', event_id: '$x' } });
  matrix.say(room, ANNA, 'a picture', { msgtype: 'm.image' });
  const crowd = matrix.makeRoom(BEN);
  crowd.members.set(ANNA, 'join');
  matrix.enter(crowd, matrix.bot, 'invite', BEN);
  await until(() => crowd.members.get(matrix.bot) === 'leave');
  matrix.say(room, ANNA, 'last');
  await until(() => bodies().length === 2);
  expect(heard.map(({ address, text }) => [address, text])).toEqual([
    [ANNA, 'ABC-123'],
    [ANNA, 'last'],
  ]);
  expect(bodies()).toEqual(['You wrote ABC-123', 'You wrote last']);
});

test('what is said once more people are in the room is not heard', async () => {
  const { matrix, listen, heard, make } = await openMatrix();
  await make().send(messageTo(ANNA));
  const [room] = matrix.rooms.values();
  if (room === undefined) throw new Error('there is no room');
  room.members.set(ANNA, 'join');
  room.members.set(BEN, 'join');
  listen();
  await until(matrix.isAsked);
  matrix.say(room, ANNA, 'secret code');
  await until(() => matrix.isAsked() && matrix.heard.some(({ path }) => path.endsWith('/joined_members')));
  room.members.set(BEN, 'leave');
  matrix.say(room, ANNA, 'alone again');
  await until(() => heard.length === 1);
  expect(heard).toEqual([{ address: ANNA, text: 'alone again' }]);
});

test('a room that is encrypted end to end is left for one that we can read, where we speak first', async () => {
  const { matrix, listen, heard, bodies } = await openMatrix();
  listen();
  await until(matrix.isAsked);
  const theirs = matrix.makeRoom(ANNA, { isEncrypted: true });
  matrix.enter(theirs, matrix.bot, 'invite', ANNA);
  await until(() => bodies().length === 1);
  expect(theirs.members.get(matrix.bot)).toBe('leave');
  const ours = matrix.sent()[0]?.room;
  expect([bodies(), ours?.members.get(ANNA)]).toEqual([['Write your code here'], 'invite']);
  expect(heard).toEqual([{ address: ANNA, text: '', isFromUnreadable: true }]);
});

test('who begins to encrypt is answered in another room, once', async () => {
  const { matrix, listen, bodies } = await openMatrix();
  listen();
  await until(matrix.isAsked);
  const room = matrix.makeRoom(ANNA);
  matrix.enter(room, matrix.bot, 'invite', ANNA);
  await until(() => room.members.get(matrix.bot) === 'join' && matrix.isAsked());
  matrix.sayEncrypted(room, ANNA);
  await until(() => bodies().length === 1);
  matrix.sayEncrypted(room, ANNA);
  matrix.say(room, ANNA, 'plain again');
  await until(() => bodies().length === 2);
  expect(matrix.rooms.size).toBe(2);
  expect(bodies()).toEqual(['Write your code here', 'You wrote plain again']);
});

test('two processes that hear the same message give one answer', async () => {
  const { matrix, listen, heard, bodies, make } = await openMatrix();
  await make().send(messageTo(ANNA));
  const [room] = matrix.rooms.values();
  if (room === undefined) throw new Error('there is no room');
  room.members.set(ANNA, 'join');
  matrix.say(room, ANNA, 'ABC-123');
  listen();
  listen();
  await until(() => heard.length === 2);
  await until(matrix.isAsked);
  expect(bodies()).toEqual(['Hello <b>anna</b>', 'You wrote ABC-123']);
});

test('while the homeserver is away the log says so once, without the token', async () => {
  const { matrix, kept, listen } = await openMatrix();
  matrix.fault(() => 'close');
  listen();
  await until(() => matrix.heard.length >= 2);
  matrix.fault(undefined);
  await until(() => kept.of('bot-receives-again').length === 1);
  expect(kept.of('bot-receives-nothing')).toHaveLength(1);
  expect(kept.text()).not.toContain(matrix.token);
});
