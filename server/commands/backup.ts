import { resolve } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { loadConfig } from '../config/load.ts';
import { isPostgresAddress, parsePostgresAddress } from '../storage/postgres/address.ts';
import { dumpCommand } from '../storage/postgres/dump-command.ts';
import { copyDatabase } from '../storage/sqlite/copy.ts';
import { inspectDatabase } from '../storage/sqlite/inspect.ts';
import { configOption } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';
import { takeWord } from './words.ts';

const options = {
  file: { type: 'positional', required: false, valueHint: 'FILE', description: 'Where the backup shall be.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse backup FILE`: a copy of the database, mode 0600, taken while Gatehouse runs. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the database to a new file; Gatehouse may run meanwhile.' },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const file = resolve(takeWord(rawArgs, configOption, 'FILE'));
      const { storage } = await loadConfig({ configPath: args.config, environment: process.env, mods: MODS });
      if (isPostgresAddress(storage)) {
        throw new Error(
          `storage is PostgreSQL, whose own tools make backups: ${dumpCommand(parsePostgresAddress(storage), file)}`,
        );
      }
      await inspectDatabase(storage);
      await copyDatabase(storage, file).catch(explainTaken(file));
      process.stdout.write(`${file} holds what was in ${storage}; keep it as private as that.\n`);
    }),
});

/** A backup never replaces a file: the one there may be the only good one. */
function explainTaken(file: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Error(`${file} is there already and was left as it is; name a new file`);
    throw error;
  };
}
