import { z } from 'zod';
import type { ReceivedMessage } from '../../ports/channel.ts';
import { type ReceiveOutcome, toFailure } from '../polling.ts';
import type { DirectRoomsOf } from './direct-rooms.ts';
import { type CallMatrix, type MatrixResult, part } from './matrix-api.ts';
import { isMatrixId } from './matrix-ids.ts';

/** How long the homeserver holds a question when there is nothing new, in milliseconds. */
const POLL_MS = 30_000;

/** How long after that its answer may still come. */
const POLL_SLACK_MS = 15_000;

const MOST_SYNC_BYTES = 8 * 1024 * 1024;

/** Of what was written before the start, this much is heard, in milliseconds: as long as a code works. */
const HEARD_AFTER_START_MS = 10 * 60_000;

/** Invitations that one answer may make us follow: anybody in the world can send them. */
const MOST_INVITATIONS = 20;

/** Messages and invitations, and nothing else. Source: spec.matrix.org/latest/client-server-api, "Filtering". */
const FILTER = JSON.stringify({
  presence: { types: [] },
  account_data: { types: [] },
  room: {
    account_data: { types: [] },
    ephemeral: { types: [] },
    state: { types: [] },
    timeline: { types: ['m.room.message', 'm.room.encrypted'], limit: 20 },
  },
});

const Event = z.looseObject({
  type: z.string(),
  event_id: z.string().optional(),
  sender: z.string(),
  state_key: z.string().optional(),
  content: z.looseObject({
    msgtype: z.string().optional().catch(undefined),
    body: z.string().optional().catch(undefined),
    'm.relates_to': z.looseObject({ rel_type: z.string().optional() }).optional().catch(undefined),
  }),
  unsigned: z.looseObject({ age: z.number().optional() }).optional().catch(undefined),
});
type Event = z.infer<typeof Event>;
const Events = z.looseObject({ events: z.array(Event.optional().catch(undefined)).default([]) });

/** Source: spec.matrix.org/latest/client-server-api, "GET /_matrix/client/v3/sync". */
const Sync = z.looseObject({
  next_batch: z.string(),
  rooms: z
    .looseObject({
      join: z.record(z.string(), z.looseObject({ timeline: Events.optional() })).default({}),
      invite: z.record(z.string(), z.looseObject({ invite_state: Events.optional() })).default({}),
    })
    .optional(),
});
const Members = z.looseObject({ joined: z.record(z.string(), z.unknown()) });

/** Said in a room of a language that nobody knows yet; in the room in its place the person is spoken to in theirs. */
const UNREADABLE = 'This account cannot read encrypted rooms. It writes to you in another one.';

/**
 * Makes what hears people in rooms that they share with our account alone. An invitation is accepted when nobody else is in
 * that room; for a room that is encrypted end to end, which we cannot read, one of ours is made in its place.
 *
 * @param parts.hear Answers a message; `id` is the event's. Must not throw.
 */
export function createMatrixListener(parts: {
  readonly call: CallMatrix;
  readonly me: () => Promise<MatrixResult<string>>;
  readonly rooms: DirectRoomsOf;
  readonly hear: (message: ReceivedMessage, room: string, id: string) => Promise<void>;
}): (signal: AbortSignal) => Promise<ReceiveOutcome> {
  const { call, rooms, hear } = parts;
  let since: string | undefined;

  /** The only other one in a room; undefined when there are more, or none. */
  async function otherIn(room: string, own: string, signal: AbortSignal): Promise<string | undefined> {
    const path = `/rooms/${part(room)}/joined_members`;
    const read = await call(Members, { method: 'GET', path, signal });
    if ('outcome' in read) return undefined;
    const members = Object.keys(read.result.joined);
    const [other] = members.filter((member) => member !== own);
    return members.length === 2 && other !== undefined && isMatrixId(other) ? other : undefined;
  }

  /** @param reason Is shown in the room. Source: Matrix v1.1, client-server API, `POST /rooms/{roomId}/leave`. */
  async function leave(room: string, signal: AbortSignal, reason?: string): Promise<void> {
    const body = reason === undefined ? {} : { reason };
    await call(z.unknown(), { method: 'POST', path: `/rooms/${part(room)}/leave`, body, signal });
  }

  /** Goes on with somebody in a room that we can read, in which the bot has the first word, if it is not a room they know. */
  async function moveToOwnRoom(
    person: string,
    unreadable: string,
    speaksInAnyCase: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const found = await rooms.find(person);
    const isUsable = 'room' in found && found.room !== unreadable;
    const own = isUsable ? found : await rooms.make(person, signal);
    if ('room' in own && (own.isNew === true || speaksInAnyCase))
      await hear({ address: person, text: '', isFromUnreadable: true }, own.room, `instead-of.${unreadable}`);
  }

  async function followInvitation(
    room: string,
    state: readonly Event[],
    own: string,
    signal: AbortSignal,
  ): Promise<void> {
    const inviter = state.find(
      ({ type, state_key }) => type === 'm.room.member' && state_key === own,
    )?.sender;
    const isEncrypted = state.some(({ type }) => type === 'm.room.encryption');
    if (inviter === undefined || !isMatrixId(inviter) || isEncrypted) {
      await leave(room, signal, isEncrypted ? UNREADABLE : undefined);
      if (inviter !== undefined && isMatrixId(inviter)) await moveToOwnRoom(inviter, room, true, signal);
      return;
    }
    const joined = await call(z.unknown(), { method: 'POST', path: `/join/${part(room)}`, body: {}, signal });
    if ('outcome' in joined) return;
    if ((await otherIn(room, own, signal)) === inviter) await rooms.adopt(inviter, room, signal);
    else await leave(room, signal);
  }

  async function readRoom(
    room: string,
    events: readonly Event[],
    own: string,
    signal: AbortSignal,
  ): Promise<void> {
    const isStart = since === undefined;
    const news = events.filter(
      ({ sender, unsigned }) =>
        sender !== own && (!isStart || (unsigned?.age ?? HEARD_AFTER_START_MS) < HEARD_AFTER_START_MS),
    );
    if (news.length === 0) return;
    const person = await otherIn(room, own, signal);
    if (person === undefined) return;
    const theirs = news.filter(({ sender }) => sender === person);
    if (theirs.some(({ type }) => type === 'm.room.encrypted'))
      await moveToOwnRoom(person, room, false, signal);
    for (const { type, event_id: id, content } of theirs) {
      const isNew = type === 'm.room.message' && content['m.relates_to']?.rel_type !== 'm.replace';
      if (!isNew || content.msgtype !== 'm.text' || content.body === undefined || id === undefined) continue;
      await rooms.adopt(person, room, signal);
      await hear({ address: person, text: content.body.trim() }, room, id);
    }
  }

  return async (signal) => {
    const own = await parts.me();
    if ('outcome' in own) return toFailure(own.outcome);
    const query = new URLSearchParams({ filter: FILTER, timeout: String(since === undefined ? 0 : POLL_MS) });
    if (since !== undefined) query.set('since', since);
    const read = await call(Sync, {
      ...{ method: 'GET', path: `/sync?${query}`, signal },
      ...{ timeoutMs: POLL_MS + POLL_SLACK_MS, mostBytes: MOST_SYNC_BYTES },
    });
    if ('outcome' in read) return toFailure(read.outcome);
    const { rooms: news, next_batch: next } = read.result;
    const known = ({ events = [] }: { readonly events?: readonly (Event | undefined)[] } = {}) =>
      events.filter((event) => event !== undefined);
    for (const [room, { invite_state: state }] of Object.entries(news?.invite ?? {}).slice(
      0,
      MOST_INVITATIONS,
    ))
      await followInvitation(room, known(state), own.result, signal);
    for (const [room, { timeline }] of Object.entries(news?.join ?? {}))
      if (!signal.aborted) await readRoom(room, known(timeline), own.result, signal);
    since = next;
    return { kind: 'received' };
  };
}
