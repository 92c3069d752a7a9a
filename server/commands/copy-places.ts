import { resolve } from 'node:path';
import type { ArgsDef } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { loadConfig } from '../config/load.ts';
import {
  isPostgresAddress,
  type PostgresAddress,
  parsePostgresAddress,
} from '../storage/postgres/address.ts';
import { configOption } from './options.ts';
import { takeWord } from './words.ts';

/** Between which files a database is copied. */
export interface CopyPlaces {
  /** Absolute path of the file that the command names. */
  readonly file: string;
  /** Path of the SQLite database of the config. */
  readonly database: string;
}

/** What PostgreSQL's own tools do in place of a command of ours. */
export interface OwnTools {
  /** As in `make backups`. */
  readonly doing: string;
  /** The command to type, with no password in it. */
  readonly command: (address: PostgresAddress, file: string) => string;
}

/** The options of a command that copies the database to or from FILE. */
export function copyOptions(description: string) {
  return {
    file: { type: 'positional', required: false, valueHint: 'FILE', description },
    ...configOption,
  } as const satisfies ArgsDef;
}

/**
 * Finds out between which files to copy, from the words of the command and the config.
 *
 * @throws {UsageError | ConfigError} when FILE is missing, an option is unknown or the config cannot be used.
 * @throws {Error} when the storage is PostgreSQL; it says what to type in place of our command.
 */
export async function findCopyPlaces(
  rawArgs: readonly string[],
  configPath: string | undefined,
  { doing, command }: OwnTools,
): Promise<CopyPlaces> {
  const file = resolve(takeWord(rawArgs, configOption, 'FILE'));
  const { storage } = await loadConfig({ configPath, environment: process.env, mods: MODS });
  if (isPostgresAddress(storage)) {
    const typed = command(parsePostgresAddress(storage), file);
    throw new Error(`storage is PostgreSQL, whose own tools ${doing}: ${typed}`);
  }
  return { file, database: storage };
}
