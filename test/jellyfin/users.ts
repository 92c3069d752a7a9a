import { newId, upperInvariant } from './dotnet-text.ts';
import { newPolicy, type Policy } from './policy.ts';
import type { Traits } from './versions.ts';

/** One row of the table Users, with its permissions. The password is kept readable, for assertions. */
export interface UserRow {
  id: string;
  name: string;
  /** Null for none. */
  password: string | null;
  policy: Policy;
  configuration: Record<string, unknown>;
  lastLogin: Date | null;
  lastActivity: Date | null;
  /** 10.8 only: the raw PIN that its ForgotPassword leaves in the row. */
  easyPin: string | null;
  /** With the tag that addresses of it carry. */
  picture: { type: string; base64: string; tag: string } | null;
}

/** A user to be made. */
export interface NewUser {
  name: string;
  /** Null for none. */
  password: string | null;
  isAdministrator?: boolean;
  /** 32 hex digits. Default random. */
  id?: string;
  /** What differs from the policy of a new user. */
  policy?: Policy;
}

/** The users of a fake server. */
export interface UserStore {
  /** Ordered by name. */
  all(): UserRow[];
  find(id: string): UserRow | undefined;
  byName(name: string): UserRow | undefined;
  add(user: NewUser): UserRow;
  remove(id: string): void;
  /** Waits for the user's lock, reads the row, changes it and writes it: the safe way. */
  change<T>(id: string, act: (row: UserRow) => T | Promise<T>): Promise<T>;
  /**
   * UpdateUserAsync: waits for the user's lock, then writes the WHOLE given row, however old it is. This is the
   * lost update of 10.11.11 and 12.0; switched off, only `touched` is written.
   */
  save(snapshot: UserRow, touched: Partial<UserRow>): Promise<void>;
  /** How many calls wait for a user's lock behind the one that holds it. */
  waiting(id: string): number;
}

/** Settings of {@link createUserStore}. */
export interface UserStoreOptions {
  traits: Traits;
  lostUpdate: boolean;
}

interface Lock {
  run<T>(id: string, act: () => Promise<T>): Promise<T>;
  waiting(id: string): number;
}

function createLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  const queued = new Map<string, number>();
  const count = (id: string, by: number): unknown => queued.set(id, (queued.get(id) ?? 0) + by);
  return {
    run: (id, act) => {
      const before = tails.get(id) ?? Promise.resolve();
      count(id, 1);
      const begin = () => {
        count(id, -1);
        return act();
      };
      const result = before.then(begin, begin);
      tails.set(
        id,
        result.catch(() => undefined),
      );
      return result;
    },
    waiting: (id) => queued.get(id) ?? 0,
  };
}

/**
 * Users as the version keeps them: up to 10.10 one object in memory that every call shares and nobody locks, from
 * 10.11.11 on copies read per call and a lock per user. Both live behaviours follow from that, none is played.
 */
export function createUserStore(options: UserStoreOptions): UserStore {
  const { traits } = options;
  const rows = new Map<string, UserRow>();
  const lock = createLock();
  const read = (row: UserRow | undefined): UserRow | undefined =>
    row && traits.rowsAreCopies ? structuredClone(row) : row;

  async function change<T>(id: string, act: (row: UserRow) => T | Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      const row = read(rows.get(id));
      if (!row) throw new Error(`no user ${id}`);
      const result = await act(row);
      if (rows.has(id)) rows.set(id, row);
      return result;
    };
    return traits.rowsAreCopies ? lock.run(id, run) : run();
  }

  return {
    all: () =>
      [...rows.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((row) => (traits.rowsAreCopies ? structuredClone(row) : row)),
    find: (id) => read(rows.get(id)),
    byName: (name) => {
      const wanted = upperInvariant(name);
      return read([...rows.values()].find((row) => upperInvariant(row.name) === wanted));
    },
    add: ({ name, password, isAdministrator = false, id = newId(), policy = {} }) => {
      const row: UserRow = {
        id,
        name,
        password,
        policy: { ...newPolicy(traits, isAdministrator), ...policy },
        configuration: {},
        lastLogin: null,
        lastActivity: null,
        easyPin: null,
        picture: null,
      };
      rows.set(id, row);
      return read(row) ?? row;
    },
    remove: (id) => void rows.delete(id),
    change,
    save: async (snapshot, touched) => {
      if (!traits.rowsAreCopies || !options.lostUpdate) {
        await change(snapshot.id, (row) => void Object.assign(row, touched));
        return;
      }
      const old = structuredClone({ ...snapshot, ...touched });
      await lock.run(snapshot.id, async () => {
        if (rows.has(old.id)) rows.set(old.id, old);
      });
    },
    waiting: (id) => lock.waiting(id),
  };
}
