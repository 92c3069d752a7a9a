import { randomBytes } from 'node:crypto';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { Logger } from '../log/log.ts';
import { createJellyfinApi } from './api.ts';
import { JellyfinRefusedKeyError } from './errors.ts';

/** What Jellyfin says to the API key; `unknown` until it answered. */
export type KeyState = 'unknown' | 'accepted' | 'refused';

/** What to do about a key that is refused. */
export const REFUSED_FIX =
  'Make a key in Jellyfin under Dashboard, API Keys, and write it to jellyfin.apiKey.';

/** Knows what Jellyfin last said to the key. */
export interface KeyNote {
  /** Undefined without a key. */
  readonly state: KeyState | undefined;
  /** Takes down what it says now; a refusal is logged when it begins, and that it is over when the key is accepted again. */
  set(state: KeyState | undefined): void;
}

/** Makes the note of a program that has not asked yet. */
export function createKeyNote(log: Logger): KeyNote {
  let state: KeyState | undefined;
  let isRefused = false;
  return {
    get state() {
      return state;
    },
    set(next) {
      state = next;
      if (next === 'refused' && !isRefused) {
        log.error({
          event: 'api-key-refused',
          problem: 'What needs the key does not work.',
          fix: REFUSED_FIX,
        });
      } else if (next === 'accepted' && isRefused) log.info({ event: 'api-key-accepted' });
      // Not asked yet, or Jellyfin is away: neither news.
      if (next !== 'unknown') isRefused = next === 'refused';
    },
  };
}

/** Pause between two questions, in milliseconds. */
const PAUSE_MS = 60_000;

/** Asks about the key now and then, where nothing else does. */
export interface KeyWatch {
  /** Asks now, and from now on, with that key; without one nothing is asked. */
  start(asked: {
    readonly url: string;
    readonly ca?: string | undefined;
    readonly apiKey?: string | undefined;
  }): void;
  /** Idempotent. */
  stop(): void;
}

/**
 * Makes the watch of a reset service that runs alone: in front of Jellyfin, `known-proxies` asks with the same key.
 *
 * @param pauseMs For tests. @default 60,000
 * Source: SystemController.GetEndpointInfo, 10.8 to 12.0: for whoever is signed in, or has a key.
 */
export function createKeyWatch(note: KeyNote, pauseMs: number = PAUSE_MS): KeyWatch {
  let running: { timer?: NodeJS.Timeout } | undefined;

  function stop(): void {
    clearTimeout(running?.timer);
    running = undefined;
  }

  return {
    stop,
    start({ url, ca, apiKey }) {
      stop();
      note.set(apiKey === undefined ? undefined : 'unknown');
      if (apiKey === undefined) return;
      const own: NonNullable<typeof running> = {};
      running = own;
      const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
      const api = createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION });
      const look = async (): Promise<void> => {
        const state = await api.isInNetwork().then(
          () => 'accepted' as const,
          (error: unknown) => (error instanceof JellyfinRefusedKeyError ? ('refused' as const) : undefined),
        );
        if (running !== own) return;
        if (state !== undefined) note.set(state);
        own.timer = setTimeout(() => void look(), pauseMs).unref();
      };
      void look();
    },
  };
}
