import type { InjectorReport } from '../../injector/injector-report.ts';
import type { ResetReport } from './reset-report.ts';
import type { ResetSight } from './reset-sight.ts';

/** What `GET /gatehouse/health` tells those who may know. */
export interface Health {
  readonly status: 'ok' | 'not ready';
  /** Null where only the reset service runs. */
  readonly jellyfin: {
    readonly reachable: boolean;
    readonly ready: boolean;
    readonly state: string;
    readonly version: string | null;
  } | null;
  /** Null when no reset service is configured. */
  readonly reset:
    | Omit<ResetReport, 'events' | 'oldestWaitingMs'>
    | { readonly storage: 'unreachable' }
    | null;
  /** By name: `on`, or why it is left out. */
  readonly mods: Readonly<Record<string, string>>;
}

/**
 * Puts together how the program is. Ready means that people are served: Jellyfin is there, and so is the database when
 * a reset service is configured. A mod that is left out and a mail server that is away make nobody unready; nor does a reset
 * service in another process, because media must go on without it.
 *
 * @param injector Undefined where only the reset service runs.
 */
export function composeHealth(injector: InjectorReport | undefined, reset: ResetSight | undefined): Health {
  const jellyfin = injector === undefined ? null : toJellyfin(injector.jellyfin);
  const isReady = jellyfin?.ready !== false && reset?.storage !== 'unavailable';
  return {
    status: isReady ? 'ok' : 'not ready',
    jellyfin,
    reset: reset === undefined ? null : toShown(reset),
    mods: Object.fromEntries(
      (injector?.mods ?? []).map(({ name, leftOut }) => [
        name,
        leftOut === undefined ? 'on' : `left out: ${leftOut}`,
      ]),
    ),
  };
}

function toJellyfin({ state, version }: InjectorReport['jellyfin']): Health['jellyfin'] {
  return {
    reachable: state !== 'away' && state !== 'unknown',
    ready: state === 'ready' || state === 'unhealthy',
    state,
    version: version ?? null,
  };
}

/** Without what is for the metrics only. */
function toShown(reset: ResetSight): Health['reset'] {
  if (reset.storage === 'unreachable') return { storage: reset.storage };
  const { storage, outbox, mail, counts } = reset;
  return { storage, outbox, mail, counts };
}
