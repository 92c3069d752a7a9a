import { onTestFinished } from 'vitest';
import { createHomeNetwork } from '../../../injector/addresses/networks.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { createJellyfinApi } from '../../../server/jellyfin/api.ts';
import { createLockouts } from '../../../server/jellyfin/lockouts.ts';
import { createLoginThrottle, type OwnLoginThrottle } from '../../../server/login/login-throttle.ts';
import type { Limits } from '../../../server/ports/limits.ts';
import { type Lockouts, NO_LOCKOUTS } from '../../../server/ports/lockouts.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createMemoryPlaces } from '../../../server/storage/memory-places.ts';
import { createFakeJellyfin, type FakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { createSettableClock, type SettableClock } from '../clock/settable-clock.ts';
import { createLogLines, type LogLines } from '../log/log-lines.ts';
import { modList } from '../mods/mod-list.ts';
import { listen, shut } from '../network/listen.ts';

/** A sign-in as a client on the network saw it. */
export interface SeenSignIn {
  readonly status: number;
  /** Of `X-Application-Error-Code`. */
  readonly errorCode: string | null;
}

/** A fake Jellyfin with lockout on, behind an injector that throttles sign-ins. */
export interface ThrottledJellyfin {
  readonly jellyfin: FakeJellyfin;
  readonly throttle: OwnLoginThrottle;
  readonly clock: SettableClock;
  readonly lines: LogLines;
  readonly url: string;
  /** Port of the injector. */
  readonly port: number;
  signIn(from: string, name: string, password: string): Promise<SeenSignIn>;
  /** Sign-ins that Jellyfin itself was asked about. */
  asked(): number;
}

/** What may differ from one throttle to another. */
export interface ThrottledOptions {
  readonly version?: JellyfinVersion;
  /** Default 3; -1 for none. */
  readonly lockout?: number;
  readonly lan?: boolean;
  readonly limits?: Limits;
  /** Default: asked of the fake by API key. */
  readonly lockouts?: Lockouts | 'none';
  readonly clock?: SettableClock;
  /** One that runs already, to have several in front of it. */
  readonly jellyfin?: FakeJellyfin;
}

const IDENTITY = 'MediaBrowser Client="Test", Device="Test", DeviceId="test", Version="1.0"';

/** Starts one with the people ana and ben; all of it is gone after the running test. */
export async function startThrottledJellyfin(options: ThrottledOptions = {}): Promise<ThrottledJellyfin> {
  const { version = '10.10.7', lockout = 3, lan = false } = options;
  const clock = options.clock ?? createSettableClock();
  const lines = createLogLines();
  const jellyfin =
    options.jellyfin ??
    (await createFakeJellyfin({
      version,
      users: ['ana', 'ben'].map((name) => ({
        ...{ name, password: `${name}-pw-1`, loginAttemptsBeforeLockout: lockout },
      })),
      apiKeys: ['key'],
      knownProxies: ['127.0.0.1'],
      hashMs: 1,
    }));
  if (options.jellyfin === undefined) onTestFinished(() => jellyfin.close());
  const api = createJellyfinApi({ url: jellyfin.url, apiKey: 'key', deviceId: 'd', version: '1' });
  const lockouts =
    options.lockouts === 'none'
      ? NO_LOCKOUTS
      : (options.lockouts ?? createLockouts({ api, clock, log: lines.log }));
  const throttle = createLoginThrottle({
    limits: options.limits ?? createMemoryLimits(),
    places: createMemoryPlaces(),
    lockouts,
    settings: { lan, failures: 5, windowMs: 15 * 60_000 },
    isHome: createHomeNetwork(),
    clock,
    log: lines.log,
  });
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: lines.log });
  const port = await listen(injector.server);
  onTestFinished(async () => {
    await injector.close();
    await shut(injector.server);
  });
  await injector.configure(
    { jellyfinUrl: jellyfin.url, trustedProxies: ['127.0.0.1'], enabledMods: {} },
    undefined,
    throttle,
  );
  return {
    ...{ jellyfin, throttle, clock, lines, port, url: `http://127.0.0.1:${port}` },
    async signIn(from, name, password) {
      const response = await fetch(`http://127.0.0.1:${port}/Users/AuthenticateByName`, {
        method: 'POST',
        headers: { authorization: IDENTITY, 'content-type': 'application/json', 'x-forwarded-for': from },
        body: JSON.stringify({ Username: name, Pw: password }),
      });
      await response.arrayBuffer();
      return { status: response.status, errorCode: response.headers.get('x-application-error-code') };
    },
    asked: () => jellyfin.journal.filter(({ path }) => /authenticatebyname/i.test(path)).length,
  };
}
