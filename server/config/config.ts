import type { DataFolderWish } from './data-folder-places.ts';
import type { ParsedConfig } from './schema.ts';

/** What the reset service is given; whatever it needs is here, so that nobody asks twice whether it is. */
export type ResetConfig = NonNullable<ParsedConfig['reset']> & {
  /** Of messages to people whose browser tells none that we have. */
  readonly language: ParsedConfig['language'];
  /** No slash at the end; links are built from it and nothing else. */
  readonly publicUrl: string;
  /** Undefined: `jellyfin.dataFolder` of the configuration is how passwords are set. */
  readonly apiKey: string | undefined;
  /** What the section of each channel that is set up holds, by name of the channel; never empty. */
  readonly channels: { readonly [name: string]: unknown };
};

/** One half of Gatehouse, when the two run apart. */
export type Half = 'injector' | 'reset';

/** Where an injector without a reset service of its own finds one. */
export interface RemoteReset {
  /** No slash at the end. */
  readonly url: string;
  /** Absolute path; the only authorities its certificate may come from. */
  readonly caFile: string | undefined;
  /** What is shown to it; never logged. */
  readonly secret: string;
  readonly method: ResetConfig['method'];
}

/** Where a reset service without an injector of its own is found. */
export interface ResetListenerConfig {
  /** What callers must show; never logged. */
  readonly secret: string;
  /** Paths of `tls` are absolute. */
  readonly listen: NonNullable<ParsedConfig['service']>['listen'];
}

/** How files of the web client are kept. */
export interface CacheConfig {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Absolute path. */
  readonly folder: string;
}

/** The configuration in force: checked, complete, never changed. */
export interface Config {
  /** The half that this process is; undefined: both. */
  readonly only: Half | undefined;
  /** Absolute path of the file it came from. */
  readonly file: string;
  /** Paths of `tls` are absolute. */
  readonly listen: ParsedConfig['listen'];
  /** The address people use, without a slash at the end; undefined when the file does not say. */
  readonly publicUrl: string | undefined;
  /** Whether browsers are told to use https only; without effect where `publicUrl` is not https. */
  readonly isHstsSent: boolean;
  /** All names people reach it by; empty: any. */
  readonly publicHosts: readonly string[];
  /** `url` has no slash at the end and may have a base path; `caFile` and places of the data folder are absolute. */
  readonly jellyfin: Omit<ParsedConfig['jellyfin'], 'dataFolder'> & {
    /** Where to look for the data folder; undefined: it is not to be used. */
    readonly dataFolder: DataFolderWish | undefined;
  };
  /** What is kept from guests from outside. */
  readonly guard: ParsedConfig['guard'];
  /** Undefined: sign-ins are not throttled. */
  readonly loginThrottle: ParsedConfig['loginThrottle'] | undefined;
  /** Undefined: this process has no reset service, and opens no database. */
  readonly reset: ResetConfig | undefined;
  /** With `only: injector` and a `reset` that is run by another process. */
  readonly remoteReset: RemoteReset | undefined;
  /** With `only: reset`. */
  readonly resetDoor: ResetListenerConfig | undefined;
  /** Absolute path of the database file, or a `postgres://` address, which may hold a password. */
  readonly storage: string;
  /** Undefined: no file of the web client is kept. */
  readonly cache: CacheConfig | undefined;
  readonly log: ParsedConfig['log'];
  readonly metrics: ParsedConfig['metrics'];
  /** Name of each mod that is on, with its parsed options; what `createPlan` takes as `enabled`. */
  readonly enabledMods: { readonly [name: string]: unknown };
}
