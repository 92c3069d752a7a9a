import type { ServerResponse } from 'node:http';
import { give, type HeardRequest, type Reply, startFakeService } from './fake-service.ts';

/** An event of a room. Source: spec.matrix.org/latest/client-server-api, "Room events". */
export interface MatrixEvent {
  readonly type: string;
  readonly event_id: string;
  readonly sender: string;
  readonly state_key?: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** A room, with what each one is in it. */
export interface MatrixRoom {
  readonly id: string;
  readonly members: Map<string, 'join' | 'invite' | 'leave' | 'ban'>;
  readonly events: MatrixEvent[];
  readonly isEncrypted: boolean;
  readonly isDirect: boolean;
}

const TOKEN = 'syt_fake_access_token_of_the_bot';
const BOT = '@gatehouse:home.example';

const numberOf = ({ event_id }: Pick<MatrixEvent, 'event_id'>): number => Number(event_id.slice(6));

/**
 * Starts a homeserver with one signed-in account: whoami, rooms, account data, messages by transaction, sync with a
 * long poll. Source: spec.matrix.org/latest/client-server-api.
 *
 * @param people Full ids of those who can be invited.
 */
export async function startFakeMatrix(people: readonly string[]) {
  const rooms = new Map<string, MatrixRoom>();
  const transactions = new Map<string, string>();
  let direct: unknown;
  let count = 0;
  let waiting:
    | { readonly response: ServerResponse; readonly since: number; readonly timer: NodeJS.Timeout }
    | undefined;
  const refuse = (status: number, errcode: string, more: object = {}): Reply => {
    return { status, body: { errcode, error: `about ${errcode}`, ...more } };
  };
  const ok = (body: object = {}): Reply => ({ status: 200, body });
  const isIn = (room: MatrixRoom | undefined): room is MatrixRoom => room?.members.get(BOT) === 'join';

  function add(room: MatrixRoom, event: Omit<MatrixEvent, 'event_id' | 'at'>): string {
    const event_id = `$event${++count}`;
    room.events.push({ ...event, event_id, at: Date.now() });
    return event_id;
  }

  function enter(
    room: MatrixRoom,
    member: string,
    membership: 'join' | 'invite' | 'leave' | 'ban',
    sender = member,
  ): void {
    room.members.set(member, membership);
    add(room, { type: 'm.room.member', sender, state_key: member, content: { membership } });
  }

  function makeRoom(
    creator: string,
    more: { readonly isEncrypted?: boolean; readonly isDirect?: boolean } = {},
  ): MatrixRoom {
    const { isEncrypted = false, isDirect = false } = more;
    const room = {
      id: `!room${++count}:home.example`,
      members: new Map(),
      events: [],
      isEncrypted,
      isDirect,
    };
    rooms.set(room.id, room);
    enter(room, creator, 'join');
    return room;
  }

  function createRoom(body: {
    readonly invite?: readonly string[];
    readonly is_direct?: boolean;
    readonly initial_state?: readonly { readonly type: string; readonly content: Record<string, unknown> }[];
  }): Reply {
    const strangers = (body.invite ?? []).filter((person) => !people.includes(person));
    if (strangers.length > 0) return refuse(404, 'M_NOT_FOUND');
    const room = makeRoom(BOT, { isDirect: body.is_direct === true });
    for (const { type, content } of body.initial_state ?? [])
      add(room, { type, sender: BOT, state_key: '', content });
    for (const person of body.invite ?? []) enter(room, person, 'invite', BOT);
    return ok({ room_id: room.id });
  }

  function news(since: number): object {
    const join: Record<string, object> = {};
    const invite: Record<string, object> = {};
    for (const room of rooms.values()) {
      const fresh = room.events.filter(({ event_id }) => numberOf({ event_id }) > since);
      if (room.members.get(BOT) === 'join') {
        const events = fresh
          .filter(({ type }) => type === 'm.room.message' || type === 'm.room.encrypted')
          .map(({ at, ...event }) => ({ ...event, unsigned: { age: Date.now() - at } }));
        if (events.length > 0) join[room.id] = { timeline: { events } };
      } else if (room.members.get(BOT) === 'invite' && fresh.length > 0) {
        const inviter = room.events.findLast(({ state_key }) => state_key === BOT)?.sender;
        const member = {
          type: 'm.room.member',
          sender: inviter,
          state_key: BOT,
          content: { membership: 'invite' },
        };
        const encryption = { type: 'm.room.encryption', sender: inviter, state_key: '', content: {} };
        invite[room.id] = { invite_state: { events: room.isEncrypted ? [encryption, member] : [member] } };
      }
    }
    return { next_batch: String(count), rooms: { join, invite } };
  }

  function sync(query: URLSearchParams, response: ServerResponse): Reply {
    const since = Number(query.get('since') ?? 0);
    const found = news(since);
    const isEmpty = JSON.stringify(found).includes('"join":{},"invite":{}');
    const timeout = Number(query.get('timeout'));
    if (!isEmpty || timeout === 0) return ok(found);
    const timer = setTimeout(flush, timeout);
    waiting = { response, since, timer };
    response.on('close', () => {
      clearTimeout(timer);
      if (waiting?.response === response) waiting = undefined;
    });
    return 'later';
  }

  function flush(): void {
    if (waiting === undefined) return;
    const { response, since, timer } = waiting;
    clearTimeout(timer);
    waiting = undefined;
    give(ok(news(since)), response);
  }

  function answer(request: HeardRequest, response: ServerResponse): Reply {
    const { method, headers } = request;
    const [place = '', query] = request.path.split('?');
    const words = place.replace('/_matrix/client/v3/', '').split('/').map(decodeURIComponent);
    if (!place.startsWith('/_matrix/client/v3/')) return refuse(404, 'M_UNRECOGNIZED');
    if (headers.authorization !== `Bearer ${TOKEN}`) return refuse(401, 'M_UNKNOWN_TOKEN');
    const room = rooms.get(words[1] ?? '');
    switch (`${method} ${words[0]} ${words[2] ?? ''}`.trim()) {
      case 'GET account':
        return ok({ user_id: BOT });
      case 'POST createRoom':
        return createRoom(request.body as object);
      case 'GET user account_data':
        return direct === undefined ? refuse(404, 'M_NOT_FOUND') : ok(direct as object);
      case 'PUT user account_data':
        direct = request.body;
        return ok();
      case 'POST join':
        if (room?.members.get(BOT) !== 'invite') return refuse(403, 'M_FORBIDDEN');
        enter(room, BOT, 'join');
        return ok({ room_id: room.id });
      case 'POST rooms leave':
        if (room !== undefined) enter(room, BOT, 'leave');
        return ok();
      case 'GET rooms joined_members': {
        if (!isIn(room)) return refuse(403, 'M_FORBIDDEN');
        const joined = [...room.members].filter(([, membership]) => membership === 'join');
        return ok({ joined: Object.fromEntries(joined.map(([member]) => [member, {}])) });
      }
      case 'GET rooms state': {
        if (!isIn(room)) return refuse(403, 'M_FORBIDDEN');
        const membership = room.members.get(words[4] ?? '');
        return membership === undefined ? refuse(404, 'M_NOT_FOUND') : ok({ membership });
      }
      case 'PUT rooms send': {
        if (!isIn(room)) return refuse(403, 'M_FORBIDDEN');
        const transaction = `${room.id} ${words[4]}`;
        const content = { ...(request.body as object), transaction: words[4] };
        const id = transactions.get(transaction) ?? add(room, { type: words[3] ?? '', sender: BOT, content });
        transactions.set(transaction, id);
        return ok({ event_id: id });
      }
      case 'GET sync':
        return sync(new URLSearchParams(query), response);
      default:
        return refuse(404, 'M_UNRECOGNIZED');
    }
  }

  const service = await startFakeService(answer);
  /** Messages of the bot, oldest first. */
  const sent = () =>
    [...rooms.values()]
      .flatMap((room) => room.events.map((event) => ({ room, ...event })))
      .filter(({ type, sender }) => type === 'm.room.message' && sender === BOT)
      .sort((one, other) => numberOf(one) - numberOf(other))
      .map(({ room, content }) => ({
        room,
        content,
        key: String(content['transaction']).split('.')[0] ?? '',
      }));
  return {
    ...service,
    ...{ token: TOKEN, bot: BOT, rooms, refuse, makeRoom, sent },
    /** The other one in a room. */
    otherIn: (room: MatrixRoom) => [...room.members.keys()].find((member) => member !== BOT) ?? '',
    enter: (room: MatrixRoom, member: string, membership: 'join' | 'invite' | 'leave', sender = member) => {
      enter(room, member, membership, sender);
      flush();
    },
    /** Has somebody write in a room. */
    say: (room: MatrixRoom, sender: string, body: string, more: object = {}) => {
      add(room, { type: 'm.room.message', sender, content: { msgtype: 'm.text', body, ...more } });
      flush();
    },
    sayEncrypted: (room: MatrixRoom, sender: string) => {
      add(room, { type: 'm.room.encrypted', sender, content: { ciphertext: 'x' } });
      flush();
    },
    isAsked: () => waiting !== undefined,
    /** What is more than letters in the messages that came. */
    markup: () =>
      sent().flatMap(({ content, room }) => [
        ...['format', 'formatted_body'].filter((field) => field in content),
        ...(JSON.stringify(content['m.mentions']) === '{}' ? [] : ['mentions']),
        ...(JSON.stringify(content['com.beeper.linkpreviews']) === '[]' ? [] : ['previews']),
        ...(room.events.some(
          ({ type, content: { disable } }) => type === 'org.matrix.room.preview_urls' && disable === true,
        )
          ? []
          : ['previews of the room']),
      ]),
  };
}
