import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM_VERSION } from '../config/version.ts';
import { type Administration, createAdministration } from '../jellyfin/administration.ts';
import { createJellyfinApi, type JellyfinApi } from '../jellyfin/api.ts';
import { askKnownProxiesStatus, findOwnAddress } from '../jellyfin/known-proxies.ts';
import { type JellyfinCall, sendToJellyfin } from '../jellyfin/send.ts';
import { createTransport } from '../jellyfin/transport.ts';

/** Whether Jellyfin believes us who a client is. */
export type Belief =
  | { readonly kind: 'believed' }
  /** The address is ours as Jellyfin sees it. `isListed`: it stands among the known proxies, and Jellyfin must be restarted. */
  | { readonly kind: 'not-believed'; readonly address: string | undefined; readonly isListed: boolean };

/** Gatehouse among the known proxies of a Jellyfin. Each rejects with a JellyfinUnreachableError. */
export interface KnownProxy {
  look(): Promise<Belief>;
  add(address: string): Promise<void>;
  /** Restarts Jellyfin and waits until it believes us; false when it does not within `waitMs`, default 2 minutes. */
  restart(waitMs?: number): Promise<boolean>;
}

/** How long Jellyfin may take for one answer, in milliseconds. */
const ANSWER_MS = 10_000;

/** How long a start may take, in milliseconds. */
const START_MS = 2 * 60_000;

/** Pause between two looks whether it is there again, in milliseconds. */
const PAUSE_MS = 1_000;

/** Makes it. @param server.apiKey Also the access token of an administrator. */
export function createKnownProxy(server: {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly apiKey: string;
}): KnownProxy {
  const { url, ca, apiKey } = server;
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const transport = createTransport(url, ca);
  const api: JellyfinApi = createJellyfinApi({
    ...{ url, ca, apiKey, deviceId, transport },
    ...{ version: PROGRAM_VERSION, timeoutMs: ANSWER_MS },
  });
  const administration: Administration = createAdministration({
    send: (call: JellyfinCall) => sendToJellyfin({ ...transport, timeoutMs: ANSWER_MS }, call),
    identity: { deviceId, version: PROGRAM_VERSION, token: apiKey },
  });
  return {
    async look() {
      const known = await administration.knownProxies();
      // Up to 10.10.6 Jellyfin believes everybody while none is known, which is no better.
      if (known.length > 0 && (await askKnownProxiesStatus(api)) === 'each-client')
        return { kind: 'believed' };
      const address = await findOwnAddress(url);
      return {
        kind: 'not-believed',
        address,
        isListed: address !== undefined && known.includes(address),
      };
    },
    add: (address) => administration.addKnownProxy(address),
    async restart(waitMs = START_MS) {
      await administration.restart();
      const end = performance.now() + waitMs;
      while (performance.now() < end) {
        await sleep(PAUSE_MS);
        // While it starts it answers nothing, or oddly.
        const status = await askKnownProxiesStatus(api).catch(() => undefined);
        if (status === 'each-client') return true;
      }
      return false;
    },
  };
}
