import { type ArgsDef, defineCommand } from 'citty';
import { shortAddress } from '../log.ts';
import { atWork } from './contacts-workplace.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = {
  full: { type: 'boolean', description: 'Show whole addresses.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts list`: one line a contact, name and address with a tab between; addresses shortened. */
export const contactsListCommand = defineCommand({
  meta: { name: 'list', description: 'List who has an address; shortened without --full.' },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      await atWork(args.config, async ({ contacts }) => {
        for (const { userName, address } of await contacts.list()) {
          process.stdout.write(`${userName}\t${args.full === true ? address : shortAddress(address)}\n`);
        }
      });
    }),
});
