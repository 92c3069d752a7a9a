import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { ConfigError } from './problems.ts';

/** Where the configuration is looked for when nobody names a file, in this order. */
const USUAL_PLACES = ['config.yaml', '/config/config.yaml'] as const;

/** What says which file it is. */
export interface FileWish {
  /** From `--config`; comes first. */
  readonly configPath?: string | undefined;
  /** `GATEHOUSE_CONFIG` comes second. */
  readonly environment: { readonly [name: string]: string | undefined };
}

/**
 * The configuration file: `--config`, else `GATEHOUSE_CONFIG`, else `./config.yaml`, else `/config/config.yaml`.
 * A file that was named is returned whether it exists or not.
 *
 * @throws {ConfigError} when none was named and none is in the usual places.
 */
export function findConfigFile({ configPath, environment }: FileWish): string {
  const named = [configPath, environment['GATEHOUSE_CONFIG']].find(
    (path) => path !== undefined && path !== '',
  );
  if (named !== undefined) return normalize(named);
  const found = USUAL_PLACES.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const message =
    'not found. Looked for --config, GATEHOUSE_CONFIG, ./config.yaml and /config/config.yaml; copy config.example.yaml to one of them';
  throw new ConfigError([{ file: 'config.yaml', line: undefined, column: undefined, path: '', message }]);
}
