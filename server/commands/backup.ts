import { defineCommand } from 'citty';
import { dumpCommand } from '../storage/postgres/dump-command.ts';
import { copyDatabase } from '../storage/sqlite/copy.ts';
import { inspectDatabase } from '../storage/sqlite/inspect.ts';
import { copyOptions, findCopyPlaces } from './copy-places.ts';
import { withPlainErrors } from './plain-errors.ts';

/** `gatehouse backup FILE`: a copy of the database, mode 0600, taken while Gatehouse runs. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the database to a new file; Gatehouse may run meanwhile.' },
  args: copyOptions('Where the backup shall be.'),
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const ownTools = { doing: 'make backups', command: dumpCommand };
      const { file, database } = await findCopyPlaces(rawArgs, args.config, ownTools);
      await inspectDatabase(database);
      await copyDatabase(database, file).catch(explainTaken(file));
      process.stdout.write(`${file} holds what was in ${database}; keep it as private as that.\n`);
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
