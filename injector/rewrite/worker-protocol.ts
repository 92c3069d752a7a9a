import type { JsonDocument } from '../jellyfin/routes.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { PageExtras } from './page.ts';

/** What is rewritten by mods; the service worker is not. */
export type ModdedRoute = 'page' | JsonDocument;

/** A file to be rewritten, as data. */
export interface Order {
  readonly route: ModdedRoute;
  readonly bytes: Uint8Array;
  /** Of the original; tells its charset. */
  readonly contentType: string;
  /** What the engine itself puts into the page. */
  readonly extras: PageExtras;
  /** What the engine itself adds to `plugins` of `config.json`; absent when nothing runs in the browser. */
  readonly plugin?: string;
  /** Mods that take no part this time. */
  readonly without: readonly string[];
}

/** What a worker process needs to make the plan by itself; functions cannot be sent. */
export interface Setup {
  /** Address of the module that exports the list of mods as `MODS`. */
  readonly modsUrl: string;
  /** As in the plan's input. */
  readonly enabled: { readonly [name: string]: unknown };
  readonly jellyfinVersion: JellyfinVersion | undefined;
}

/** A part of a mod that failed, with the error in words. */
export interface Failure {
  readonly mod: string;
  readonly hook: string;
  readonly error: string;
}

/** From the program to the worker process. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: Setup }
  | { readonly kind: 'order'; readonly order: Order };

/** From the worker process to the program. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly error: string }
  /** A mod's hook begins; without a mod: it has ended, and the engine goes on. */
  | { readonly kind: 'stage'; readonly mod?: string; readonly hook?: string }
  /** Without bytes: the file stays as it is. */
  | { readonly kind: 'done'; readonly bytes?: Uint8Array; readonly failures: readonly Failure[] };
