import { z } from 'zod';
import type { Channel, ChannelContext, ReceivedMessage, SendOutcome } from '../ports/channel.ts';
import { keepReceiving, type ReceiveOutcome, toFailure, untilEither } from './polling.ts';
import { callService, type ServiceAnswer } from './service-call.ts';
import {
  ofLimit,
  ofRefusedToken,
  ofStrangeAnswer,
  ofUnanswered,
  plainWords,
  readRetryAfter,
  type ServiceWords,
  toPause,
} from './service-outcome.ts';
import { isTelegramId, MOST_TEXT, telegramText } from './telegram-text.ts';

/** Messages at once. The bot may send about 30 a second, one a second to a chat. Source: core.telegram.org/bots/faq. */
const WIDTH = 4;

/** How long Telegram holds a question for messages open when there are none, in seconds. Source: core.telegram.org/bots/api#getupdates. */
const POLL_SECONDS = 50;

/** How long after that its answer may still come, in milliseconds. */
const POLL_SLACK_MS = 15_000;

/** Messages of one answer are larger than others: a hundred of 4096 characters. */
const MOST_POLL_BYTES = 4 * 1024 * 1024;

const WORDS: ServiceWords = { name: 'Telegram', place: 'telegram.apiUrl', token: 'telegram.token' };

/** The bot, as the config has it. */
export interface TelegramOptions {
  /** Stands in each address that is called, so no address may get into a sentence. */
  readonly token: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  /** For tests; defaults 30 s for an answer, 50 s for a question that waits. */
  readonly timeouts?: { readonly callMs: number; readonly pollSeconds: number };
}

/** What every answer looks like. Source: core.telegram.org/bots/api#making-requests. */
const Answer = z.union([
  z.looseObject({ ok: z.literal(true), result: z.unknown() }),
  z.looseObject({
    ok: z.literal(false),
    description: z.string().optional(),
    parameters: z.looseObject({ retry_after: z.number().optional() }).optional(),
  }),
]);

/** Source: core.telegram.org/bots/api#user. */
const Bot = z.looseObject({ username: z.string().regex(/^[A-Za-z0-9_]{1,64}$/) });

/** Source: core.telegram.org/bots/api#update, #message, #chat. */
const Update = z.looseObject({
  update_id: z.int(),
  message: z
    .looseObject({
      chat: z.looseObject({ id: z.int(), type: z.string() }),
      from: z.looseObject({ id: z.int(), is_bot: z.boolean() }).optional(),
      text: z.string().optional(),
    })
    .optional()
    .catch(undefined),
});

type Called =
  | { readonly result: unknown }
  /** `isContested`: another process receives the messages. */
  | { readonly outcome: SendOutcome; readonly isContested?: boolean };

/**
 * Makes the Telegram channel: plain text with entities, no parse mode that a name could break out of, previews off.
 * `protect_content` is left off: it would keep people from copying their own code. Telegram keeps no key of a message, so
 * a second copy is recognised by its link. Source: core.telegram.org/bots/api.
 */
export function createTelegramChannel(options: TelegramOptions, { publicUrl, log }: ChannelContext): Channel {
  const { callMs, pollSeconds = POLL_SECONDS } = options.timeouts ?? {};
  const closing = new AbortController();
  let bot: string | undefined;

  async function call(
    method: 'getMe' | 'sendMessage' | 'getUpdates',
    body: object,
    more: { readonly signal?: AbortSignal; readonly timeoutMs?: number; readonly mostBytes?: number } = {},
  ): Promise<Called> {
    const answer = await callService({
      method: 'POST',
      url: `${options.apiUrl}/bot${options.token}/${method}`,
      body: JSON.stringify(body),
      timeoutMs: callMs,
      ...more,
    });
    if (answer.kind === 'unanswered')
      return { outcome: ofUnanswered(WORDS, answer, method === 'sendMessage') };
    const read = Answer.safeParse(answer.json);
    if (!read.success) return { outcome: ofStrangeAnswer(WORDS, answer) };
    if (read.data.ok) return { result: read.data.result };
    const isContested = answer.status === 409 && !isOfWebhook(read.data.description ?? '');
    return { outcome: ofRefusal(answer, read.data), isContested };
  }

  async function findBot(): Promise<{ readonly bot: string } | { readonly outcome: SendOutcome }> {
    const called = await call('getMe', {});
    if ('outcome' in called) return called;
    const read = Bot.safeParse(called.result);
    if (!read.success) return { outcome: ofStrangeAnswer(WORDS, { status: 200, headers: new Headers() }) };
    bot = read.data.username;
    return { bot };
  }

  async function send(to: string, text: object, signal?: AbortSignal): Promise<SendOutcome> {
    const called = await call(
      'sendMessage',
      { chat_id: Number(to), ...text, link_preview_options: { is_disabled: true } },
      signal === undefined ? {} : { signal },
    );
    return 'outcome' in called ? called.outcome : { kind: 'sent' };
  }

  /** Messages are confirmed by the next question, so that one whose answer was under way at the end comes again. */
  let next: number | undefined;

  async function receive(answer: Answerer, signal: AbortSignal): Promise<ReceiveOutcome> {
    const called = await call(
      'getUpdates',
      {
        ...(next === undefined ? {} : { offset: next }),
        timeout: pollSeconds,
        allowed_updates: ['message'],
      },
      { signal, timeoutMs: pollSeconds * 1000 + POLL_SLACK_MS, mostBytes: MOST_POLL_BYTES },
    );
    if ('outcome' in called)
      return { ...toFailure(called.outcome), isContested: called.isContested === true };
    const updates = z.array(Update).safeParse(called.result);
    if (!updates.success) return { kind: 'failed', reason: 'Telegram sends messages Gatehouse cannot read.' };
    for (const update of updates.data) {
      const message = toReceived(update);
      const words = message === undefined ? undefined : await answer(message).catch(() => undefined);
      if (signal.aborted) return { kind: 'received' };
      if (message !== undefined && words !== undefined)
        await send(message.address, { text: words.slice(0, MOST_TEXT) }, signal);
      next = update.update_id + 1;
    }
    return { kind: 'received' };
  }

  return {
    name: 'telegram',
    width: WIDTH,
    check: async () => {
      const found = await findBot();
      return 'outcome' in found ? found.outcome : { kind: 'sent' };
    },
    send: async ({ to, chat }, signal) => {
      if (!isTelegramId(to.address))
        return {
          ...{ kind: 'permanent', isAddressRefused: true },
          detail: 'The contact is not the number of a Telegram user.',
        };
      const text = telegramText(chat, publicUrl);
      if (text.text.length > MOST_TEXT)
        return { kind: 'permanent', detail: `The message has more than ${MOST_TEXT} characters.` };
      return send(to.address, text, signal);
    },
    bot: {
      where: async (code) => {
        const found = bot === undefined ? await findBot() : { bot };
        if ('outcome' in found) throw new Error('detail' in found.outcome ? found.outcome.detail : '');
        return { name: `@${found.bot}`, url: `https://t.me/${found.bot}?start=${startWord(code)}` };
      },
      receive: (answer, until) => {
        const once = (signal: AbortSignal) => receive(answer, signal);
        const signal = untilEither(closing.signal, until);
        void keepReceiving({ channel: 'telegram', receive: once, signal, log });
      },
    },
    close: () => closing.abort(),
  };
}

type Answerer = (message: ReceivedMessage) => Promise<string | undefined>;

/** What may stand behind `start=`. Source: core.telegram.org/bots/features#deep-linking. */
function startWord(code: string): string {
  return code.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 64);
}

/** What a person wrote to the bot alone, without the command in front; undefined for everything else. */
function toReceived({ message }: z.infer<typeof Update>): ReceivedMessage | undefined {
  if (message?.text === undefined || message.from === undefined) return undefined;
  const { chat, from, text } = message;
  // In a private chat both are the person's id.
  if (chat.type !== 'private' || from.is_bot || chat.id !== from.id || chat.id <= 0) return undefined;
  return { address: String(chat.id), text: text.replace(/^\/start(?:\s+|$)/, '').trim() };
}

/** What a refusal means. Source: core.telegram.org/bots/api#making-requests; the descriptions as the service gives them. */
function ofRefusal(
  { status, headers }: Extract<ServiceAnswer, { kind: 'answered' }>,
  said: Extract<z.infer<typeof Answer>, { ok: false }>,
): SendOutcome {
  const description = said.description ?? '';
  // 404 is what an address gets whose token has not the form of one.
  if (status === 401 || status === 404) return ofRefusedToken(WORDS);
  if (status === 429) {
    const seconds = said.parameters?.retry_after;
    return ofLimit(WORDS, seconds === undefined ? readRetryAfter(headers) : toPause(seconds * 1000), true);
  }
  if (status === 403 || /chat not found|user not found|PEER_ID_INVALID/i.test(description)) {
    const why = plainWords(description);
    const detail = `Telegram does not let the bot write to this person${why === '' ? '' : ` (${why})`}; they must write to the bot first, or end its block.`;
    return { kind: 'permanent', detail, isAddressRefused: true };
  }
  if (status === 409) return { kind: 'unreachable', detail: explainConflict(description) };
  if (status === 400) {
    const why = plainWords(description);
    return {
      kind: 'permanent',
      detail: `Telegram refused the message${why === '' ? '' : ` (${why})`} (status 400).`,
    };
  }
  return ofStrangeAnswer(WORDS, { status, headers });
}

const isOfWebhook = (description: string): boolean => /webhook/i.test(description);

function explainConflict(description: string): string {
  return isOfWebhook(description)
    ? 'Another program has set a webhook for this Telegram bot, so that it gets the messages; give Gatehouse a bot of its own.'
    : 'Another process receives the messages of this Telegram bot. With several replicas that is as it should be; otherwise give Gatehouse a bot of its own.';
}
