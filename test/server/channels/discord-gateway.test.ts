import { expect, onTestFinished, test } from 'vitest';
import { createDiscordChannel } from '../../../server/channels/discord.ts';
import type { ReceivedMessage } from '../../../server/ports/channel.ts';
import { startFakeDiscord, startFakeGateway } from '../../support/channels/fake-discord.ts';
import { until } from '../../support/clock/until.ts';
import { keepLines } from '../../support/log/kept-lines.ts';

const ANNA = '80351110224678912';

async function open() {
  const gateway = await startFakeGateway();
  const discord = await startFakeDiscord([ANNA], gateway.url);
  const kept = keepLines();
  const heard: ReceivedMessage[] = [];
  const make = (token = discord.token) => {
    const context = { publicUrl: 'https://media.example.org', log: kept.log };
    const channel = createDiscordChannel({ token, apiUrl: discord.url }, context);
    onTestFinished(() => channel.close());
    return channel;
  };
  const listen = (channel = make()) =>
    channel.bot?.receive(async (message) => {
      heard.push(message);
      return message.text === 'hello' ? 'Hi *you*' : undefined;
    });
  return { gateway, discord, kept, heard, make, listen };
}

test('what a person writes to the bot alone is heard and answered; bots and servers are not', async () => {
  const { gateway, discord, heard, listen } = await open();
  listen();
  await until(() => gateway.connections() === 1);
  expect(gateway.ofOp(2)).toMatchObject([{ d: { token: discord.token, intents: 4096 } }]);
  gateway.write('1', 'in a server', { guild_id: '5' });
  gateway.write('2', 'a bot', { author: { id: '2', bot: true } });
  gateway.write(ANNA, ' hello ');
  gateway.write(ANNA, 'ABC-123');
  await until(() => heard.length === 2 && discord.messages.length === 1);
  expect(heard).toEqual([
    { address: ANNA, text: 'hello' },
    { address: ANNA, text: 'ABC-123' },
  ]);
  expect(discord.messages).toMatchObject([{ person: ANNA, content: 'Hi \\*you\\*', flags: 4 }]);
});

test('a connection that breaks is taken up where it was, without a new sign-in, and the log tells both once', async () => {
  const { gateway, heard, kept, listen } = await open();
  listen();
  await until(() => gateway.connections() === 1);
  gateway.end(1012);
  await until(() => gateway.ofOp(6).length === 1 && gateway.connections() === 1);
  expect(gateway.ofOp(6)).toMatchObject([{ d: { session_id: 'session-1', seq: 1 } }]);
  expect(gateway.ofOp(2)).toHaveLength(1);
  gateway.write(ANNA, 'again');
  await until(() => heard.length === 1 && kept.of('bot-receives-again').length === 1);
  expect(kept.of('bot-receives-nothing')).toMatchObject([{ channel: 'discord' }]);
});

test('a connection that is dead is left, as its heartbeats are not answered', async () => {
  const { gateway, listen } = await open();
  listen();
  await until(() => gateway.ofOp(1).length >= 2);
  gateway.fallSilent();
  await until(() => gateway.ofOp(6).length >= 1);
  gateway.wake();
  await until(() => gateway.connections() === 1);
});

test('a talk that Discord has forgotten is begun anew', async () => {
  const { gateway, listen } = await open();
  listen();
  await until(() => gateway.connections() === 1);
  gateway.tell({ op: 9, d: false });
  await until(() => gateway.ofOp(2).length === 2);
  expect(gateway.ofOp(6)).toEqual([]);
});

test.each([
  ['no JSON', 'a talk about nothing'],
  ['JSON of nobody', { hello: 'there' }],
  ['a message that is none', { op: 0, t: 'MESSAGE_CREATE', s: 2, d: { content: 5 } }],
])('%s does no harm', async (_what, payload) => {
  const { gateway, heard, listen } = await open();
  listen();
  await until(() => gateway.connections() === 1);
  gateway.tell(payload as object);
  await until(() => gateway.connections() === 1 && gateway.told.length > 3);
  gateway.write(ANNA, 'still here');
  await until(() => heard.length === 1);
});

test('a refused token is told without the token, and is not tried again soon', async () => {
  const { gateway, discord, kept, listen, make } = await open();
  discord.fault(({ path }) =>
    path === '/gateway/bot' ? { status: 200, body: { url: gateway.url } } : undefined,
  );
  listen(make('wrong-wrong-wrong-wrong-wrong-wrong'));
  await until(() => kept.of('bot-receives-nothing').length === 1);
  expect(kept.of('bot-receives-nothing')).toMatchObject([
    { reason: expect.stringContaining('discord.token') },
  ]);
  expect(kept.text()).not.toContain('wrong-wrong');
  expect(gateway.ofOp(2)).toHaveLength(1);
});

test('no connection is begun when Discord allows hardly any more today', async () => {
  const { gateway, discord, kept, listen } = await open();
  discord.startsLeft(3);
  listen();
  await until(() => kept.of('bot-receives-nothing').length === 1);
  expect(gateway.told).toEqual([]);
});

test('a closed channel leaves the Gateway', async () => {
  const { gateway, listen, make } = await open();
  const channel = make();
  listen(channel);
  await until(() => gateway.connections() === 1);
  channel.close();
  await until(() => gateway.connections() === 0);
});
