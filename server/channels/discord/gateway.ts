import { z } from 'zod';
import type { ReceivedMessage } from '../../ports/channel.ts';
import type { ReceiveOutcome } from '../polling.ts';

/** Messages to the bot alone; their text needs no further right. Source: discord.com/developers/docs/events/gateway#gateway-intents. */
const DIRECT_MESSAGES = 1 << 12;

/** How long until Discord is ready to talk, in milliseconds. */
const READY_WITHIN_MS = 30_000;

/** A connection that lasted as long ended by no fault of ours, and the next may follow at once. */
const LASTED_MS = 5_000;

/** Pause after a refusal that time does not mend, in milliseconds: each try counts towards what Discord allows in a day. */
const REFUSED_PAUSE_MS = 15 * 60_000;

/** Source: discord.com/developers/docs/events/gateway-events#payload-structure, /topics/opcodes-and-status-codes#gateway. */
const Payload = z.looseObject({
  op: z.int(),
  d: z.unknown().optional(),
  s: z.int().nullish(),
  t: z.string().nullish(),
});
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
} as const;

const Hello = z.looseObject({ heartbeat_interval: z.int().min(10).max(3_600_000) });
const Ready = z.looseObject({
  session_id: z.string().max(256),
  resume_gateway_url: z.string().regex(/^wss?:\/\/[^\s?#]+$/),
});
/** Source: discord.com/developers/docs/resources/message#message-object. */
const DirectMessage = z.looseObject({
  id: z.string().regex(/^\d{1,20}$/),
  guild_id: z.string().optional(),
  author: z.looseObject({ id: z.string().regex(/^\d{1,20}$/), bot: z.boolean().optional() }),
  content: z.string(),
});

/** Closing codes that say that another try would fare the same. Source: discord.com/developers/docs/topics/opcodes-and-status-codes#gateway. */
const REFUSED = new Map([
  [4004, 'Discord refuses the token; make a new one and write it to discord.token.'],
  [4013, 'Discord knows no such kinds of messages; Gatehouse is too old for it.'],
  [4014, 'Discord does not let this bot receive direct messages.'],
]);

const UNREADABLE = 'Discord says what Gatehouse cannot read.';

/** Where a talk stood that can be taken up again. */
interface Session {
  readonly id: string;
  readonly url: string;
  last: number | undefined;
}

/** The line on which Discord tells what people write. */
export interface Gateway {
  /** Where the next connection goes, when the one before can be taken up again; undefined: to where the API says. */
  readonly resumesAt: string | undefined;
  /**
   * Holds one connection, from its beginning to its end. Never throws.
   *
   * @param url `wss://` address without a query.
   * @param works Is called when it receives.
   */
  hold(url: string, signal: AbortSignal, works: () => void): Promise<ReceiveOutcome>;
}

/**
 * Makes the receiving side of a Discord bot: JSON over Node's own WebSocket, with heartbeats, taking up a talk where it broke
 * off, and no more kinds of messages than direct ones. Source: discord.com/developers/docs/events/gateway.
 *
 * @param parts.hear Is given each message to the bot alone, with its id. Must not throw.
 */
export function createGateway(parts: {
  readonly token: string;
  readonly hear: (message: ReceivedMessage, id: string) => void;
}): Gateway {
  const { token, hear } = parts;
  let session: Session | undefined;

  function begin(): object {
    if (session?.last !== undefined)
      return { op: OP.resume, d: { token, session_id: session.id, seq: session.last } };
    session = undefined;
    const properties = { os: process.platform, browser: 'gatehouse', device: 'gatehouse' };
    return { op: OP.identify, d: { token, intents: DIRECT_MESSAGES, properties } };
  }

  function dispatch(type: string | null | undefined, data: unknown, works: () => void): void {
    if (type === 'READY') {
      const ready = Ready.safeParse(data);
      if (ready.success)
        session = { id: ready.data.session_id, url: ready.data.resume_gateway_url, last: undefined };
    }
    if (type === 'READY' || type === 'RESUMED') works();
    if (type !== 'MESSAGE_CREATE') return;
    const read = DirectMessage.safeParse(data);
    if (!read.success || read.data.guild_id !== undefined || read.data.author.bot === true) return;
    hear({ address: read.data.author.id, text: read.data.content.trim() }, read.data.id);
  }

  async function hold(url: string, signal: AbortSignal, works: () => void): Promise<ReceiveOutcome> {
    const ended = Promise.withResolvers<ReceiveOutcome>();
    const socket = new WebSocket(`${url.replace(/\/$/, '')}/?v=10&encoding=json`);
    const begunAt = performance.now();
    let heartbeat: NodeJS.Timeout | undefined;
    let isReady = false;
    let isAnswered = true;
    const notReady = setTimeout(() => fail('Discord did not begin to talk in time.'), READY_WITHIN_MS);
    const leave = (): void => end({ kind: 'received' });

    function end(outcome: ReceiveOutcome, code = 4000): void {
      ended.resolve(outcome);
      clearTimeout(notReady);
      clearInterval(heartbeat);
      signal.removeEventListener('abort', leave);
      // 1000 would end the talk for good, which can be taken up again after any other.
      if (socket.readyState <= WebSocket.OPEN) socket.close(code);
    }
    const fail = (reason: string, retryAfterMs?: number): void =>
      end({ kind: 'failed', reason, retryAfterMs });
    /** It ended as connections do; a new one may follow, at once if this one had lasted. */
    const over = (): void => {
      if (isReady && performance.now() - begunAt >= LASTED_MS) end({ kind: 'received' });
      else fail('Discord ended the connection on which it tells what people write.');
    };
    const say = (payload: object): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(payload));
    };
    function beat(): void {
      if (!isAnswered) over();
      isAnswered = false;
      say({ op: OP.heartbeat, d: session?.last ?? null });
    }

    function read(text: unknown): void {
      const payload = Payload.safeParse(typeof text === 'string' ? parse(text) : undefined);
      if (!payload.success) {
        fail(UNREADABLE);
        return;
      }
      const { op, d, s, t } = payload.data;
      if (op === OP.hello) {
        const hello = Hello.safeParse(d);
        if (!hello.success) fail(UNREADABLE);
        else {
          heartbeat = setInterval(beat, hello.data.heartbeat_interval);
          say(begin());
        }
      } else if (op === OP.heartbeat) {
        say({ op: OP.heartbeat, d: session?.last ?? null });
      } else if (op === OP.ack) {
        isAnswered = true;
      } else if (op === OP.reconnect) {
        over();
      } else if (op === OP.invalidSession) {
        if (d !== true) session = undefined;
        fail('Discord has forgotten the connection, and a new one is begun.');
      } else if (op === OP.dispatch) {
        dispatch(t, d, () => {
          isReady = true;
          clearTimeout(notReady);
          works();
        });
        if (session !== undefined && typeof s === 'number') session.last = s;
      }
    }

    socket.addEventListener('message', ({ data }) => read(data));
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code }) => {
      const refused = REFUSED.get(code);
      if (refused !== undefined) fail(refused, REFUSED_PAUSE_MS);
      // 4007, 4009: the place to go on from is not known any more.
      if (code === 4007 || code === 4009) session = undefined;
      over();
    });
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return await ended.promise;
  }

  return {
    get resumesAt() {
      return session?.last === undefined ? undefined : session.url;
    },
    hold,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
