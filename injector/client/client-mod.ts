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
  /** Shows a few words for some seconds, as plain text. */
  readonly toast?: (text: string) => void;
  readonly appSettings?: { get: (name: string, userId?: string) => unknown };
  readonly [name: string]: unknown;
}

/** Names of the pages and places a client part can reach; selectors stand in `injector/jellyfin/anchors.ts`. */
export type { AnchorName, PageName } from '../jellyfin/anchors.ts';
/** Names of the client's calls a client part can hear the answers to. */
export type { ClientCall } from '../jellyfin/web-client.ts';
/** What stands behind the `?` of a question to Jellyfin. */
export type { Query } from './session.ts';

import type { AnchorName, PageName } from '../jellyfin/anchors.ts';
import type { ClientCall, ReachablePage } from '../jellyfin/web-client.ts';
import type { Query } from './session.ts';

/** Takes back what was done; called once. */
export type Undo = () => void;

/** What the server said to a call of the client, before the client hears of it. */
export interface HeardAnswer {
  /** 200 for every success; 0 when there was no answer. */
  readonly status: number;
  /** As it was read from JSON; undefined for a failure. */
  readonly body: unknown;
  /** `X-Application-Error-Code` of a failure, which the server or Gatehouse may have set. */
  readonly errorCode: string | undefined;
  /** Tells the client this in its place, as a success. */
  replace(body: unknown): void;
  /** Tells the client nothing at all: for a page that is about to be left. */
  withhold(): void;
}

/** The tools a client part works with. Everything it does through them is guarded: an error is caught and named once. */
export interface ClientContext<Options> {
  /** What the mod's `client` hook returned. */
  readonly options: Options;
  /** What Jellyfin's plugin manager handed to us. */
  readonly dependencies: PluginDependencies;
  /**
   * Calls back each time one of the pages shows, with the page's own element; also for the page that shows already.
   * The same element may come again: insert with `insertOnce`. A function that is returned takes things back when the
   * next page shows. `every` is any page.
   */
  onPage(names: readonly PageName[] | 'every', run: (page: HTMLElement) => Undo | undefined): void;
  /** The elements of an anchor inside a page (or the document); none when this client does not have it. */
  find(anchor: AnchorName, inside: ParentNode): HTMLElement[];
  /** Calls back before the client handles a press (mouse, touch, keyboard) on an anchor; `prevent()` keeps it away. */
  onPress(anchor: AnchorName, run: (press: { prevent(): void }) => void): void;
  /** Calls back with each answer to one of the client's calls, before the client gets it. */
  onAnswer(call: ClientCall, run: (answer: HeardAnswer) => void): void;
  /**
   * Adds the element before a child of `parent`, or as its last one, unless one of this name is there already. It is marked with
   * `data-gatehouse`, and goes away when another person signs in or this one signs out.
   */
  insertOnce(parent: Element, name: string, make: () => HTMLElement, before?: Element | null): void;
  /** Picks the text for the person's language, as set in the client at the time of the call. */
  text(translations: { readonly en: string; readonly [language: string]: string | undefined }): string;
  /** Name of the server as the client knows it at the time of the call. */
  serverName(): string | undefined;
  /** Id of the person who is signed in, at the time of the call. */
  personId(): string | undefined;
  /**
   * Asks Jellyfin for JSON, as the person who is signed in: what that person may not see, a mod does not see.
   *
   * @param path Below Jellyfin's address, e.g. `Items`; without a leading slash.
   * @returns Rejects when nobody is signed in, and when Jellyfin refuses.
   */
  ask(path: string, query?: Query): Promise<unknown>;
  /** What the mod kept by this name in this browser, for everybody or for the person who is signed in. */
  recall(name: string, of: 'person' | 'browser'): string | undefined;
  /** Keeps a text in this browser; undefined forgets it. Without a person, nothing of a person is kept. */
  remember(name: string, of: 'person' | 'browser', value: string | undefined): void;
  /** Shows a few words for some seconds, as the client does. */
  toast(words: string): void;
  /** Address of something below `/gatehouse/`, right at any base URL or sub-path. */
  gatehouseUrl(path: string): string;
  /** Shows another page of the client. */
  showPage(name: ReachablePage): void;
  /**
   * Goes to another page of the same tab. In a frame, where that page would be refused, the client stays and its address is
   * shown, to be opened on another device.
   *
   * @param options.replace Forgets the page that shows, so that Back does not return to it. In a frame, the login page follows.
   * @param options.elsewhere The address for another device, where `url` is of use on this one only. @default `url`
   */
  leaveTo(url: string, options?: { readonly replace: boolean; readonly elsewhere?: string }): void;
  /** Whether the client stands in a frame, so that `leaveTo` only tells. */
  readonly isFramed: boolean;
  /** Makes a callback safe to hand to the browser: when it throws, the mod is named once and nothing else happens. */
  guard<Values extends unknown[]>(run: (...values: Values) => void): (...values: Values) => void;
}

/** What `<name>.client.ts` exports as `run`. Called once, when Jellyfin's client constructs our plugin. */
export type RunClient<Options> = (context: ClientContext<Options>) => void;
