import { type ArgsDef, defineCommand } from 'citty';
import { readAddress } from '../contacts/address.ts';
import { shortAddress } from '../log.ts';
import { atWork } from './contacts-workplace.ts';
import { configOption, nameWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { takeWord } from './words.ts';

const options = {
  email: { type: 'string', valueHint: 'address', description: 'The mail address, such as anna@example.org.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts set NAME --email ADDRESS`: sets or replaces a person's address. */
export const contactsSetCommand = defineCommand({
  meta: { name: 'set', description: 'Set the mail address of a Jellyfin user.' },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, options, 'NAME');
      if (args.email === undefined)
        throw new UsageError('--email is missing, as in --email anna@example.org');
      const read = readAddress(args.email);
      if ('fault' in read) throw new UsageError(`the address after --email ${read.fault}`);
      await atWork(args.config, async ({ contacts, askForPeople }) => {
        const people = await askForPeople();
        const person = people.find(name);
        if (person === undefined) throw new Error(people.explainMissing(name));
        const { address } = read;
        await contacts.set({ userId: person.id, userName: person.name, channel: 'email', address });
        process.stdout.write(`${person.name} is reached at ${shortAddress(address)}\n`);
        if (person.isProved === false) process.stderr.write(`${warnUnproved(person.name)}\n`);
      });
    }),
});

function warnUnproved(name: string): string {
  return `without jellyfin.apiKey Jellyfin does not tell whether there is a user "${name}"; see that it is spelt so there`;
}
