import { expect, onTestFinished, test } from 'vitest';
import { discordText, nonceOf, readSnowflake } from '../../../server/channels/discord/discord-text.ts';
import { createDiscordChannel } from '../../../server/channels/discord.ts';
import type { Message } from '../../../server/ports/channel.ts';
import { startFakeDiscord } from '../../support/channels/fake-discord.ts';
import type { Reply } from '../../support/channels/fake-service.ts';

const ANNA = '80351110224678912';
const PUBLIC_URL = 'https://media.example.org';
const link = { label: 'Choose a password', url: `${PUBLIC_URL}/gatehouse/reset#t-_1` };
const messageTo = (address: string, more: object = {}, key = 'key-1'): Message => ({
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'discord', address },
  ...{
    key,
    subject: 's',
    text: 't',
    html: '<p>h</p>',
    chat: { before: ['Hello anna.'], after: [], ...more },
  },
});

async function open(callMs?: number) {
  const discord = await startFakeDiscord([ANNA]);
  const make = (token = discord.token) => {
    const timeouts = callMs === undefined ? {} : { timeouts: { callMs } };
    const options = { token, apiUrl: discord.url, ...timeouts };
    const channel = createDiscordChannel(options, { publicUrl: PUBLIC_URL });
    onTestFinished(() => channel.close());
    return channel;
  };
  return { discord, make, channel: make() };
}

test('the link stands in angle brackets, the code to be copied, and names behind backslashes', async () => {
  const { discord, channel } = await open();
  await channel.send(messageTo(ANNA, { link, code: 'ABCD-1234', after: ['Bye *anna*'] }));
  expect(discord.messages).toMatchObject([
    {
      content: `Hello anna\\.\n\n**Choose a password**\n<${link.url}>\n\n\`ABCD-1234\`\n\nBye \\*anna\\*`,
      ...{ flags: 4, allowed_mentions: { parse: [] }, enforce_nonce: true },
    },
  ]);
});

test('a web address in a name is none to be touched, and our own is one', () => {
  const name = 'http://e.example/x';
  expect(
    discordText({ before: [name, `${PUBLIC_URL}/a`, `${PUBLIC_URL}.evil/a`], after: [] }, PUBLIC_URL),
  ).toBe(
    `http\\:\\/\\/e\\.example\\/x\n\n<${PUBLIC_URL}/a>\n\nhttps\\:\\/\\/media\\.example\\.org\\.evil\\/a`,
  );
});

test('a nonce is the same for the same message, another for another key or another link, and short enough', () => {
  const key = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  expect(nonceOf({ key }, 'a')).toBe(nonceOf({ key }, 'a'));
  expect(new Set([nonceOf({ key }, 'a'), nonceOf({ key }, 'b'), nonceOf({ key: 'x' }, 'a')]).size).toBe(3);
  expect(nonceOf({ key }, 'a').length).toBeLessThanOrEqual(25);
});

test('a message that is not answered is tried again at once, and arrives once', async () => {
  const { discord, channel } = await open();
  let tries = 0;
  discord.fault(({ path }) => (path.endsWith('/messages') && ++tries === 1 ? 'close' : undefined));
  expect(await channel.send(messageTo(ANNA))).toEqual({ kind: 'sent' });
  expect([tries, discord.messages.length]).toEqual([2, 1]);
});

test('a message that is never answered may have arrived; a check then tells that Discord is away', async () => {
  const { discord, channel } = await open(150);
  discord.fault(({ path }) => (path.endsWith('/channels') ? undefined : 'hang'));
  expect(await channel.send(messageTo(ANNA))).toMatchObject({ kind: 'unconfirmed' });
  expect(await channel.check()).toMatchObject({ kind: 'unreachable' });
});

test('the direct channel is asked for once', async () => {
  const { discord, channel } = await open();
  for (const key of ['key-1', 'key-2']) await channel.send(messageTo(ANNA, {}, key));
  expect(discord.heard.map(({ path }) => path.split('/').at(-1))).toEqual([
    'channels',
    'messages',
    'messages',
  ]);
});

test.each<[string, Reply, object]>([
  [
    'takes no messages of the bot',
    { status: 403, body: { code: 50007 } },
    { kind: 'permanent', isAddressRefused: true },
  ],
  ['shares no server', { status: 403, body: { code: 50278 } }, { kind: 'permanent', isAddressRefused: true }],
  ['is nobody', { status: 404, body: { code: 10013 } }, { kind: 'permanent', isAddressRefused: true }],
  ['gets a text that is refused', { status: 400, body: { code: 50035 } }, { kind: 'permanent' }],
  ['is kept from a wrong token', { status: 401, body: { code: 0 } }, { kind: 'unreachable' }],
  [
    'waits for the limit of one channel',
    { status: 429, body: { retry_after: 0.65, global: false }, headers: { 'x-ratelimit-scope': 'user' } },
    { kind: 'temporary', retryAfterMs: 650 },
  ],
  [
    'waits for the limit of the bot',
    { status: 429, body: { retry_after: 64.57, global: true }, headers: { 'x-ratelimit-global': 'true' } },
    { kind: 'unreachable', retryAfterMs: 64_570 },
  ],
  [
    'waits for the network before Discord',
    { status: 429, body: '<html>1015', headers: { 'retry-after': '30' } },
    { kind: 'unreachable', retryAfterMs: 30_000 },
  ],
  ['meets Discord out of order', { status: 502, body: '<html>' }, { kind: 'unreachable' }],
  ['meets a page', { status: 200, body: '<html>Sign in' }, { kind: 'unreachable' }],
  ['meets an answer without end', 'huge', { kind: 'unreachable' }],
  [
    'is sent elsewhere',
    { status: 301, headers: { location: 'http://127.0.0.1:1' } },
    { kind: 'unreachable' },
  ],
])('a person who %s is told so', async (_what, reply, expected) => {
  const { discord, channel } = await open();
  discord.fault(({ path }) => (path.endsWith('/messages') ? reply : undefined));
  const { detail, ...outcome } = { detail: '', ...(await channel.send(messageTo(ANNA))) };
  expect(outcome).toEqual(expected);
  expect(detail).toMatch(/^Discord .*\.$/);
  expect(discord.heard).toHaveLength(2);
});

test('a check tells a good token from a wrong one', async () => {
  const { channel, make } = await open();
  expect(await channel.check()).toEqual({ kind: 'sent' });
  expect(await make('wrong-wrong-wrong-wrong-wrong-wrong').check()).toMatchObject({
    ...{ kind: 'unreachable', detail: expect.stringContaining('discord.token') },
  });
});

test('the bot is found by its name and its page', async () => {
  const { channel } = await open();
  const found = { name: 'gatehouse', url: 'https://discord.com/users/123456789012345678' };
  expect(await channel.bot?.where('code')).toEqual(found);
});

test('an id is read as it was typed, and a name is none', () => {
  expect(readSnowflake(` ${ANNA} `)).toEqual({ address: ANNA });
  for (const typed of ['', 'anna', 'anna#1234', '<@80351110224678912>', '123', '99999999999999999999'])
    expect(readSnowflake(typed)).toHaveProperty('fault');
});
