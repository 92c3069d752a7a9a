import type { ServerResponse } from 'node:http';
import { give, type HeardRequest, type Reply, startFakeService } from './fake-service.ts';

/** A message as Telegram took it. Source: core.telegram.org/bots/api#sendmessage. */
export interface TelegramMessage {
  readonly chat_id: number;
  readonly text: string;
  readonly parse_mode?: string;
  readonly entities?: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly link_preview_options?: { readonly is_disabled?: boolean };
}

const TOKEN = '123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFake';

/**
 * Starts a Bot API server: getMe, getUpdates with long polling and 409 for the second who asks, sendMessage with the refusals
 * people cause. Source: core.telegram.org/bots/api.
 *
 * @param people Numbers of those who have written to the bot.
 */
export async function startFakeTelegram(people: readonly number[]) {
  const known = new Set(people);
  const blocked = new Set<number>();
  const messages: TelegramMessage[] = [];
  const updates: { readonly update_id: number; readonly message: object }[] = [];
  let waiting: { readonly response: ServerResponse; readonly timer: NodeJS.Timeout } | undefined;
  let updateId = 700;

  const ok = (result: unknown): Reply => ({ status: 200, body: { ok: true, result } });
  const refuse = (status: number, description: string, parameters?: object): Reply => ({
    status,
    body: { ok: false, error_code: status, description, ...(parameters === undefined ? {} : { parameters }) },
  });

  function sendMessage(body: TelegramMessage): Reply {
    if (!known.has(body.chat_id)) return refuse(400, 'Bad Request: chat not found');
    if (blocked.has(body.chat_id)) return refuse(403, 'Forbidden: bot was blocked by the user');
    if (body.text === '') return refuse(400, 'Bad Request: message text is empty');
    if (body.text.length > 4096) return refuse(400, 'Bad Request: message is too long');
    messages.push(body);
    return ok({ message_id: messages.length, date: 1, chat: { id: body.chat_id, type: 'private' } });
  }

  function getUpdates(
    body: { readonly offset?: number; readonly timeout?: number },
    response: ServerResponse,
  ): Reply {
    if (body.offset !== undefined)
      updates.splice(0, updates.filter(({ update_id }) => update_id < (body.offset ?? 0)).length);
    if (waiting !== undefined) {
      const other = waiting.response;
      clearTimeout(waiting.timer);
      waiting = undefined;
      const why =
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
      if (!other.destroyed) give(refuse(409, why), other);
    }
    if (updates.length > 0) return ok(updates);
    const timer = setTimeout(() => flush(), (body.timeout ?? 0) * 1000);
    waiting = { response, timer };
    response.on('close', () => {
      clearTimeout(timer);
      if (waiting?.response === response) waiting = undefined;
    });
    return 'later';
  }

  function flush(): void {
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    const { response } = waiting;
    waiting = undefined;
    give(ok(updates), response);
  }

  function answer(request: HeardRequest, response: ServerResponse): Reply {
    const [, token, method] = /^\/bot([^/]*)\/(\w+)$/.exec(request.path) ?? [];
    if (token !== TOKEN) return refuse(401, 'Unauthorized');
    switch (method) {
      case 'getMe':
        return ok({ id: 123456789, is_bot: true, first_name: 'Gate', username: 'gatehouse_test_bot' });
      case 'sendMessage':
        return sendMessage(request.body as TelegramMessage);
      case 'getUpdates':
        return getUpdates(request.body as object, response);
      default:
        return refuse(404, 'Not Found');
    }
  }

  const service = await startFakeService(answer);
  return {
    ...service,
    token: TOKEN,
    messages,
    blocked,
    /** Whether somebody waits for messages now. */
    isAsked: () => waiting !== undefined,
    refuse,
    /** Has a person write to the bot, or to a group it is in. */
    say(
      from: number,
      text: string,
      chat: { readonly id: number; readonly type: string } = { id: from, type: 'private' },
    ) {
      known.add(from);
      const message = {
        message_id: 1,
        date: 1,
        chat,
        from: { id: from, is_bot: false, first_name: 'A' },
        text,
      };
      updates.push({ update_id: updateId++, message });
      flush();
    },
    /** What is more than letters in the messages that came, our own link and code aside. */
    markup: () => messages.flatMap(markupOf),
  };
}

function markupOf({ text, parse_mode, entities = [], link_preview_options }: TelegramMessage): string[] {
  const odd = entities.filter(({ type, offset, length }) => {
    const covered = text.slice(offset, offset + length);
    if (type === 'url') return !covered.startsWith('https://media.example.org/');
    return type === 'code' ? !/^[A-Z0-9-]+$/.test(covered) : type !== 'bold' || covered.includes('<');
  });
  return [
    ...(parse_mode === undefined ? [] : ['parse mode']),
    ...(link_preview_options?.is_disabled === true ? [] : ['preview']),
    ...odd.map(({ type }) => type),
  ];
}
