import { expect, onTestFinished, vi } from 'vitest';
import { createSmtpInbox } from '../mail/smtp-inbox.ts';
import { startFakeDiscord, startFakeGateway } from './fake-discord.ts';
import { startFakeMatrix } from './fake-matrix.ts';
import type { FakeService, HeardRequest, Reply } from './fake-service.ts';
import { startFakeTelegram } from './fake-telegram.ts';
import { startReceiver } from './fake-webhooks.ts';

/** A channel as a journey meets it: its service, and the one person who is reached there. */
export interface JourneyChannel {
  readonly name: string;
  /** Its section of the config. */
  readonly section: string;
  /** The same with a token that the service refuses. */
  readonly wrongSection: string;
  /** That token. */
  readonly wrongSecret: string;
  /** What the person types as the address; undefined: they write to the bot. */
  readonly typed: string | undefined;
  /** Of the contact. */
  readonly address: string;
  /** What came to the person, oldest first. */
  texts(): readonly string[];
  /** The person writes to the bot, whose answer is among the texts. */
  tell(code: string): Promise<void>;
  /** The person wants nothing more of us. */
  block(): void;
  /** The service is away, or back. */
  setAway(isAway: boolean): void;
  /** Refuses the next message for so many seconds; answers when each try since then came, in ms. */
  limitOnce?(seconds: number): readonly number[];
}

const PERSON = 471100815;
const SNOWFLAKE = '800000000000000001';
const ANNA = '@anna:home.example';

/** What is the same of all that speak HTTP. */
function overHttp(
  service: Pick<FakeService, 'fault'>,
  isSend: (request: HeardRequest) => boolean,
  limited: (seconds: number) => Reply,
): Required<Pick<JourneyChannel, 'setAway' | 'limitOnce'>> {
  return {
    setAway: (isAway) => service.fault(isAway ? () => ({ status: 503, body: 'away' }) : undefined),
    limitOnce(seconds) {
      const tries: number[] = [];
      service.fault((request) => {
        if (!isSend(request)) return undefined;
        tries.push(performance.now());
        return tries.length === 1 ? limited(seconds) : undefined;
      });
      return tries;
    },
  };
}

const noBot = async (): Promise<void> => {
  throw new Error('this channel has no bot');
};

/** Starts the service of each; it ends with the running test. */
export const JOURNEY_CHANNELS: Readonly<Record<string, () => Promise<JourneyChannel>>> = {
  async telegram() {
    const telegram = await startFakeTelegram([PERSON]);
    const section = (token: string) => `telegram: { token: '${token}', apiUrl: '${telegram.url}' }`;
    return {
      ...{ name: 'telegram', typed: undefined, address: String(PERSON) },
      ...{
        section: section(telegram.token),
        wrongSection: section(`1${telegram.token}`),
        wrongSecret: `1${telegram.token}`,
      },
      texts: () => telegram.messages.map(({ text }) => text),
      async tell(code) {
        await vi.waitFor(() => expect(telegram.isAsked()).toBe(true), { timeout: 10_000 });
        telegram.say(PERSON, `/start ${code}`);
      },
      block: () => telegram.blocked.add(PERSON),
      ...overHttp(
        telegram,
        ({ path }) => path.endsWith('/sendMessage'),
        (seconds) => telegram.refuse(429, 'Too Many Requests', { retry_after: seconds }),
      ),
    };
  },
  async discord() {
    // Long enough for a busy machine: a connection is given up whose heartbeat is not answered before the next.
    const gateway = await startFakeGateway(10_000);
    const discord = await startFakeDiscord([SNOWFLAKE], gateway.url);
    const section = (token: string) => `discord: { token: '${token}', apiUrl: '${discord.url}' }`;
    return {
      ...{ name: 'discord', typed: undefined, address: SNOWFLAKE },
      ...{
        section: section(discord.token),
        wrongSection: section(`x${discord.token}`),
        wrongSecret: `x${discord.token}`,
      },
      texts: () => discord.messages.map(({ content }) => content),
      async tell(code) {
        await vi.waitFor(() => expect(gateway.connections()).toBe(1), { timeout: 10_000 });
        gateway.write(SNOWFLAKE, code);
      },
      block: () => discord.closed.add(SNOWFLAKE),
      ...overHttp(
        discord,
        ({ path }) => path.endsWith('/messages'),
        (seconds) => ({
          status: 429,
          body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
        }),
      ),
    };
  },
  async matrix() {
    const matrix = await startFakeMatrix([ANNA]);
    const section = (token: string) => `matrix: { accessToken: '${token}', homeserver: '${matrix.url}' }`;
    const isIn = (member: string, how: string) =>
      [...matrix.rooms.values()].find((room) => room.members.get(member) === how);
    return {
      ...{ name: 'matrix', typed: undefined, address: ANNA },
      ...{
        section: section(matrix.token),
        wrongSection: section(`x${matrix.token}`),
        wrongSecret: `x${matrix.token}`,
      },
      texts: () => matrix.sent().map(({ content }) => String(content['body'])),
      async tell(code) {
        await vi.waitFor(() => expect(matrix.isAsked()).toBe(true), { timeout: 10_000 });
        let room = isIn(matrix.bot, 'join');
        if (room === undefined) {
          room = matrix.makeRoom(ANNA);
          matrix.enter(room, matrix.bot, 'invite', ANNA);
          const invited = room;
          await vi.waitFor(() => expect(invited.members.get(matrix.bot)).toBe('join'), { timeout: 10_000 });
        }
        matrix.say(room, ANNA, code);
      },
      block() {
        for (const room of matrix.rooms.values()) matrix.enter(room, ANNA, 'leave');
        matrix.fault(({ path }) =>
          path.endsWith('/createRoom') ? matrix.refuse(404, 'M_NOT_FOUND') : undefined,
        );
      },
      ...overHttp(
        matrix,
        ({ path }) => path.includes('/send/m.room.message/'),
        (seconds) => matrix.refuse(429, 'M_LIMIT_EXCEEDED', { retry_after_ms: seconds * 1000 }),
      ),
    };
  },
  async webhook() {
    const secret = 's'.repeat(40);
    const receiver = await startReceiver(secret);
    const section = (key: string) => `webhook: { url: '${receiver.url}', secret: ${key} }`;
    const isSend = ({ body }: HeardRequest): boolean =>
      (body as { readonly type?: string } | undefined)?.type === 'message';
    return {
      ...{ name: 'webhook', typed: 'anna-9f2', address: 'anna-9f2' },
      ...{ section: section(secret), wrongSection: section('t'.repeat(40)), wrongSecret: 't'.repeat(40) },
      texts: () => receiver.taken.map(({ text }) => text),
      tell: noBot,
      block: () => receiver.fault((request) => (isSend(request) ? { status: 410 } : undefined)),
      ...overHttp(receiver, isSend, (seconds) => ({
        status: 429,
        headers: { 'retry-after': String(seconds) },
      })),
    };
  },
  async email() {
    const inbox = await createSmtpInbox({ login: { user: 'gate', pass: 'right' } });
    onTestFinished(() => inbox.close());
    const section = (pass: string) =>
      `mail: { url: 'smtp://gate:${pass}@${new URL(inbox.url).host}', from: noreply@example.org }`;
    return {
      ...{ name: 'email', typed: 'anna@example.org', address: 'anna@example.org' },
      ...{
        section: section('right'),
        wrongSection: section('pass-that-is-wrong'),
        wrongSecret: 'pass-that-is-wrong',
      },
      texts: () => inbox.messages.map(({ text }) => text),
      tell: noBot,
      block: () => inbox.refuse('permanent'),
      setAway: (isAway) => inbox.refuse(isAway ? () => 421 : 'accept'),
    };
  },
};
