import type { JellyfinState } from './jellyfin/readiness.ts';
import type { TrafficNumbers } from './proxy/traffic.ts';

/** How the injector is, for health and metrics. Names no person and holds no secret. */
export interface InjectorReport {
  readonly jellyfin: { readonly state: JellyfinState; readonly version: string | undefined };
  /** Each mod that is switched on; `leftOut` says why it takes no part, or not in everything. */
  readonly mods: readonly { readonly name: string; readonly leftOut: string | undefined }[];
  readonly webSockets: number;
  readonly traffic: TrafficNumbers;
}
