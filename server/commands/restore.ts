import { resolve } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { loadConfig } from '../config/load.ts';
import { isPostgresAddress, parsePostgresAddress } from '../storage/postgres/address.ts';
import { restoreCommand as psqlCommand } from '../storage/postgres/dump-command.ts';
import { restoreDatabase } from '../storage/sqlite/restore.ts';
import { configOption } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';
import { takeWord } from './words.ts';

const options = {
  file: { type: 'positional', required: false, valueHint: 'FILE', description: 'What `backup` wrote.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse restore FILE`: puts a backup in the database's place, and keeps what was there. */
export const restoreCommand = defineCommand({
  meta: { name: 'restore', description: 'Put a backup in the place of the database; stop Gatehouse before.' },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const file = resolve(takeWord(rawArgs, configOption, 'FILE'));
      const { storage } = await loadConfig({ configPath: args.config, environment: process.env, mods: MODS });
      if (isPostgresAddress(storage)) {
        throw new Error(
          `storage is PostgreSQL, whose own tools restore it: ${psqlCommand(parsePostgresAddress(storage), file)}`,
        );
      }
      const replaced = await restoreDatabase(file, storage, new Date());
      const kept = replaced === undefined ? '' : ` What was there before is kept as ${replaced}.`;
      process.stdout.write(`${storage} holds what was in ${file}.${kept}\n`);
    }),
});
