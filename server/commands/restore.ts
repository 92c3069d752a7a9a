import { defineCommand } from 'citty';
import { restoreCommand as psqlCommand } from '../storage/postgres/dump-command.ts';
import { restoreDatabase } from '../storage/sqlite/restore.ts';
import { copyOptions, findCopyPlaces } from './copy-places.ts';
import { withPlainErrors } from './plain-errors.ts';

/** `gatehouse restore FILE`: puts a backup in the database's place, and keeps what was there. */
export const restoreCommand = defineCommand({
  meta: { name: 'restore', description: 'Put a backup in the place of the database; stop Gatehouse before.' },
  args: copyOptions('What `backup` wrote.'),
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const ownTools = { doing: 'restore it', command: psqlCommand };
      const { file, database } = await findCopyPlaces(rawArgs, args.config, ownTools);
      const replaced = await restoreDatabase(file, database, new Date());
      const kept = replaced === undefined ? '' : ` What was there before is kept as ${replaced}.`;
      process.stdout.write(`${database} holds what was in ${file}.${kept}\n`);
    }),
});
