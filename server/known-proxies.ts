import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ClientSight } from '../injector/proxy/guard.ts';
import { createJellyfinApi } from './jellyfin/api.ts';
import { askClientSight } from './jellyfin/client-sight.ts';
import { JellyfinRefusedKeyError } from './jellyfin/errors.ts';
import { findOwnAddress } from './jellyfin/own-address.ts';
import type { Logger } from './log.ts';
import { PROGRAM_VERSION } from './version.ts';

/** The Jellyfin to ask, and the key to ask it with. */
export interface Asked {
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly apiKey?: string | undefined;
}

/** What the self-test works with. */
export interface KnownProxiesParts {
  /** Is told whenever it is found out, and when it is not known any more. */
  readonly setSight: (sight: ClientSight) => void;
  readonly log: Logger;
  /** For tests; default {@link PAUSES}. */
  readonly pauses?: { readonly [outcome in keyof typeof PAUSES]: number };
}

/** Watches whether Jellyfin believes us who a client is. */
export interface KnownProxies {
  /** Asks now, and from now on; what was asked before ends. */
  start(asked: Asked): void;
  /** Asks now what `start` was given, because Jellyfin was away. Does nothing before `start` and after `stop`. */
  askAgain(): void;
  /** Idempotent. */
  stop(): void;
}

/**
 * Pauses between two tests in milliseconds. A change of the known proxies needs a restart of Jellyfin, so a minute finds
 * it soon enough; a missing one is being mended, perhaps at this moment.
 */
export const PAUSES = { fine: 60_000, missing: 5_000, away: 3_000, refused: 60_000 } as const;
/** How often the same complaint is made at most, in milliseconds. */
const COMPLAIN_MS = 60 * 60_000;

/** The one sentence that mends it. */
export function explainMissing(address: string | undefined): string {
  return `In Jellyfin, open Dashboard, Networking, write ${address ?? 'the address of Gatehouse'} into Known proxies, save, and restart Jellyfin.`;
}

/** Makes the watch; it asks nothing before `start`. Source: jellyfin ForwardedHeaders, 10.8 to 12.0. */
export function createKnownProxies({ log, setSight, pauses = PAUSES }: KnownProxiesParts): KnownProxies {
  const complaints = new Map<string, number>();
  let last: ClientSight | undefined;
  let running: { timer?: NodeJS.Timeout; readonly asked: Asked } | undefined;

  function complain(key: string, say: () => void): void {
    const now = performance.now();
    const before = complaints.get(key);
    if (before !== undefined && now - before < COMPLAIN_MS) return;
    complaints.set(key, now);
    say();
  }

  function found(sight: ClientSight): void {
    if (sight === 'each-client' && last !== sight) log.info({ event: 'known-proxies-fine' });
    // Once mended, a relapse is news.
    if (sight === 'each-client') complaints.clear();
    last = sight;
    setSight(sight);
  }

  async function ask(asked: Asked & { apiKey: string }, isOver: () => boolean): Promise<keyof typeof PAUSES> {
    const { url, caFile, apiKey } = asked;
    const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
    try {
      const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
      const api = createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION });
      const sight = await askClientSight(api);
      const address = sight === 'only-us' ? await findOwnAddress(url) : undefined;
      if (isOver()) return 'fine';
      found(sight);
      if (sight === 'each-client') return 'fine';
      complain(`missing ${url}`, () =>
        log.error({
          event: 'known-proxies-missing',
          problem: 'Jellyfin takes every guest for a person on the home network.',
          fix: explainMissing(address),
          meanwhile: 'Gatehouse refuses to guests from outside what Jellyfin opens to the home network.',
        }),
      );
      return 'missing';
    } catch (error) {
      if (isOver()) return 'fine';
      found('unknown');
      if (!(error instanceof JellyfinRefusedKeyError)) return 'away';
      complain(`refused ${url}`, () => sayUnknown(error.message));
      return 'refused';
    }
  }

  function sayUnknown(why: string): void {
    log.warn({
      event: 'known-proxies-unknown',
      why,
      meanwhile: 'Gatehouse refuses to guests from outside what Jellyfin opens to the home network.',
    });
  }

  function stop(): void {
    clearTimeout(running?.timer);
    running = undefined;
  }

  function start(asked: Asked): void {
    stop();
    const { apiKey } = asked;
    if (apiKey === undefined) {
      found('unknown');
      complain(`no key ${asked.url}`, () =>
        sayUnknown(
          'Without jellyfin.apiKey Jellyfin cannot be asked whether it tells clients apart. Make a key under Dashboard, API Keys.',
        ),
      );
      return;
    }
    const own: NonNullable<typeof running> = { asked };
    running = own;
    const look = async (): Promise<void> => {
      const outcome = await ask({ ...asked, apiKey }, () => running !== own);
      if (running === own) own.timer = setTimeout(() => void look(), pauses[outcome]).unref();
    };
    void look();
  }

  return {
    start,
    stop,
    askAgain() {
      if (running !== undefined) start(running.asked);
    },
  };
}
