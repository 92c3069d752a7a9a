import { defineCommand } from 'citty';
import { findByUserName } from '../jellyfin/name-compare.ts';
import { atWork } from './contacts-workplace.ts';
import { configOption, nameWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';
import { takeWord } from './words.ts';

/** `gatehouse contacts remove NAME`: forgets a person's address, also of one who is gone from Jellyfin. */
export const contactsRemoveCommand = defineCommand({
  meta: { name: 'remove', description: 'Forget the mail address of a user.' },
  args: { ...nameWord, ...configOption },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, configOption, 'NAME');
      await atWork(args.config, async ({ contacts, askForPeople }) => {
        const people = await askForPeople();
        const id =
          people.find(name)?.id ??
          findByUserName(await contacts.ofUserName(name), ({ userName }) => userName, name)?.userId;
        if (id === undefined) throw new Error(people.explainMissing(name));
        const removed = await contacts.remove(id);
        process.stdout.write(
          `${removed === 0 ? `${name} had no contact` : `${name} has no contact any more`}\n`,
        );
      });
    }),
});
