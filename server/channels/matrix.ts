import { z } from 'zod';
import type { Channel, ChannelContext, ReceivedMessage, SendOutcome } from '../ports/channel.ts';
import { plainChat } from './chat-text.ts';
import { createDirectRooms } from './matrix/direct-rooms.ts';
import { createMatrixListener } from './matrix/listener.ts';
import { createMatrixApi, type MatrixResult, part } from './matrix/matrix-api.ts';
import { isMatrixId, transactionOf } from './matrix/matrix-ids.ts';
import { keepReceiving, untilEither } from './polling.ts';

/** Messages at once. */
const WIDTH = 3;

/** Longest text, in characters; an event may have 65536 bytes. Source: spec.matrix.org/latest/client-server-api, "Size limits". */
const MOST_TEXT = 10_000;

/** The account that writes, as the config has it. */
export interface MatrixOptions {
  /** Without a slash at the end. */
  readonly homeserver: string;
  readonly accessToken: string;
  /** For tests; default 30 s for an answer. */
  readonly timeouts?: { readonly callMs: number };
}

const WhoAmI = z.looseObject({ user_id: z.string().refine(isMatrixId) });
const Sent = z.looseObject({ event_id: z.string() });

/**
 * Makes the Matrix channel: plain text without HTML, with `m.mentions` empty and no previews, in a room with that person
 * alone. Somebody who was invited and has not come yet is sent the message all the same: it waits in the room, and the
 * invitation says so. Not encrypted end to end; see docs/decisions/2026-12-01-channel-libraries.md.
 * Source: spec.matrix.org/latest/client-server-api.
 */
export function createMatrixChannel(options: MatrixOptions, { publicUrl, log }: ChannelContext): Channel {
  const closing = new AbortController();
  const call = createMatrixApi({ ...options, timeoutMs: options.timeouts?.callMs });
  let own: string | undefined;

  async function askWho(): Promise<MatrixResult<string>> {
    const found = await call(WhoAmI, { method: 'GET', path: '/account/whoami' });
    if ('outcome' in found) return found;
    own = found.result.user_id;
    return { result: own };
  }
  const me = async (): Promise<MatrixResult<string>> => (own === undefined ? askWho() : { result: own });
  const rooms = createDirectRooms(call, me);

  function put(room: string, transaction: string, text: string, signal?: AbortSignal) {
    return call(Sent, {
      method: 'PUT',
      path: `/rooms/${part(room)}/send/m.room.message/${part(transaction)}`,
      // MSC4095: an empty list asks clients to show no previews.
      body: { msgtype: 'm.text', body: text, 'm.mentions': {}, 'com.beeper.linkpreviews': [] },
      ...{ signal, isSend: true },
    });
  }

  async function send(
    person: string,
    transaction: string,
    text: string,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    if (signal?.aborted === true)
      return { kind: 'unreachable', detail: 'The message was left to another process.' };
    const found = await rooms.find(person);
    if ('outcome' in found) return found.outcome;
    const sent = await put(found.room, transaction, text, signal);
    return 'outcome' in sent ? sent.outcome : { kind: 'sent' };
  }

  return {
    name: 'matrix',
    width: WIDTH,
    check: async () => {
      const found = await askWho();
      return 'outcome' in found ? found.outcome : { kind: 'sent' };
    },
    send: async ({ to, key, chat }, signal) => {
      if (!isMatrixId(to.address))
        return {
          ...{ kind: 'permanent', isAddressRefused: true },
          detail: 'The contact is not the full id of a Matrix user.',
        };
      const text = plainChat(chat, publicUrl);
      if (text.length > MOST_TEXT)
        return { kind: 'permanent', detail: `The message has more than ${MOST_TEXT} characters.` };
      return send(to.address, transactionOf({ key }, text), text, signal);
    },
    bot: {
      where: async () => {
        const found = await me();
        if ('outcome' in found) throw new Error('detail' in found.outcome ? found.outcome.detail : '');
        return { name: found.result, url: `https://matrix.to/#/${part(found.result)}` };
      },
      receive: (answer, until) => {
        const hear = async (message: ReceivedMessage, room: string, id: string): Promise<void> => {
          const words = await answer(message).catch(() => undefined);
          if (words === undefined || closing.signal.aborted) return;
          // Of several processes that heard the same, the homeserver takes one answer.
          await put(room, `answer.${id}`, words.slice(0, MOST_TEXT), closing.signal);
        };
        const receive = createMatrixListener({ call, me, rooms, hear });
        void keepReceiving({ channel: 'matrix', receive, signal: untilEither(closing.signal, until), log });
      },
    },
    close: () => closing.abort(),
  };
}
