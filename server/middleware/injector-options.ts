import type { Log } from '../../injector/kit/log.ts';

/** Options of one mod, as below `mods:` in `config.yaml`: `true` takes its defaults, `false` switches it off. */
export type ModSetting = boolean | { readonly [option: string]: unknown };

/** What the injector is told. All paths are absolute, or begin at `folder`. */
export interface InjectorOptions {
  /** Where Jellyfin listens, with its base URL if it has one: the address that your own proxy has as its target. */
  readonly jellyfinUrl: string;
  /** The certificate authority (PEM file) that Jellyfin's own https certificate comes from; no other is then trusted. */
  readonly jellyfinCaFile?: string;
  /**
   * The mods that are on, by their names: what may stand below `mods:` in `config.yaml`, a list for a mod that is there
   * several times. Source: docs/mods/README.md.
   *
   * @default none: everything goes to `next` untouched
   */
  readonly mods?: { readonly [name: string]: ModSetting | readonly ModSetting[] };
  /**
   * Folder that files named by options of mods are in, and `mods/` with mods of your own; `mods.lock.yaml` is written there for
   * files from the web.
   *
   * @default the folder in which the program was started
   */
  readonly folder?: string;
  /**
   * Folder, made when it is missing, in which the web client's scripts, styles and fonts are kept compressed; they are answered from
   * there. Needed by mods that change those.
   *
   * @default they are not kept, and go to `next`
   */
  readonly cacheFolder?: string;
  /** Addresses and ranges of proxies in front of you that may say who the client is, for mods that are on for some networks. */
  readonly trustedProxies?: readonly string[];
  /** Hosts at home that files of mods may be fetched from, such as `nas.local`; all others must be on the internet. */
  readonly allowPrivate?: readonly string[];
  /**
   * Takes what happens, such as a mod that is left out; pino and the like fit as they are.
   *
   * @default warnings and errors go to standard error, a line each
   */
  readonly log?: Log;
}
