import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { findHiddenClient, type HiddenClient } from '../addresses/proxy-marks.ts';
import type { Log } from '../kit/log.ts';

/** A proxy in front that hides its clients. */
export interface HidingProxy {
  /** Its address, as it must be written into `listen.trustedProxies`. */
  readonly peer: string;
  readonly why: HiddenClient;
}

/** Watches for proxies in front that hide who sends a request, and says so in the log. */
export interface HiddenClients {
  /** Says whether a proxy hides the client of this request; the log hears of it. */
  note(request: IncomingMessage): HiddenClient | undefined;
  /**
   * As `note`, for every request: looks closer only when a peer that is not trusted names a client. Must be called before
   * `setForwardedHeaders`.
   */
  glance(request: IncomingMessage): void;
  /** The proxies that were seen to, the newest first: at most {@link MOST_PROXIES}. */
  list(): readonly HidingProxy[];
}

/** How many proxies are remembered. Strangers can look like one each; one that works is seen again and again, and stays. */
export const MOST_PROXIES = 16;

/** Least time between two lines of one kind, in milliseconds. */
const PAUSE_MS = 60_000;

/** Headers in which a proxy names its client. Source: RFC 7239, nginx, Caddy, Traefik, HAProxy. */
const NAMING = ['x-forwarded-for', 'x-real-ip', 'forwarded'] as const;

/**
 * Makes the watch of one configuration: each proxy is told of once, and all together at most once a minute.
 *
 * @param now A clock that never goes back, in milliseconds. @default that of the process
 */
export function createHiddenClients(
  addresses: ClientAddresses,
  log: Log,
  now: () => number = () => performance.now(),
): HiddenClients {
  const proxies = new LRUCache<string, { why: HiddenClient; isTold: boolean }>({ max: MOST_PROXIES });
  const toldAt = new Map<HiddenClient, number>();

  function remember(peer: string, why: HiddenClient): void {
    const known = proxies.get(peer);
    const isTold = known?.why === why && known.isTold;
    const isSoon = now() - (toldAt.get(why) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS;
    if (!isTold && !isSoon) {
      toldAt.set(why, now());
      const event = why === 'unnamed' ? 'trusted-proxies-missing' : 'forwarded-for-missing';
      log.warn({ event, peer, fix: explainHidden({ peer, why }) });
    }
    if (known?.why !== why || isTold !== !isSoon) proxies.set(peer, { why, isTold: isTold || !isSoon });
  }

  function note(request: IncomingMessage): HiddenClient | undefined {
    const why = findHiddenClient(request, addresses);
    if (why !== undefined) remember(addresses.of(request.socket.remoteAddress, undefined), why);
    return why;
  }

  return {
    note,
    glance(request) {
      const { headers, socket } = request;
      if (NAMING.every((name) => headers[name] === undefined)) return;
      if (!addresses.isTrusted(addresses.of(socket.remoteAddress, undefined))) note(request);
    },
    list: () => [...proxies.entries()].map(([peer, { why }]) => ({ peer, why })),
  };
}

/** Says what to do about a proxy that hides its clients, and what comes of it until then. */
export function explainHidden({ peer, why }: HidingProxy): string {
  const until =
    'Until then all who come that way count as one: no sign-in of theirs is held where that address is at home, one busy person uses up the requests of all, and Jellyfin sees that address only.';
  return why === 'unnamed'
    ? `If ${peer} is your reverse proxy, write it into the configuration, listen: { trustedProxies: ['${peer}'] }. ${until}`
    : `The proxy at ${peer} hands requests on without the client's address: let it send X-Forwarded-For. ${until}`;
}
