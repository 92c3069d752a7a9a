/**
 * What the part of a mod that runs in the browser sees. Types only: nothing of this file reaches the browser.
 * The object behind it is made by `injector/client/runtime.ts`.
 */

/** What Jellyfin's plugin manager hands to a plugin; only what we use. Source: pluginManager.js, 10.8 to 12.0. */
export interface PluginDependencies {
  readonly globalize: {
    translate: (key: string, ...values: unknown[]) => string;
    translateHtml: (html: unknown, ...rest: unknown[]) => string;
    getCurrentLocale: () => string;
  };
  readonly appSettings?: { get: (name: string, userId?: string) => unknown };
  readonly [name: string]: unknown;
}

/** Names of the pages and places a client part can reach; selectors stand in `injector/jellyfin/anchors.ts`. */
export type { AnchorName, PageName } from '../jellyfin/anchors.ts';

import type { AnchorName, PageName } from '../jellyfin/anchors.ts';

/** The tools a client part works with. Everything it does through them is guarded: an error is caught and named once. */
export interface ClientContext<Options> {
  /** What the mod's `client` hook returned. */
  readonly options: Options;
  /** What Jellyfin's plugin manager handed to us. */
  readonly dependencies: PluginDependencies;
  /** Calls back each time one of the pages shows, with the page's own element; also for the page that shows already. */
  onPage(names: readonly PageName[], run: (page: HTMLElement) => void): void;
  /** The elements of an anchor inside a page (or the document); none when this client does not have it. */
  find(anchor: AnchorName, inside: ParentNode): HTMLElement[];
  /** Calls back before the client handles a press (mouse, touch, keyboard) on an anchor; `prevent()` keeps it away. */
  onPress(anchor: AnchorName, run: (press: { prevent(): void }) => void): void;
  /** Picks the text for the person's language, as set in the client at the time of the call. */
  text(translations: { readonly en: string; readonly [language: string]: string | undefined }): string;
  /** Address of something below `/gatehouse/`, right at any base URL or sub-path. */
  gatehouseUrl(path: string): string;
  /** Goes to another page of the same tab. */
  leaveTo(url: string): void;
}

/** What `<name>.client.ts` exports as `run`. Called once, when Jellyfin's client constructs our plugin. */
export type RunClient<Options> = (context: ClientContext<Options>) => void;
