import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HidingProxy } from './admission/hidden-clients.ts';
import type { GuardSettings } from './admission/path-guard.ts';
import type { Certificate } from './admission/server.ts';
import type { StatusPort } from './answers/status-port.ts';
import type { TrafficNumbers } from './answers/traffic.ts';
import type { ModFilesSettings } from './files/mod-files.ts';
import type { JellyfinState } from './jellyfin/readiness.ts';
import type { ModList } from './kit/define-mod.ts';
import type { SwitchedOn } from './kit/entries.ts';
import type { ServedFiles } from './kit/file-option.ts';
import type { Log } from './kit/log.ts';
import type { WebCacheSettings } from './static/web-cache.ts';

/** What of the configuration the injector needs. */
export interface InjectorSettings {
  /** Where Jellyfin listens, base URL included. */
  readonly jellyfinUrl: string;
  /** The only certificate authorities its certificate may come from, in PEM; default those of the system. */
  readonly jellyfinCa?: string | undefined;
  /** The address people use; tells whether a proxy in front strips a path. */
  readonly publicUrl?: string | undefined;
  /** Whether browsers are told to use https only; default true, and never without an https `publicUrl`. */
  readonly hsts?: boolean;
  /** Addresses and ranges of proxies in front of us that may say who the client is. */
  readonly trustedProxies: readonly string[];
  /** Names people reach us by; default, and an empty list: any. */
  readonly publicHosts?: readonly string[];
  /** As `SwitchedOn.enabled`; options of a mod that is not among the parts carry it. */
  readonly enabledMods: SwitchedOn['enabled'];
  /** As `SwitchedOn.conditions`. */
  readonly modConditions?: SwitchedOn['conditions'];
  /** Where files that options of mods name are; left out, none can be had. */
  readonly files?: ModFilesSettings | undefined;
  /** What became of them. @default the injector finds out by itself, from `files` */
  readonly modFiles?: ServedFiles;
  /** Default: everything on. */
  readonly guard?: GuardSettings;
  /** How files of the web client are kept; undefined for not at all. */
  readonly cache?: WebCacheSettings | undefined;
}

/** What the injector is made of from outside. */
export interface InjectorParts {
  /** The mods there are; those that a configuration switches on are loaded. */
  readonly mods: ModList;
  /** Address of a module that exports them as `MODS`, for the process in which they run; default: the folder `mods/`. */
  readonly modsUrl?: string;
  /** Folder of the built browser parts (`dist/client`). */
  readonly clientFolder: string;
  readonly log: Log;
  /** Answers what monitors ask; left out, nothing does. */
  readonly status?: StatusPort;
  /** Called when Jellyfin is ready again after it was away or started: its settings may be others now. */
  readonly onJellyfinBack?: () => void;
  /** How long after a start or a change it looks whether mods find what they change, in milliseconds. @default 20,000 */
  readonly lookAfterMs?: number;
  /** Makes it speak https. */
  readonly certificate?: Certificate | undefined;
  /** Asked first about each request that was let in. @default nobody is */
  readonly answerFirst?: AnswerFirst | undefined;
}

/** Answers a request before anything else may, also while no configuration is in force; false when it does not. */
export type AnswerFirst = (request: IncomingMessage, response: ServerResponse) => boolean;

/** How the injector is, for health and metrics. Names no person and holds no secret. */
export interface InjectorReport {
  readonly jellyfin: { readonly state: JellyfinState; readonly version: string | undefined };
  /** Each mod that is switched on; `leftOut` says why it takes no part, or not in everything. */
  readonly mods: readonly {
    readonly name: string;
    readonly leftOut: string | undefined;
    /** What it does not find in the client that runs; undefined where nothing is known to be missing. */
    readonly lost?: string | undefined;
  }[];
  readonly webSockets: number;
  /** Proxies in front that hide their clients, the newest first, each with what to do about it. */
  readonly hidingProxies: readonly (HidingProxy & { readonly fix: string })[];
  readonly traffic: TrafficNumbers;
}
