import type { CheerioAPI } from 'cheerio';
import type { z } from 'zod';
import type { JsonDocument } from '../jellyfin/routes.ts';
import type { StringKey } from '../jellyfin/strings.ts';
import type { Files } from './file-option.ts';
import type { Replacement } from './replacements.ts';
import type { SettingDefaults } from './setting-defaults.ts';
import type { ClientWords, Translations } from './translations.ts';

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

/** A link in the menu of people who are signed in; it opens in a new tab. */
export interface MenuLink {
  readonly name: string;
  /** A whole address, or a path as seen from `/web/`. The client puts it into `href` as it is. */
  readonly url: string;
  /** Name of a Material icon. */
  readonly icon: string;
}

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
   * which `[words](gatehouse/account)` is a link to a page of ours, where the client shows links. Where Jellyfin's own words
   * are true as well, `elseTheirs` leaves them to people in whose language we have none; all others get English.
   */
  readonly strings?: { readonly [K in StringKey]?: Translations | ClientWords };
  /** Shared. Links in the menu, behind those of Jellyfin's own `config.json`; one that is there already is not added. */
  readonly menuLinks?: readonly MenuLink[];
  /** Exclusive per setting. What the client's settings are where a person chose nothing; in force before its first script runs. */
  readonly defaults?: SettingDefaults;
  /**
   * Shared. Text of the client's scripts, styles and JSON files, replaced in the order of the mods wherever it stands as often
   * as it says; for everybody, so that an entry with such cannot have `when`. What Gatehouse does not keep of the client it
   * cannot change: `index.html`, `config.json` and whatever passes while `cache.web` is false.
   */
  readonly replacements?: readonly Replacement[];
  /**
   * Shared. Says that `<name>.client.ts` beside the mod runs in the browser, and what it is given.
   * The value is public: everybody who opens the login page can read it.
   */
  readonly client?: Json;
}

/** The reset service as a mod may know it. */
export interface ResetFacts {
  /** Where a person who forgot the password begins: in Jellyfin's own form, in My Account, or in the form and then its PIN page. */
  readonly lead: 'check-your-messages' | 'account' | 'pin-page';
  /** Whether messages hold a PIN, which Jellyfin's form asks for; otherwise they hold a link. */
  readonly asksPin: boolean;
  /** How messages reach people, in the order of the server: `mail`, else the name of a service as people know it. May be empty. */
  readonly channels: readonly string[];
}

/** What a mod may know of the rest of the configuration. */
export interface RestOfConfig {
  /** Undefined where the file sets up no reset service. */
  readonly reset: ResetFacts | undefined;
  /** The address people use, as the file has it; undefined where it says none. */
  readonly publicUrl: string | undefined;
  /** Whether sign-ins are held back after wrong passwords. */
  readonly isLoginThrottled: boolean;
}

/** Options as the file has them, before the mod's schema checked them: any name may be missing, and any value be of another kind. */
export type WrittenOptions = { readonly [option: string]: unknown };

/** How a mod fills in what the file leaves open about it. */
export interface ModDefaults {
  /** When it is on, and how, without being named: sentences for people, in `config.example.yaml`. */
  readonly description: string;
  /**
   * Completes the options. Must not throw, whatever is written.
   *
   * @param written Undefined where the file does not name the mod.
   * @returns undefined: the mod stays off.
   */
  fill(written: WrittenOptions | undefined, rest: RestOfConfig): WrittenOptions | undefined;
}

/** What does not fit between a mod and the rest of the configuration. */
export interface Misfit {
  /** The option it is about; left out: the whole entry. */
  readonly option?: string;
  /** What is wrong and the fix, as the end of a sentence that begins with the option's name. Repeats no value. */
  readonly message: string;
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
  /** Every option as an admin would write it; what `config.example.yaml` shows, and run by the tests. */
  readonly example: NoInfer<z.input<Options>>;
  /** Set: it runs behind all mods that do not say so, those of an admin's own folder among them. */
  readonly isLast?: true;
  /** Of a mod that is data: what it was made of. Its options carry it to where mods run. */
  readonly definition?: object;
  /** Left out: the mod is off unless the file names it, and gets what is written there. */
  readonly defaults?: ModDefaults;
  /**
   * Finds what does not fit the rest of the configuration; left out: everything does. Must not throw, whatever is written.
   *
   * @param written After `defaults`; false where the file switches the mod off, undefined where it is off unnamed.
   */
  check?(written: WrittenOptions | false | undefined, rest: RestOfConfig): readonly Misfit[];
  /**
   * Turns options into hooks. Runs once per configuration and process; no input or output in it.
   *
   * @param files What became of the files that the options name by `fileOption`.
   */
  hooks(options: z.output<Options>, files: Files): Hooks;
}

/** Mods that are there, by name, each loaded only where it is wanted. */
export interface ModList {
  /** In the order in which they run. */
  readonly names: readonly string[];
  /**
   * Loads mods, in their order.
   *
   * @param named Those that are named; what is on by itself comes with them, and a name that no mod has brings none. Default: all.
   */
  load(named?: readonly string[]): Promise<readonly Mod[]>;
}

/**
 * Declares a mod. Returns it unchanged; exists so that options, example and hooks check each other's types.
 * `injector/mods/README.md` shows one from top to bottom.
 */
export function defineMod<Options extends z.ZodType>(mod: Mod<Options>): Mod<Options> {
  return mod;
}
