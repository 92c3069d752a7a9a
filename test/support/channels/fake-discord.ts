import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen, shut } from '../network/listen.ts';
import { createFakeDiscordSignIns } from './fake-discord-sign-ins.ts';
import { type HeardRequest, type Reply, startFakeService } from './fake-service.ts';

/** A message as Discord took it. Source: discord.com/developers/docs/resources/message#create-message. */
export interface DiscordMessage {
  /** Whose direct channel it is in. */
  readonly person: string;
  readonly content: string;
  readonly flags?: number;
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
  readonly allowed_mentions?: { readonly parse?: readonly string[] };
}

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GfAkEx.fake-fake-fake-fake-fake-fake-fake';
const BOT = '123456789012345678';

/**
 * Starts the REST API of Discord: the bot, direct channels, messages with nonces, and where the Gateway is.
 * Source: discord.com/developers/docs/resources/user, /resources/message, /topics/rate-limits.
 *
 * @param people Ids of those who share a server with the bot.
 * @param gatewayUrl Where the Gateway is; default nowhere.
 */
export async function startFakeDiscord(people: readonly string[], gatewayUrl = 'ws://127.0.0.1:1') {
  const messages: DiscordMessage[] = [];
  const closed = new Set<string>();
  let remaining = 1000;
  const refuse = (status: number, code: number, message: string): Reply => {
    return { status, body: { message, code } };
  };

  function createMessage(person: string, body: Omit<DiscordMessage, 'person'>): Reply {
    if (closed.has(person)) return refuse(403, 50007, 'Cannot send messages to this user');
    if (body.content.length > 2000) return refuse(400, 50035, 'Invalid Form Body');
    if ((body.nonce ?? '').length > 25) return refuse(400, 50035, 'Invalid Form Body');
    const first = messages.findIndex(({ nonce }) => body.enforce_nonce === true && nonce === body.nonce);
    if (first === -1) messages.push({ ...body, person });
    return { status: 200, body: { id: String(9000 + (first === -1 ? messages.length : first)) } };
  }

  const signIns = createFakeDiscordSignIns();

  function answer(request: HeardRequest): Reply {
    const { path, method, headers, body } = request;
    const signedIn = signIns.answer(request);
    if (signedIn !== undefined) return signedIn;
    if (headers.authorization !== `Bot ${TOKEN}`) return refuse(401, 0, '401: Unauthorized');
    if (!/^DiscordBot \(\S+, \S+\)/.test(headers['user-agent'] ?? '')) return refuse(403, 40333, 'no agent');
    if (method === 'GET' && path === '/users/@me')
      return { status: 200, body: { id: BOT, username: 'gatehouse', bot: true } };
    if (method === 'GET' && path === '/gateway/bot') {
      const limit = { total: 1000, remaining, reset_after: 14_400_000, max_concurrency: 1 };
      return { status: 200, body: { url: gatewayUrl, shards: 1, session_start_limit: limit } };
    }
    if (method !== 'POST') return refuse(404, 0, '404: Not Found');
    if (path === '/users/@me/channels') {
      const { recipient_id: person } = body as { readonly recipient_id: string };
      if (!people.includes(person)) return refuse(400, 50033, 'Invalid Recipient(s)');
      return { status: 200, body: { id: `77${person.slice(2)}`, type: 1 } };
    }
    const channel = /^\/channels\/77(\d+)\/messages$/.exec(path)?.[1];
    const person = people.find((one) => one.slice(2) === channel);
    if (person === undefined) return refuse(404, 10003, 'Unknown Channel');
    return createMessage(person, body as DiscordMessage);
  }

  const service = await startFakeService(answer);
  return {
    ...service,
    token: TOKEN,
    messages,
    closed,
    refuse,
    signIns,
    startsLeft: (count: number) => {
      remaining = count;
    },
    /** What is more than letters in the messages that came, our own link and code aside. */
    markup: () =>
      messages.flatMap(({ content, flags = 0, allowed_mentions }) => [
        ...((flags & 4) === 0 ? ['preview'] : []),
        ...(allowed_mentions?.parse?.length === 0 ? [] : ['mentions']),
        ...showDiscord(content).markup,
      ]),
  };
}

/** What a person sees of Markdown, and what of it is more than letters: a label, `<link>` and a code of ours are not told. */
export function showDiscord(content: string): { readonly text: string; readonly markup: readonly string[] } {
  const markup: string[] = [];
  const text = content.replaceAll(
    /\\([^0-9A-Za-z\s])|<(https:\/\/media\.example\.org\/[^\s<>]*)>|\*\*([A-Za-z ]+)\*\*|`([A-Z0-9-]+)`|([\\*_~|`<>[\]()@#:/.-])/g,
    (_all, sign?: string, link?: string, label?: string, code?: string, bare?: string) => {
      if (bare !== undefined) markup.push(bare);
      return sign ?? link ?? label ?? code ?? bare ?? '';
    },
  );
  return { text, markup };
}

/** What a client told the Gateway. */
export interface Told {
  readonly op: number;
  readonly d: unknown;
}

/**
 * Starts a Gateway: hello, heartbeats, identify and resume, READY, messages.
 * Source: discord.com/developers/docs/events/gateway, /events/gateway-events.
 */
export async function startFakeGateway(heartbeatMs = 40) {
  const told: Told[] = [];
  const open = new Set<WebSocket>();
  let answersBeats = true;
  let sequence = 0;
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const say = (socket: WebSocket, payload: object): void => socket.send(JSON.stringify(payload));
  const event = (t: string, d: object) => ({ op: 0, t, s: ++sequence, d });
  const url = `ws://127.0.0.1:${await listen(server)}`;

  function answer(socket: WebSocket, { op, d }: Told): void {
    const { token } = (d ?? {}) as { readonly token?: string };
    if ((op === 2 || op === 6) && token !== TOKEN) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    if (op === 1 && answersBeats) say(socket, { op: 11 });
    if (op === 2) {
      open.add(socket);
      say(
        socket,
        event('READY', { v: 10, session_id: 'session-1', resume_gateway_url: url, user: { id: BOT } }),
      );
    }
    if (op === 6) {
      open.add(socket);
      say(socket, event('RESUMED', {}));
    }
  }

  sockets.on('connection', (socket) => {
    say(socket, { op: 10, d: { heartbeat_interval: heartbeatMs } });
    socket.on('message', (data) => {
      const one = JSON.parse(String(data)) as Told;
      told.push(one);
      answer(socket, one);
    });
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    await shut(server);
  });
  const toAll = (payload: object): void => open.forEach((socket) => void say(socket, payload));
  return {
    url,
    told,
    /** Connections that are signed in now. */
    connections: () => open.size,
    ofOp: (op: number) => told.filter((one) => one.op === op),
    /** Has a person write to the bot, or in a server. */
    write: (id: string, content: string, more: object = {}) =>
      toAll(
        event('MESSAGE_CREATE', { id: `9${++sequence}`, author: { id, username: 'a' }, content, ...more }),
      ),
    tell: toAll,
    end: (code: number) => open.forEach((socket) => void socket.close(code)),
    /** Answers no heartbeats from now on, as a connection that is dead. */
    fallSilent: () => {
      answersBeats = false;
    },
    wake: () => {
      answersBeats = true;
    },
  };
}
