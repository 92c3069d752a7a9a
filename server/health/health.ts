import type { InjectorReport } from '../../injector/injector-report.ts';
import type { ResetReport } from './reset-report.ts';

/** What `GET /gatehouse/health` tells those who may know. */
export interface Health {
  readonly status: 'ok' | 'not ready';
  readonly jellyfin: {
    readonly reachable: boolean;
    readonly ready: boolean;
    readonly state: string;
    readonly version: string | null;
  };
  /** Null when no reset service is configured. */
  readonly reset: ResetReport | null;
  /** By name: `on`, or why it is left out. */
  readonly mods: Readonly<Record<string, string>>;
}

/**
 * Puts together how the program is. Ready means that people are served: Jellyfin is there, and so is the database when
 * a reset service is configured. A mod that is left out and a mail server that is away make nobody unready.
 */
export function composeHealth(injector: InjectorReport, reset: ResetReport | undefined): Health {
  const { state, version } = injector.jellyfin;
  const isJellyfinReady = state === 'ready' || state === 'unhealthy';
  const isReady = isJellyfinReady && reset?.storage !== 'unavailable';
  return {
    status: isReady ? 'ok' : 'not ready',
    jellyfin: {
      reachable: state !== 'away' && state !== 'unknown',
      ready: isJellyfinReady,
      state,
      version: version ?? null,
    },
    reset: reset ?? null,
    mods: Object.fromEntries(
      injector.mods.map(({ name, leftOut }) => [name, leftOut === undefined ? 'on' : `left out: ${leftOut}`]),
    ),
  };
}
