import { inTime } from '../http/in-time.ts';
import type { UpstreamAnswer } from '../upstream/ask.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { parseJellyfinVersion } from './versions.ts';

/**
 * How far Jellyfin is. `unknown`: not probed yet, or what answers is not like Jellyfin; `away`: no connection;
 * `starting`: its start-up server (10.11 on); `loading`: the main server serves files, but no call yet; `unhealthy`:
 * it works, and says that its database does not.
 */
export type JellyfinState = 'unknown' | 'away' | 'starting' | 'loading' | 'unhealthy' | 'ready';

/** What a probe of Jellyfin found. */
export interface Probe {
  readonly state: JellyfinState;
  /** As Jellyfin says it; undefined unless `ready`. */
  readonly version: string | undefined;
  /** Whether the start-up wizard has been gone through; undefined unless `ready`. */
  readonly isWizardDone: boolean | undefined;
  /** What the server is called; undefined unless `ready`, and where it has no name. */
  readonly serverName: string | undefined;
  /** Why it is away, for the log. */
  readonly reason: string | undefined;
}

/** Watches whether Jellyfin is there. */
export interface Readiness {
  state(): JellyfinState;
  /** A request failed, Jellyfin answered 503 or a WebSocket ended: probes again, at most once a second. */
  suspect(): void;
  /** The state, from a probe that is at most 2 s old; waits up to 250 ms for one and then says what was known. */
  confirm(): Promise<JellyfinState>;
  /** Probes from now on; calls back after each probe with what it found. Returns what ends the watch. */
  watch(onProbe: (probe: Probe, before: JellyfinState) => void): () => void;
}

/** Times between two probes, in milliseconds: while Jellyfin is not there; when something else answers; while it is. */
const PAUSE_MS: Readonly<Record<JellyfinState, number>> = {
  away: 500,
  starting: 500,
  loading: 500,
  unknown: 2_000,
  unhealthy: 10_000,
  ready: 60_000,
};
/** The same while the wizard is open, which is not for long. */
const WIZARD_PAUSE_MS = 2_000;
/** A call to the start-up server waits 2.5 s, so an answer may take longer than that. */
const PROBE_TIMEOUT_MS = 5_000;
const SUSPECT_AFTER_MS = 1_000;
const CONFIRM_AFTER_MS = 2_000;
const CONFIRM_TIMEOUT_MS = 250;

/** True when Jellyfin cannot serve calls yet: its login page would load and then say that it is unable to connect. */
export function isOut(state: JellyfinState): boolean {
  return state === 'away' || state === 'starting' || state === 'loading';
}

/**
 * Asks `GET /health`, which alone tells the start-up server from the main one, and then the version. `Degraded` is
 * what the start-up server says, or, below a base URL, which it does not know, 503 with Retry-After; the main server
 * sends none. An answer that takes too long proves nothing.
 *
 * @param pace What every time above is multiplied by; default 1, tests hurry.
 * Source: real servers of 10.8.13 to 12.0 while starting; SystemController.
 */
export function createReadiness(upstream: Upstream, pace = 1): Readiness {
  let state: JellyfinState = 'unknown';
  let probedAt = Number.NEGATIVE_INFINITY;
  let beganAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let onProbe: Parameters<Readiness['watch']>[0] | undefined;

  const ask = (path: string): Promise<UpstreamAnswer> => {
    const headers = { accept: '*/*', 'accept-encoding': 'identity' };
    return upstream.ask({ path: `${upstream.basePath}${path}`, headers, timeoutMs: PROBE_TIMEOUT_MS });
  };

  async function find(): Promise<Probe> {
    try {
      const health = await ask('/health');
      const word = health.body.toString('utf8').trim();
      if (health.status === 503 && health.headers['retry-after'] !== undefined) return without('starting');
      if (health.status === 503) return without(word === 'Unhealthy' ? 'unhealthy' : 'loading');
      if (word === 'Degraded') return without('starting');
      const info = await ask('/System/Info/Public');
      if (info.status === 503) return without('loading');
      const known = info.status === 200 ? readInfo(info.body) : undefined;
      return known === undefined ? without('unknown') : { ...known, state: 'ready', reason: undefined };
    } catch (error) {
      const isCut = error instanceof Error && 'code' in error;
      return { ...without(isCut || state !== 'ready' ? 'away' : state), reason: String(error) };
    }
  }

  function probe(): Promise<void> {
    clearTimeout(timer);
    if (underWay === undefined) beganAt = performance.now();
    underWay ??= find().then((found) => {
      const before = state;
      underWay = undefined;
      probedAt = performance.now();
      if (onProbe === undefined) return;
      state = found.state;
      const pauseMs = found.isWizardDone === false ? WIZARD_PAUSE_MS : PAUSE_MS[state];
      timer = setTimeout(() => void probe(), pauseMs * pace).unref();
      onProbe(found, before);
    });
    return underWay;
  }

  return {
    state: () => state,
    suspect() {
      if (onProbe === undefined || underWay !== undefined) return;
      const waitMs = SUSPECT_AFTER_MS * pace - (performance.now() - probedAt);
      if (waitMs <= 0) return void probe();
      // What was seen a moment ago may be true no more: probed again when its second is over, not a minute later.
      clearTimeout(timer);
      timer = setTimeout(() => void probe(), waitMs).unref();
    },
    async confirm() {
      const now = performance.now();
      if (onProbe === undefined || now - probedAt < CONFIRM_AFTER_MS * pace) return state;
      // A probe that takes long is waited for by the first who needs it, not by everybody.
      if (underWay !== undefined && now - beganAt > CONFIRM_TIMEOUT_MS * pace) return state;
      await inTime<unknown>(probe(), CONFIRM_TIMEOUT_MS * pace, () => true);
      return state;
    },
    watch(callback) {
      onProbe = callback;
      void probe();
      return () => {
        onProbe = undefined;
        clearTimeout(timer);
      };
    },
  };
}

function without(state: JellyfinState): Probe {
  return { state, version: undefined, isWizardDone: undefined, serverName: undefined, reason: undefined };
}

/** Reads names in PascalCase only: the start-up server's are not. */
function readInfo(body: Buffer): Pick<Probe, 'version' | 'isWizardDone' | 'serverName'> | undefined {
  try {
    const info: unknown = JSON.parse(body.toString('utf8'));
    if (typeof info !== 'object' || info === null || !('Version' in info)) return undefined;
    const { Version: version } = info;
    if (typeof version !== 'string' || parseJellyfinVersion(version) === undefined) return undefined;
    const isWizardDone = 'StartupWizardCompleted' in info ? info.StartupWizardCompleted === true : undefined;
    const name = 'ServerName' in info && typeof info.ServerName === 'string' ? info.ServerName.trim() : '';
    return { version, isWizardDone, serverName: name === '' ? undefined : name };
  } catch {
    return undefined;
  }
}
