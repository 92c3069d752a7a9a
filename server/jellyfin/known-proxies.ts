import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { KnownProxiesStatus } from '../../injector/admission/path-guard.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { Logger } from '../log/log.ts';
import { createJellyfinApi, type JellyfinApi } from './api.ts';
import { JellyfinRefusedKeyError } from './errors.ts';
import type { KeyState } from './key-state.ts';

/** An address nobody has. Source: RFC 5737 section 3, TEST-NET-3. */
const NOBODYS_ADDRESS = '203.0.113.7';

/**
 * Asks Jellyfin whom it sees behind us: we claim to speak for a client far away, and Jellyfin says whether that client
 * is on its home network. `only-us` means that it does not believe us, so that everybody is.
 *
 * @throws {JellyfinUnreachableError} when Jellyfin cannot be asked, `JellyfinRefusedKeyError` when it refuses the key.
 * Source: SystemController.GetEndpointInfo, 10.8 to 12.0.
 */
export async function askKnownProxiesStatus(
  api: Pick<JellyfinApi, 'isInNetwork' | 'isClientInNetwork'>,
): Promise<'each-client' | 'only-us'> {
  const isInside = await api.isClientInNetwork(NOBODYS_ADDRESS);
  if (isInside !== 'barred') return isInside ? 'only-us' : 'each-client';
  // Barred for being remote, or because Jellyfin starts or refuses the key? Then it refuses us too, and this throws.
  await api.isInNetwork();
  return (await api.isClientInNetwork(NOBODYS_ADDRESS)) === true ? 'only-us' : 'each-client';
}

/** How long to try, in milliseconds. */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * The address from which Jellyfin sees our connections: ours on the way to it. A network address translation in between
 * would change it, which cannot be seen from here. Through a unix socket there is none, and Jellyfin takes 127.0.0.1.
 *
 * @param jellyfinUrl `jellyfin.url`.
 * @returns undefined when Jellyfin cannot be reached. Never throws.
 */
export function findOwnAddress(jellyfinUrl: string): Promise<string | undefined> {
  const url = new URL(jellyfinUrl);
  if (url.protocol === 'unix:') return Promise.resolve('127.0.0.1');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port });
    const finish = (address: string | undefined): void => {
      socket.destroy();
      resolve(address?.replace(/^::ffff:(?=\d+\.)/i, ''));
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => finish(undefined));
    socket.on('error', () => finish(undefined));
    socket.on('connect', () => finish(socket.localAddress));
  });
}

/** The Jellyfin to ask, and the key to ask it with. */
export interface Asked {
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly apiKey?: string | undefined;
}

/** What the self-test works with. */
export interface KnownProxiesParts {
  /** Is told whenever it is found out, and when it is not known any more. */
  readonly setStatus: (status: KnownProxiesStatus) => void;
  /** Is told what Jellyfin says to the key: undefined without a key. @default nobody */
  readonly setKeyState?: (state: KeyState | undefined) => void;
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
export function createKnownProxies(parts: KnownProxiesParts): KnownProxies {
  const { log, setStatus, setKeyState = () => undefined, pauses = PAUSES } = parts;
  const complaints = new Map<string, number>();
  let last: KnownProxiesStatus | undefined;
  let running: { timer?: NodeJS.Timeout; readonly asked: Asked } | undefined;

  function complain(key: string, say: () => void): void {
    const now = performance.now();
    const before = complaints.get(key);
    if (before !== undefined && now - before < COMPLAIN_MS) return;
    complaints.set(key, now);
    say();
  }

  function found(status: KnownProxiesStatus): void {
    if (status === 'each-client' && last !== status) log.info({ event: 'known-proxies-fine' });
    // Once mended, a relapse is news.
    if (status === 'each-client') complaints.clear();
    last = status;
    setStatus(status);
  }

  async function ask(asked: Asked & { apiKey: string }, isOver: () => boolean): Promise<keyof typeof PAUSES> {
    const { url, caFile, apiKey } = asked;
    const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
    try {
      const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
      const api = createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION });
      const status = await askKnownProxiesStatus(api);
      const address = status === 'only-us' ? await findOwnAddress(url) : undefined;
      if (isOver()) return 'fine';
      setKeyState('accepted');
      found(status);
      if (status === 'each-client') return 'fine';
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
      setKeyState('refused');
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
    setKeyState(apiKey === undefined ? undefined : 'unknown');
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
