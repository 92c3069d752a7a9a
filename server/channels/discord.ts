import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Channel, ChannelContext, ReceivedMessage, SendOutcome } from '../ports/channel.ts';
import { DISCORD, ofDiscordRefusal } from './discord/discord-answers.ts';
import { createDiscordSignIn } from './discord/discord-sign-in.ts';
import { discordText, escapeMarkdown, isSnowflake, MOST_CONTENT, nonceOf } from './discord/discord-text.ts';
import { createGateway, type Gateway } from './discord/gateway.ts';
import { keepReceiving, type ReceiveOutcome, toFailure, untilEither } from './polling.ts';
import { callService } from './service-call.ts';
import { ofStrangeAnswer, ofUnanswered, toPause } from './service-outcome.ts';

/** Messages at once. Five in 5 s are usual for one channel. Source: discord.com/developers/docs/topics/rate-limits. */
const WIDTH = 3;

/** Most direct channels that are remembered; the others are asked for again. */
const MOST_CHANNELS = 5_000;

/** No preview is made of what is in the text. Source: discord.com/developers/docs/resources/message, message flags. */
const SUPPRESS_EMBEDS = 1 << 2;

/** Source: docs.discord.com/developers/topics/oauth2, "OAuth2 URLs". */
const AUTHORIZE_URL = 'https://discord.com/oauth2/authorize';

/** The bot, as the config has it. */
export interface DiscordOptions {
  readonly token: string;
  /** With the version, without a slash at the end. */
  readonly apiUrl: string;
  /** Of the application, for people who sign in to it; both or none. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The page on which people allow it. @default that of Discord */
  readonly authorizeUrl?: string | undefined;
  /** For tests; default 30 s for an answer. */
  readonly timeouts?: { readonly callMs: number };
}

const Id = z.looseObject({ id: z.string().regex(/^\d{1,20}$/) });
const Me = Id.extend({ username: z.string().regex(/^[^\p{Cc}<>]{1,64}$/u) });
/** Source: discord.com/developers/docs/events/gateway#get-gateway-bot, #session-start-limit-object. */
const GatewayPlace = z.looseObject({
  url: z.string().regex(/^wss?:\/\/[^\s?#]+$/),
  session_start_limit: z.looseObject({ remaining: z.number(), reset_after: z.number() }).optional(),
});

/** Discord takes the token from whoever begins more talks a day than it allows; so many are left over. */
const STARTS_LEFT_OVER = 20;

type Called<Result> = { readonly result: Result } | { readonly outcome: SendOutcome };

/**
 * Makes the Discord channel: direct messages by a bot, with `allowed_mentions` empty, previews off and Markdown escaped. A
 * nonce that Discord enforces for a few minutes makes a second try within them the same message, so that a call which is not
 * answered is repeated once at once. Source: discord.com/developers/docs/resources/user#create-dm, /resources/message#create-message.
 */
export function createDiscordChannel(options: DiscordOptions, { publicUrl, log }: ChannelContext): Channel {
  const closing = new AbortController();
  const channels = new LRUCache<string, string>({ max: MOST_CHANNELS });
  let me: z.infer<typeof Me> | undefined;

  async function call<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body?: object,
    more: { readonly signal?: AbortSignal | undefined; readonly isSend?: boolean } = {},
  ): Promise<Called<z.infer<Schema>>> {
    const once = () =>
      callService({
        method: body === undefined ? 'GET' : 'POST',
        url: `${options.apiUrl}${path}`,
        // Source: discord.com/developers/docs/reference#authentication, #user-agent.
        headers: {
          authorization: `Bot ${options.token}`,
          'user-agent': `DiscordBot (${publicUrl}, 1)`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: options.timeouts?.callMs,
        signal: more.signal,
      });
    let answer = await once();
    if (answer.kind === 'unanswered' && answer.isSent && more.signal?.aborted !== true) answer = await once();
    if (answer.kind === 'unanswered') return { outcome: ofUnanswered(DISCORD, answer, more.isSend === true) };
    if (answer.status < 200 || answer.status >= 300) return { outcome: ofDiscordRefusal(answer) };
    const read = schema.safeParse(answer.json);
    return read.success ? { result: read.data } : { outcome: ofStrangeAnswer(DISCORD, answer) };
  }

  async function findMe(): Promise<Called<z.infer<typeof Me>>> {
    if (me !== undefined) return { result: me };
    const called = await call(Me, '/users/@me');
    if ('result' in called) me = called.result;
    return called;
  }

  /** The channel between the bot and a person; opening it again gives the same one, and tells nobody. */
  async function openChannel(person: string, signal: AbortSignal | undefined): Promise<Called<string>> {
    const known = channels.get(person);
    if (known !== undefined) return { result: known };
    const called = await call(Id, '/users/@me/channels', { recipient_id: person }, { signal });
    if ('outcome' in called) return called;
    channels.set(person, called.result.id);
    return { result: called.result.id };
  }

  async function sendText(
    person: string,
    nonce: string,
    content: string,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const opened = await openChannel(person, signal);
    if ('outcome' in opened) return opened.outcome;
    const body = {
      ...{ content, allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS },
      ...{ nonce, enforce_nonce: true },
    };
    const sent = await call(Id, `/channels/${opened.result}/messages`, body, { signal, isSend: true });
    return 'outcome' in sent ? sent.outcome : { kind: 'sent' };
  }

  /** One connection to the Gateway, from its address to its end. */
  async function receive(gateway: Gateway, signal: AbortSignal, works: () => void): Promise<ReceiveOutcome> {
    const again = gateway.resumesAt;
    if (again !== undefined) return gateway.hold(again, signal, works);
    const found = await call(GatewayPlace, '/gateway/bot', undefined, { signal });
    if ('outcome' in found) return toFailure(found.outcome);
    const { url, session_start_limit: starts } = found.result;
    if (starts !== undefined && starts.remaining <= STARTS_LEFT_OVER) {
      const reason = 'Discord lets the bot begin no more connections for now.';
      return { kind: 'failed', reason, retryAfterMs: toPause(starts.reset_after) };
    }
    return gateway.hold(url, signal, works);
  }

  /** Answers what somebody wrote. Never throws. */
  async function answerTo(
    answer: (message: ReceivedMessage) => Promise<string | undefined>,
    message: ReceivedMessage,
    id: string,
  ): Promise<void> {
    const words = await answer(message).catch(() => undefined);
    if (words === undefined || closing.signal.aborted) return;
    const content = escapeMarkdown(words).slice(0, MOST_CONTENT);
    // Of several processes that heard the same, Discord takes one answer.
    await sendText(message.address, `to-${id}`, content, closing.signal);
  }

  return {
    name: 'discord',
    width: WIDTH,
    check: async () => {
      const called = await call(Me, '/users/@me');
      return 'outcome' in called ? called.outcome : { kind: 'sent' };
    },
    send: async ({ to, key, chat }, signal) => {
      if (!isSnowflake(to.address))
        return {
          ...{ kind: 'permanent', isAddressRefused: true },
          detail: 'The contact is not the id of a Discord user.',
        };
      const content = discordText(chat, publicUrl);
      if (content.length > MOST_CONTENT)
        return { kind: 'permanent', detail: `The message has more than ${MOST_CONTENT} characters.` };
      return sendText(to.address, nonceOf({ key }, content), content, signal);
    },
    bot: {
      where: async () => {
        const found = await findMe();
        if ('outcome' in found) throw new Error('detail' in found.outcome ? found.outcome.detail : '');
        return { name: found.result.username, url: `https://discord.com/users/${found.result.id}` };
      },
      receive: (answer, until) => {
        const hear = (message: ReceivedMessage, id: string): void => void answerTo(answer, message, id);
        const gateway = createGateway({ token: options.token, hear });
        void keepReceiving({
          ...{ channel: 'discord', signal: untilEither(closing.signal, until), log },
          receive: (signal, works) => receive(gateway, signal, works),
        });
      },
    },
    signIn: signInOf(options, publicUrl),
    close: () => closing.abort(),
  };
}

function signInOf({ clientId, clientSecret, ...options }: DiscordOptions, publicUrl: string) {
  if (clientId === undefined || clientSecret === undefined) return undefined;
  const { apiUrl, authorizeUrl = AUTHORIZE_URL } = options;
  const redirectUrl = `${publicUrl}/gatehouse/connect`;
  return createDiscordSignIn({ clientId, clientSecret, apiUrl, authorizeUrl, redirectUrl, publicUrl });
}
