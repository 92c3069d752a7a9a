import { expect, onTestFinished, test, vi } from 'vitest';
import { createDiscordChannel } from '../../../server/channels/discord.ts';
import { createMatrixChannel } from '../../../server/channels/matrix.ts';
import { createTelegramChannel } from '../../../server/channels/telegram.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import { startFakeDiscord } from '../../support/channels/fake-discord.ts';
import { startFakeMatrix } from '../../support/channels/fake-matrix.ts';
import type { FakeService, Reply } from '../../support/channels/fake-service.ts';
import { startFakeTelegram } from '../../support/channels/fake-telegram.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const CONTEXT = { publicUrl: 'https://media.example.org' };
const anna = account('Anna');
const ben = account('Ben');
const userOf = ({ id, name }: { readonly id: string; readonly name: string }) => {
  return { userId: id, userName: name };
};

/** A real channel in front of its fake service, with two people on it. */
interface World {
  readonly channel: Channel;
  readonly service: FakeService;
  /** Anna's and Ben's. */
  readonly addresses: readonly [string, string];
  /** The end of the path that a message is sent to. */
  readonly sends: RegExp;
  /** How many arrived. */
  readonly arrived: () => number;
}

const WORLDS = {
  async telegram(): Promise<World> {
    const service = await startFakeTelegram([1001, 1002]);
    const channel = createTelegramChannel({ token: service.token, apiUrl: service.url }, CONTEXT);
    const arrived = () => service.messages.length;
    return { channel, service, addresses: ['1001', '1002'], sends: /\/sendMessage$/, arrived };
  },
  async discord(): Promise<World> {
    const addresses = ['80351110224678912', '80351110224678913'] as const;
    const service = await startFakeDiscord(addresses);
    const channel = createDiscordChannel({ token: service.token, apiUrl: service.url }, CONTEXT);
    return { channel, service, addresses, sends: /\/messages$/, arrived: () => service.messages.length };
  },
  async matrix(): Promise<World> {
    const addresses = ['@anna:home.example', '@ben:home.example'] as const;
    const service = await startFakeMatrix(addresses);
    const channel = createMatrixChannel({ accessToken: service.token, homeserver: service.url }, CONTEXT);
    return {
      channel,
      service,
      addresses,
      sends: /\/send\/m\.room\.message\//,
      arrived: () => service.sent().length,
    };
  },
};

/** Anna has the chat first and mail behind it; Ben has the chat alone. The service answers every message with this. */
async function runWith(name: keyof typeof WORLDS, reply: Reply) {
  const world = await WORLDS[name]();
  onTestFinished(() => world.channel.close());
  const running = await runOutbox({
    ...{ accounts: [anna, ben], withoutContact: ['Ben'], otherChannels: [world.channel] },
  });
  for (const [index, person] of [anna, ben].entries()) {
    const address = world.addresses[index] ?? '';
    await running.storage.contacts.set({ ...userOf(person), channel: name, address });
  }
  await running.storage.contacts.setOrder(anna.id, [name, 'email']);
  const tries = () => world.service.heard.filter(({ path }) => world.sends.test(path)).length;
  const setReply = (next: Reply | undefined) =>
    world.service.fault(({ path }) => (world.sends.test(path) ? next : undefined));
  setReply(reply);
  return { ...running, world, tries, setReply };
}

const telegramRefusal = (status: number, description: string, parameters?: object): Reply => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters === undefined ? {} : { parameters }) },
});

const TOO_MANY = {
  telegram: telegramRefusal(429, 'Too Many Requests: retry after 31', { retry_after: 31 }),
  matrix: { status: 429, body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 31_000 } },
} as const;

test.each<[string, keyof typeof WORLDS, Reply, string]>([
  ['Telegram asks to wait (429)', 'telegram', TOO_MANY.telegram, 'unverified'],
  [
    'a person blocked the bot of Telegram (403)',
    'telegram',
    telegramRefusal(403, 'Forbidden: bot was blocked by the user'),
    'refused',
  ],
  ['Telegram is out of order (500)', 'telegram', { status: 500, body: '<h1>500</h1>' }, 'unverified'],
  [
    'a person takes no messages on Discord (50007)',
    'discord',
    { status: 403, body: { code: 50007 } },
    'refused',
  ],
  ['a homeserver has its limit (M_LIMIT_EXCEEDED)', 'matrix', TOO_MANY.matrix, 'unverified'],
])(
  'where %s, the message comes by mail, which is next in the order, once',
  async (_what, name, reply, state) => {
    const { ask, inbox, storage, tries, world, outbox } = await runWith(name, reply);
    await ask('anna');
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 }));
    await outbox.close();
    expect(inbox.messages.map(({ to }) => to)).toEqual(['anna@example.org']);
    expect([tries(), world.arrived()]).toEqual([1, 0]);
    const kept = await storage.contacts.ofUser(anna.id);
    expect(kept.find(({ channel }) => channel === name)).toMatchObject({ state });
  },
);

test.each(['telegram', 'matrix'] as const)(
  '%s hears nothing of anybody before the pause that it asked for is over, and then one message',
  async (name) => {
    const { ask, storage, tries, world, setReply, skip, kept } = await runWith(name, TOO_MANY[name]);
    await ask('anna');
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1 }));
    setReply(undefined);
    await ask('ben');
    await vi.waitFor(async () => expect(await storage.outbox.nextAt(name)).toBeDefined());
    skip(29_000);
    // What was due is looked for by then: another message goes through the same look.
    await ask('anna');
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 2 }));
    expect([tries(), world.arrived()]).toEqual([1, 0]);
    skip(3_000);
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 3, waiting: 0 }));
    expect([tries(), world.arrived()]).toEqual([2, 1]);
    expect(kept.of('message-moved').map(({ to }) => to)).toEqual(['email', 'email']);
  },
);
