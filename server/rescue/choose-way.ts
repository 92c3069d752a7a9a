import { RescueRefusal } from './refusal.ts';
import type { ServerState } from './server-state.ts';

/**
 * How a person is let in again: `api` over Jellyfin's API, with a key that is in its database meanwhile; `database` by writing
 * to the database of a stopped Jellyfin; `pin` over a PIN file, which only needs to be read.
 */
export type Way = 'api' | 'database' | 'pin';

/** All of them, the gentlest first. */
export const WAYS: readonly Way[] = ['api', 'database', 'pin'];

/** What a way is chosen by. */
export interface Circumstances {
  readonly path: string;
  readonly state: ServerState;
  /** Why the database cannot be written; undefined when it can. */
  readonly readOnlyBecause: string | undefined;
  /** Whether a Jellyfin answers at the address that it would be asked at. */
  readonly answers: boolean;
  readonly address: string;
  /** What the administrator says: it is stopped, though that cannot be seen. */
  readonly isSaidStopped: boolean;
  readonly mayStop: boolean;
  /** The only way that is wanted; undefined for the gentlest. */
  readonly wanted: Way | undefined;
}

/** A way, and what makes it the one. */
export interface ChosenWay {
  readonly way: Way;
  /** Whether Jellyfin has to be stopped before, and started after. */
  readonly stops: boolean;
  /** Whether the database may be read as it is now. */
  readonly mayRead: boolean;
  /** Why, in a sentence. */
  readonly because: string;
}

/**
 * Chooses the gentlest way that works.
 *
 * @throws {RescueRefusal} when there is none, with what stands against each.
 */
export function chooseWay(at: Circumstances): ChosenWay {
  const attempts = WAYS.filter((way) => at.wanted === undefined || at.wanted === way).map((way) =>
    TRY[way](at),
  );
  const chosen = attempts.find((attempt) => typeof attempt !== 'string');
  if (chosen !== undefined) return chosen;
  const against = attempts.filter((attempt) => typeof attempt === 'string');
  throw new RescueRefusal(`Nothing works as it is. ${against.join(' ')}`);
}

/** Either the way, or why not. */
type Attempt = ChosenWay | string;

const TRY: Readonly<Record<Way, (at: Circumstances) => Attempt>> = {
  api: tryApi,
  database: tryDatabase,
  pin: tryPin,
};

function tryApi(at: Circumstances): Attempt {
  const { state, address } = at;
  if (state.kind === 'stopped') return 'Over its API: Jellyfin is stopped.';
  if (state.kind === 'unseen')
    return 'Over its API: Jellyfin is not seen to have the database open from here.';
  if (!state.isLocking)
    return (
      'Over its API: Jellyfin has the database open without a lock, as after a start with an update, so that a key ' +
      'written beside it could be lost and more with it; restart Jellyfin once and run this again.'
    );
  if (at.readOnlyBecause !== undefined)
    return `Over its API: the database cannot be written (${at.readOnlyBecause}).`;
  if (!at.answers)
    return `Over its API: no Jellyfin answers at ${address}; name its address with --jellyfin.`;
  const because = `Jellyfin runs, answers at ${address}, and is seen to hold its lock on the database.`;
  return { way: 'api', stops: false, mayRead: true, because };
}

function tryDatabase(at: Circumstances): Attempt {
  const { state } = at;
  if (at.readOnlyBecause !== undefined)
    return `In the database: it cannot be written (${at.readOnlyBecause}).`;
  if (state.kind === 'stopped')
    return { way: 'database', stops: false, mayRead: true, because: 'Jellyfin is stopped.' };
  if (at.mayStop) {
    const mayRead = state.kind === 'running' && state.isLocking;
    return { way: 'database', stops: true, mayRead, because: 'Jellyfin may be stopped and started again.' };
  }
  if (state.kind === 'running')
    return (
      `In the database: Jellyfin runs (process ${state.holders.map(({ pid }) => pid).join(', ')}); stop it, or give ` +
      '--stop-command and --start-command.'
    );
  if (!at.isSaidStopped)
    return (
      'In the database: whether Jellyfin runs cannot be seen from here (a container sees its own processes only); stop it, ' +
      'be sure of it, and say so with --stopped.'
    );
  if (at.answers)
    return `In the database: a Jellyfin answers at ${at.address}; stop it, or name that of this database with --jellyfin.`;
  return { way: 'database', stops: false, mayRead: true, because: 'You say that Jellyfin is stopped.' };
}

function tryPin(at: Circumstances): Attempt {
  if (!at.answers)
    return `Over a PIN file: no Jellyfin answers at ${at.address}; name its address with --jellyfin.`;
  const mayRead = at.state.kind === 'running' && at.state.isLocking;
  return {
    way: 'pin',
    stops: false,
    mayRead,
    because: `Jellyfin answers at ${at.address}, and its data folder can be read.`,
  };
}
