import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { SendOutcome } from '../../ports/channel.ts';
import { type CallMatrix, type MatrixResult, part } from './matrix-api.ts';

/** Most rooms that are remembered between two looks at the account data. */
const MOST_ROOMS = 5_000;

/** Rooms of each person. Source: spec.matrix.org/latest/client-server-api, "m.direct". */
const DirectRooms = z.record(z.string(), z.array(z.string()).catch([])).catch({});
const Membership = z.looseObject({ membership: z.string() });
const Created = z.looseObject({ room_id: z.string().regex(/^![\x21-\x7e]{1,254}$/) });

/** The room with one person; `isNew`: it was made for this. */
export type FoundRoom = { readonly room: string; readonly isNew?: true } | { readonly outcome: SendOutcome };

/** The direct rooms of our account. */
export interface DirectRoomsOf {
  /**
   * Finds the room with a person, or makes one and invites them. Somebody who left it, or declined, is not invited again:
   * that is how one says no to us.
   */
  find(person: string): Promise<FoundRoom>;
  /** Takes a room that a person made as the one with them, in front of those there are. */
  adopt(person: string, room: string, signal?: AbortSignal): Promise<void>;
  /** Makes a room with a person in any case. */
  make(person: string, signal?: AbortSignal): Promise<FoundRoom>;
}

/**
 * Makes the keeper of direct rooms. Which room is whose stands in the account data `m.direct` at the homeserver, so that
 * every process, and this one after a restart, finds it again. Rooms of ours are not encrypted and ask clients for no
 * previews of links.
 *
 * @param me Gives the id of our account.
 */
export function createDirectRooms(call: CallMatrix, me: () => Promise<MatrixResult<string>>): DirectRoomsOf {
  const known = new LRUCache<string, string>({ max: MOST_ROOMS });
  /** Two messages to one person at once are to make one room. */
  const finding = new Map<string, Promise<FoundRoom>>();
  /** Account data is read, changed and written back: one at a time. */
  let writing = Promise.resolve();

  const dataPath = (own: string): string => `/user/${part(own)}/account_data/m.direct`;

  async function readDirect(
    own: string,
    signal?: AbortSignal,
  ): Promise<MatrixResult<z.infer<typeof DirectRooms>>> {
    const read = await call(DirectRooms, { method: 'GET', path: dataPath(own), signal });
    return 'code' in read && read.code === 'M_NOT_FOUND' ? { result: {} } : read;
  }

  /** Writes down whose a room is. A failure costs a second room some day, and no message. */
  function note(person: string, room: string, signal?: AbortSignal): Promise<void> {
    writing = writing.then(async () => {
      const own = await me();
      if ('outcome' in own) return;
      const read = await readDirect(own.result, signal);
      if ('outcome' in read) return;
      const others = (read.result[person] ?? []).filter((other) => other !== room);
      const body = { ...read.result, [person]: [room, ...others] };
      await call(z.unknown(), { method: 'PUT', path: dataPath(own.result), body, signal });
    });
    return writing;
  }

  async function make(person: string, signal?: AbortSignal): Promise<FoundRoom> {
    const created = await call(Created, {
      method: 'POST',
      path: '/createRoom',
      body: {
        ...{ preset: 'trusted_private_chat', is_direct: true, invite: [person] },
        initial_state: [
          // Who joins sees what was said before, as the message waits there for them.
          { type: 'm.room.history_visibility', state_key: '', content: { history_visibility: 'shared' } },
          // What Element looks at before it asks for a preview.
          { type: 'org.matrix.room.preview_urls', state_key: '', content: { disable: true } },
        ],
      },
      signal,
    });
    if ('outcome' in created) {
      if (created.code !== 'M_FORBIDDEN' && created.code !== 'M_NOT_FOUND') return created;
      const detail = `The homeserver does not let the account invite this person (${created.code}); look whether there is such an account, and whether ours may make rooms.`;
      // Forbidden may be about us. Not tried again for this message: each try can leave an empty room behind.
      const isAboutThem = created.code === 'M_NOT_FOUND';
      return { outcome: { kind: 'permanent', detail, ...(isAboutThem ? { isAddressRefused: true } : {}) } };
    }
    const room = created.result.room_id;
    known.set(person, room);
    await note(person, room, signal);
    return { room, isNew: true };
  }

  /** What a person is in a room: `join`, `invite`, `leave`, `ban`; undefined: never was there, or we are not. */
  async function membershipOf(person: string, room: string): Promise<MatrixResult<string | undefined>> {
    const path = `/rooms/${part(room)}/state/m.room.member/${part(person)}`;
    const read = await call(Membership, { method: 'GET', path });
    if ('result' in read) return { result: read.result.membership };
    return read.code === 'M_NOT_FOUND' || read.code === 'M_FORBIDDEN' ? { result: undefined } : read;
  }

  async function look(person: string): Promise<FoundRoom> {
    const rooms: string[] = [];
    const remembered = known.get(person);
    if (remembered === undefined) {
      const own = await me();
      if ('outcome' in own) return own;
      const read = await readDirect(own.result);
      if ('outcome' in read) return read;
      rooms.push(...(read.result[person] ?? []).slice(0, 5));
    } else rooms.push(remembered);
    let hasLeft = false;
    for (const room of rooms) {
      const membership = await membershipOf(person, room);
      if ('outcome' in membership) return membership;
      if (membership.result === 'join' || membership.result === 'invite') {
        known.set(person, room);
        return { room };
      }
      if (membership.result !== undefined) hasLeft = true;
    }
    known.delete(person);
    if (!hasLeft) return make(person);
    const detail =
      'This person has left the room with the Matrix account, or declined it; they must write to it to be reached again.';
    return { outcome: { kind: 'permanent', detail, isAddressRefused: true } };
  }

  return {
    make,
    find: (person) => {
      const under = finding.get(person);
      if (under !== undefined) return under;
      const found = look(person).finally(() => finding.delete(person));
      finding.set(person, found);
      return found;
    },
    adopt: async (person, room, signal) => {
      if (known.get(person) === room) return;
      known.set(person, room);
      await note(person, room, signal);
    },
  };
}
