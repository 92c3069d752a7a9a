import type { ParsedConfig } from './schema.ts';

/** What the reset service is given; whatever it needs is here, so that nobody asks twice whether it is. */
export type ResetConfig = NonNullable<ParsedConfig['reset']> & {
  /** No slash at the end; links are built from it and nothing else. */
  readonly publicUrl: string;
  readonly apiKey: string;
  readonly mail: NonNullable<ParsedConfig['mail']>;
};

/** How files of the web client are kept. */
export interface CacheConfig {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Absolute path. */
  readonly folder: string;
}

/** The configuration in force: checked, complete, never changed. */
export interface Config {
  /** Absolute path of the file it came from. */
  readonly file: string;
  /** Paths of `tls` are absolute. */
  readonly listen: ParsedConfig['listen'];
  /** The address people use, without a slash at the end; undefined when the file does not say. */
  readonly publicUrl: string | undefined;
  /** All names people reach it by; empty: any. */
  readonly publicHosts: readonly string[];
  /** `url` has no slash at the end and may have a base path; `caFile` is absolute. */
  readonly jellyfin: ParsedConfig['jellyfin'];
  /** What is kept from guests from outside. */
  readonly guard: ParsedConfig['guard'];
  /** Undefined: Gatehouse is a pure injector, and opens no database. */
  readonly reset: ResetConfig | undefined;
  /** Absolute path of the database file. */
  readonly storage: string;
  /** Undefined: no file of the web client is kept. */
  readonly cache: CacheConfig | undefined;
  readonly log: ParsedConfig['log'];
  readonly metrics: ParsedConfig['metrics'];
  /** Name of each mod that is on, with its parsed options; what `createPlan` takes as `enabled`. */
  readonly enabledMods: { readonly [name: string]: unknown };
}
