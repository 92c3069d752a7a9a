import { resolve } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import { isPostgresAddress, type PostgresAddress, parsePostgresAddress } from '../config/postgres-address.ts';
import { systemCode } from '../errors/system-code.ts';
import { shellWord } from '../machine/shell-word.ts';
import { readConfiguration } from '../program/configuration.ts';
import { copyDatabase } from '../storage/sqlite/copy.ts';
import { inspectDatabase } from '../storage/sqlite/inspect.ts';
import { restoreDatabase } from '../storage/sqlite/restore.ts';
import { configOption, jsonOption, printJson, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/** The two files of a copy. */
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

const copyFlags = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** Gives the arguments of a command that copies the database to or from FILE. */
export function copyOptions(description: string) {
  return {
    file: { type: 'positional', required: false, valueHint: 'FILE', description },
    ...copyFlags,
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
  const file = resolve(takeWord(rawArgs, copyFlags, 'FILE'));
  const { storage } = (await readConfiguration(configPath)).config;
  if (isPostgresAddress(storage)) {
    const typed = command(parsePostgresAddress(storage), file);
    throw new Error(`storage is PostgreSQL, whose own tools ${doing}: ${typed}`);
  }
  return { file, database: storage };
}

/** Writes the command that dumps our schema to a file; asks for the password by itself. */
export function dumpCommand(address: PostgresAddress, file: string): string {
  return `pg_dump ${server(address)} --schema=${address.schema} --file=${shellWord(file)} ${shellWord(address.database)}`;
}

/** Writes the command that brings such a dump back, into a database where our schema was dropped or never was. */
export function psqlCommand(address: PostgresAddress, file: string): string {
  return `psql ${server(address)} --single-transaction --set=ON_ERROR_STOP=1 --file=${shellWord(file)} ${shellWord(address.database)}`;
}

function server({ host, port, user }: PostgresAddress): string {
  return `--host=${shellWord(host)} --port=${port} --username=${shellWord(user)}`;
}

/** `gatehouse restore FILE`: puts a backup in the database's place, and keeps what was there. */
export const restoreCommand = defineCommand({
  args: copyOptions('What `backup` wrote.'),
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const ownTools = { doing: 'restore it', command: psqlCommand };
      const { file, database } = await findCopyPlaces(rawArgs, args.config, ownTools);
      const replaced = await restoreDatabase(file, database, new Date());
      const kept = replaced === undefined ? '' : ` What was there before is kept as ${replaced}.`;
      if (args.json === true) printJson({ database, file, kept: replaced ?? null });
      else process.stdout.write(`${database} holds what was in ${file}.${kept}\n`);
    }),
});

/** `gatehouse backup FILE`: a copy of the database, mode 0600, taken while Gatehouse runs. */
export const backupCommand = defineCommand({
  args: copyOptions('Where the backup shall be.'),
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const ownTools = { doing: 'make backups', command: dumpCommand };
      const { file, database } = await findCopyPlaces(rawArgs, args.config, ownTools);
      await inspectDatabase(database);
      await copyDatabase(database, file).catch(explainTaken(file));
      if (args.json === true) printJson({ database, file });
      else process.stdout.write(`${file} holds what was in ${database}; keep it as private as that.\n`);
    }),
});

/** Says so when the file is there: it is never replaced, as it may be the only good one. */
function explainTaken(file: string): (error: unknown) => never {
  return (error) => {
    if (systemCode(error) === 'EEXIST')
      throw new Error(`${file} is there already and was left as it is; name a new file`);
    throw error;
  };
}
