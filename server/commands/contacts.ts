import { readFile } from 'node:fs/promises';
import { type ArgsDef, defineCommand } from 'citty';
import type { ImportResult } from '../admin/import-contacts.ts';
import { createManageContacts } from '../admin/manage-contacts.ts';
import { readAddress } from '../contacts/address.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { withCommandContext } from './command-context.ts';
import { configOption, nameWord, refuseStrayArguments, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const UNPROVED =
  'without jellyfin.apiKey Jellyfin does not tell whether there are users of these names; see that they are spelt so there';

/** `gatehouse contacts import FILE.csv`: imports many addresses; exit code 1 when a line could not be. */
export const contactsImportCommand = defineCommand({
  meta: { name: 'import', description: 'Import addresses from a CSV file with the headings name and email.' },
  args: {
    file: { type: 'positional', required: false, valueHint: 'FILE.csv', description: 'The CSV file.' },
    ...configOption,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const file = takeWord(rawArgs, configOption, 'FILE.csv');
      const bytes = await readFile(file).catch((error: unknown) => {
        throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      });
      await withCommandContext(args.config, async (context) => {
        const result = await createManageContacts(context).importCsv(bytes);
        for (const { line, message } of result.problems)
          process.stderr.write(`${file}:${line}: ${message}\n`);
        process.stdout.write(`${summarise(result)}\n`);
        if (!result.isProved) process.stderr.write(`${UNPROVED}\n`);
        if (result.problems.length > 0) process.exitCode = 1;
      });
    }),
});

function summarise({ added, changed, unchanged, problems }: ImportResult): string {
  const failed = problems.length === 0 ? 'no problems' : `${problems.length} not imported`;
  return `${added} added, ${changed} changed, ${unchanged} as before, ${failed}`;
}

const listOptions = {
  full: { type: 'boolean', description: 'Show whole addresses.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts list`: one line a contact, name and address with a tab between; addresses shortened. */
export const contactsListCommand = defineCommand({
  meta: { name: 'list', description: 'List who has an address; shortened without --full.' },
  args: listOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, listOptions);
      await withCommandContext(args.config, async (context) => {
        for (const { userName, address } of await createManageContacts(context).list()) {
          process.stdout.write(`${userName}\t${args.full === true ? address : shortAddress(address)}\n`);
        }
      });
    }),
});

const INCOMPLETE =
  'without jellyfin.apiKey Jellyfin tells of the users on its login screen only; there may be more who have no address';

/** `gatehouse contacts missing`: one line for each user no message can reach. */
export const contactsMissingCommand = defineCommand({
  meta: { name: 'missing', description: 'List who has no address.' },
  args: configOption,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, configOption);
      await withCommandContext(args.config, async (context) => {
        const { people, isComplete } = await createManageContacts(context).listMissing();
        for (const { name } of people) process.stdout.write(`${oneLine(name)}\n`);
        if (!isComplete) process.stderr.write(`${INCOMPLETE}\n`);
      });
    }),
});

/** `gatehouse contacts remove NAME`: removes a person's address, also of one who is gone from Jellyfin. */
export const contactsRemoveCommand = defineCommand({
  meta: { name: 'remove', description: 'Remove the mail address of a user; nothing goes there any more.' },
  args: { ...nameWord, ...configOption },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, configOption, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const removed = await createManageContacts(context).remove(name);
        process.stdout.write(
          `${removed === 0 ? `${name} had no contact` : `${name} has no contact any more`}\n`,
        );
      });
    }),
});

const setOptions = {
  email: { type: 'string', valueHint: 'address', description: 'The mail address, such as anna@example.org.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts set NAME --email ADDRESS`: sets or replaces a person's address. */
export const contactsSetCommand = defineCommand({
  meta: { name: 'set', description: 'Set the mail address of a Jellyfin user.' },
  args: { ...nameWord, ...setOptions },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, setOptions, 'NAME');
      if (args.email === undefined)
        throw new UsageError('--email is missing, as in --email anna@example.org');
      const read = readAddress(args.email);
      if ('fault' in read) throw new UsageError(`the address after --email ${read.fault}`);
      await withCommandContext(args.config, async (context) => {
        const wanted = { name, address: read.address };
        const { contact, isProved } = await createManageContacts(context).set(wanted);
        process.stdout.write(`${contact.userName} is reached at ${shortAddress(contact.address)}\n`);
        if (!isProved) process.stderr.write(`${warnUnproved(contact.userName)}\n`);
      });
    }),
});

function warnUnproved(name: string): string {
  return `without jellyfin.apiKey Jellyfin does not tell whether there is a user "${name}"; see that it is spelt so there`;
}

/** `gatehouse contacts`: who can be reached where. */
export const contactsCommand = defineCommand({
  meta: { name: 'contacts', description: 'Set, import, list and remove the mail addresses of people.' },
  subCommands: {
    set: contactsSetCommand,
    import: contactsImportCommand,
    list: contactsListCommand,
    missing: contactsMissingCommand,
    remove: contactsRemoveCommand,
  },
});
