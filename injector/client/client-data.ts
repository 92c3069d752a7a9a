import type { ClientSetting } from '../jellyfin/client-settings.ts';
import type { Person } from '../kit/conditions.ts';
import type { Json } from '../kit/define-mod.ts';
import type { SettingDefault } from '../kit/setting-defaults.ts';
import type { Translations } from '../kit/translations.ts';

/** A text of Jellyfin's client as the browser gets it. */
export interface ClientText {
  /** True when the client shows it as HTML, so that it is escaped there. */
  readonly isHtml: boolean;
  /** True when the client adds more behind it, which is to be hidden. */
  readonly isOpening?: boolean;
  /** True when who speaks none of these languages keeps the client's own words. */
  readonly isElseTheirs?: boolean;
  readonly translations: Translations;
}

/** What the client script carries besides code. Public: everybody who opens the login page can read it. */
export interface ClientData {
  /** By key of Jellyfin's client. */
  readonly strings: { readonly [key: string]: ClientText };
  /** What settings of the client are where a person chose nothing. */
  readonly defaults: { readonly [S in ClientSetting]?: SettingDefault };
  /** Stylesheets for some persons only, by their address as seen from the page. */
  readonly styles: readonly { readonly person: Person; readonly url: string }[];
  /** The mods with a part in the browser, in the order in which they run; `name` is the id of the entry, `part` its mod. */
  readonly mods: readonly {
    readonly name: string;
    readonly part: string;
    readonly options: Json;
    readonly person?: Person;
  }[];
}

/** Where the texts of each language are: one file a language, which only those get who speak it. */
export interface LanguageFiles {
  /** Address as seen from the page; `*` stands for the name of the file. */
  readonly url: string;
  /** Names of files by tag in lower case; several tags may mean one. */
  readonly byTag: { readonly [tag: string]: string };
}
