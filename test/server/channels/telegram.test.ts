import { expect, onTestFinished, test } from 'vitest';
import { createTelegramChannel } from '../../../server/channels/telegram.ts';
import { readTelegramId } from '../../../server/channels/telegram-text.ts';
import type { Message, ReceivedMessage } from '../../../server/ports/channel.ts';
import type { Reply } from '../../support/channels/fake-service.ts';
import { startFakeTelegram } from '../../support/channels/fake-telegram.ts';
import { until } from '../../support/clock/until.ts';
import { keepLines } from '../../support/log/kept-lines.ts';

const chat = { before: ['Hello anna'], after: ['Bye'] };
const messageTo = (address: string, more: object = {}): Message => ({
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'telegram', address },
  ...{ key: 'key-1', subject: 's', text: 't', html: '<p>h</p>', chat: { ...chat, ...more } },
});

async function open(timeouts?: { readonly callMs: number; readonly pollSeconds: number }) {
  const telegram = await startFakeTelegram([1001]);
  const kept = keepLines();
  const make = (token = telegram.token) => {
    const channel = createTelegramChannel(
      { token, apiUrl: telegram.url, ...(timeouts === undefined ? {} : { timeouts }) },
      { publicUrl: 'https://media.example.org', log: kept.log },
    );
    onTestFinished(() => channel.close());
    return channel;
  };
  return { telegram, kept, make, channel: make() };
}

test('the link and the code stand in the text as they are, the code to be copied', async () => {
  const { telegram, channel } = await open();
  const link = { label: 'Choose a password', url: 'https://media.example.org/gatehouse/reset#t' };
  await channel.send(messageTo('1001', { link, code: 'ABCD-1234' }));
  const [message] = telegram.messages;
  expect(message?.text).toBe(
    'Hello anna\n\nChoose a password\nhttps://media.example.org/gatehouse/reset#t\n\nABCD-1234\n\nBye',
  );
  const covered = message?.entities?.map(({ type, offset, length }) => [
    type,
    message.text.slice(offset, offset + length),
  ]);
  expect(covered).toEqual([
    ['bold', link.label],
    ['url', link.url],
    ['code', 'ABCD-1234'],
  ]);
});

test.each([
  [
    'the bot was blocked',
    403,
    'Forbidden: bot was blocked by the user',
    'permanent',
    /bot was blocked by the user/,
  ],
  ['the account is gone', 403, 'Forbidden: user is deactivated', 'permanent', /write to the bot first/],
  ['nobody has that number', 400, 'Bad Request: chat not found', 'permanent', /chat not found/],
  ['the token is wrong', 401, 'Unauthorized', 'unreachable', /telegram\.token/],
  ['the token is none at all', 404, 'Not Found', 'unreachable', /telegram\.token/],
  ['Telegram is out of order', 502, 'Bad Gateway', 'unreachable', /out of order \(status 502\)/],
])('when %s, it says so', async (_what, status, description, kind, detail) => {
  const { telegram, channel } = await open();
  telegram.fault(() => telegram.refuse(status, description));
  const outcome = await channel.send(messageTo('1001'));
  expect(outcome).toMatchObject({ kind, detail: expect.stringMatching(detail) });
  expect('isAddressRefused' in outcome).toBe(kind === 'permanent');
});

test.each<[string, Reply]>([
  ['a page instead of JSON', { status: 200, body: '<html>Sign in to the hotel</html>' }],
  ['JSON of another service', { status: 200, body: { hello: 'there' } }],
  ['an answer without end', 'huge'],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ['a gateway’s page', { status: 503, body: '<h1>503</h1>', headers: { 'retry-after': '9' } }],
])('%s is no Telegram, and nothing is followed', async (_what, reply) => {
  const { telegram, channel } = await open();
  telegram.fault(() => reply);
  for (const outcome of [await channel.check(), await channel.send(messageTo('1001'))])
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(/^Telegram .*\.$/s) });
  expect(telegram.heard).toHaveLength(2);
});

test('an answer that never comes leaves open whether the message arrived; a check that is not answered does not', async () => {
  const { telegram, channel } = await open({ callMs: 200, pollSeconds: 1 });
  telegram.fault(() => 'hang');
  expect(await channel.send(messageTo('1001'))).toMatchObject({ kind: 'unconfirmed' });
  expect(await channel.check()).toMatchObject({ kind: 'unreachable' });
  telegram.fault(() => 'close');
  expect(await channel.send(messageTo('1001'))).toMatchObject({ kind: 'unconfirmed' });
});

test('a check tells a good token from a wrong one', async () => {
  const { channel, make } = await open();
  expect(await channel.check()).toEqual({ kind: 'sent' });
  const outcome = await make('123456789:AAwrongwrongwrongwrongwrong').check();
  expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('telegram.token') });
  expect(JSON.stringify(outcome)).not.toContain('wrongwrong');
});

test('the bot is found by a link that sends the code', async () => {
  const { channel, telegram } = await open();
  expect(await channel.bot?.where('abcd-EF_1')).toEqual({
    name: '@gatehouse_test_bot',
    url: 'https://t.me/gatehouse_test_bot?start=abcd-EF_1',
  });
  await channel.bot?.where('x');
  expect(telegram.heard).toHaveLength(1);
});

test('what cannot be asked what the bot is called says so without the token', async () => {
  const { telegram, make } = await open();
  const channel = make();
  await telegram.close();
  await expect(channel.bot?.where('x')).rejects.toThrow(/^Telegram cannot be reached \(ECONNREFUSED\)[^/]*$/);
});

test('the bot hears whoever writes to it alone, and answers', async () => {
  const { telegram, channel } = await open();
  const heard: ReceivedMessage[] = [];
  telegram.say(1001, '/start ABC-123');
  channel.bot?.receive(async (message) => {
    heard.push(message);
    return message.text === '' ? undefined : `You wrote ${message.text}`;
  });
  await until(() => telegram.messages.length === 1 && telegram.isAsked());
  telegram.say(1002, '/start');
  telegram.say(1002, 'in a group', { id: -500, type: 'supergroup' });
  telegram.say(1002, 'to the bot');
  await until(() => telegram.messages.length === 2);
  expect(heard).toEqual([
    { address: '1001', text: 'ABC-123' },
    { address: '1002', text: '' },
    { address: '1002', text: 'to the bot' },
  ]);
  expect(telegram.messages).toMatchObject([
    { chat_id: 1001, text: 'You wrote ABC-123' },
    { chat_id: 1002, text: 'You wrote to the bot' },
  ]);
});

test('an answer that fails is no end of listening', async () => {
  const { telegram, channel } = await open();
  let heard = 0;
  channel.bot?.receive(async () => {
    heard += 1;
    throw new Error('the database is away');
  });
  for (const text of ['one', 'two']) {
    telegram.say(1001, text);
    await until(() => heard > 0 && telegram.isAsked());
  }
  await until(() => heard === 2);
});

test('two processes with one bot take turns, say so once, and hear everything', async () => {
  const { telegram, kept, channel, make } = await open({ callMs: 5_000, pollSeconds: 1 });
  const heard: string[] = [];
  const listen = async ({ text }: ReceivedMessage): Promise<undefined> => void heard.push(text);
  channel.bot?.receive(listen);
  await until(telegram.isAsked);
  make().bot?.receive(listen);
  await until(() => kept.of('bot-receives-nothing').length > 0);
  telegram.say(1001, 'hello');
  await until(() => heard.length > 0);
  expect(kept.of('bot-receives-nothing')[0]).toMatchObject({
    channel: 'telegram',
    reason: expect.stringContaining('Another process receives the messages of this Telegram bot'),
  });
  expect(new Set(heard)).toEqual(new Set(['hello']));
});

test('while Telegram is away the log says so once, without the token, and once that it is back', async () => {
  const { telegram, kept, channel } = await open({ callMs: 5_000, pollSeconds: 1 });
  telegram.fault(() => 'close');
  channel.bot?.receive(async () => undefined);
  await until(() => telegram.heard.length >= 2);
  telegram.fault(undefined);
  await until(() => kept.of('bot-receives-again').length === 1);
  expect(kept.of('bot-receives-nothing')).toHaveLength(1);
  expect(kept.text()).not.toContain(telegram.token.slice(10));
});

test('a closed channel asks no more', async () => {
  const { telegram, channel } = await open();
  channel.bot?.receive(async () => undefined);
  await until(telegram.isAsked);
  channel.close();
  await until(() => !telegram.isAsked());
  const asked = telegram.heard.length;
  telegram.say(1001, 'hello');
  expect(telegram.heard).toHaveLength(asked);
});

test.each([
  ['123456789', { address: '123456789' }],
  [' 5000000000 ', { address: '5000000000' }],
])('reads the number %s', (typed, read) => {
  expect(readTelegramId(typed)).toEqual(read);
});

test.each(['', '@anna', '-100', '007', '1.5', '99999999999999999999'])(
  '%j is no number of a person',
  (typed) => {
    expect(readTelegramId(typed)).toHaveProperty('fault');
  },
);
