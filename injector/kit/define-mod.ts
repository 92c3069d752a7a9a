import type { CheerioAPI } from 'cheerio';
import type { z } from 'zod';
import type { JsonDocument } from '../jellyfin/routes.ts';
import type { StringKey } from '../jellyfin/strings.ts';
import type { Translations } from './translations.ts';

/** Where in the page a tag goes. `head-start` is before every script of Jellyfin's. */
export type TagPlace = 'head-start' | 'head-end' | 'body-end';

/** An HTML element described as data, so that one engine escapes it. */
export interface Tag {
  /** Element name, e.g. `meta`. */
  readonly tag: string;
  /** Attributes; `true` writes the bare name, `false` leaves it out. Values are escaped by the engine. */
  readonly attributes?: { readonly [name: string]: string | boolean };
  /** Text inside; escaped as the element needs it. */
  readonly text?: string;
  readonly place: TagPlace;
}

/** Anything that survives `JSON.stringify` unchanged; what a mod may hand to its part in the browser. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Changes one top-level value of a JSON document; gets what Jellyfin sent, returns what the browser gets. */
export type JsonChange = (value: unknown) => unknown;

/** What a mod does, by place. Every part is optional. Shared parts add up; exclusive parts may have one owner. */
export interface Hooks {
  /** Shared. Tags put into `index.html`; the engine escapes and places them. */
  readonly tags?: readonly Tag[];
  /**
   * Shared. Changes the parsed `index.html`. Runs once per version of the page, in the order of `mods/index.ts`;
   * must give the same page when run twice. When it throws, the page is served without this mod.
   */
  readonly html?: (page: CheerioAPI) => void;
  /** Shared. Rules for the one stylesheet of all mods, linked last in `<head>`. */
  readonly css?: string;
  /** Exclusive per document and key. Changes top-level values of Jellyfin's JSON documents. */
  readonly json?: { readonly [D in JsonDocument]?: { readonly [key: string]: JsonChange } };
  /**
   * Exclusive per key. Texts of Jellyfin's web client, said differently in the language of the person: plain text, in
   * which `[words](gatehouse/account)` is a link to a page of ours, where the client shows links.
   */
  readonly strings?: { readonly [K in StringKey]?: Translations };
  /**
   * Shared. Says that `<name>.client.ts` beside the mod runs in the browser, and what it is given.
   * The value is public: everybody who opens the login page can read it.
   */
  readonly client?: Json;
}

/** A change of Jellyfin's web client that an admin switches on in `config.yaml`. */
export interface Mod<Options extends z.ZodType = z.ZodType> {
  /** File name, key below `mods:` in `config.yaml`, and prefix of CSS classes. Kebab-case. */
  readonly name: string;
  /** One line for people, at most 60 characters, no full stop. */
  readonly title: string;
  /** The Jellyfin versions it was proved on, as a semver range, e.g. `>=10.8 <13`. */
  readonly jellyfin: string;
  /** Its options; every field carries `.meta({ description })`. Strict, so that a typo is an error. */
  readonly options: Options;
  /** Options as an admin would write them; printed in the documentation and run by the tests. */
  readonly example: NoInfer<z.input<Options>>;
  /** Turns options into hooks. Runs once per configuration; no input or output in it. */
  hooks(options: z.output<Options>): Hooks;
}

/**
 * Declares a mod. Returns it unchanged; exists so that options, example and hooks check each other's types.
 * `injector/README.md` shows one from top to bottom.
 */
export function defineMod<Options extends z.ZodType>(mod: Mod<Options>): Mod<Options> {
  return mod;
}
