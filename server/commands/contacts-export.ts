import { type ArgsDef, defineCommand } from 'citty';
import { createManageContacts, type ManageContacts } from '../admin/manage-contacts.ts';
import { writeCsv } from '../contacts/write-csv.ts';
import { withCommandContext } from './command-context.ts';
import { configOption, jsonOption, printJson, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  missing: { type: 'boolean', description: 'Only who has no address.' },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts export`: everybody in Jellyfin with whole addresses, as the CSV that `contacts import` reads. */
export const contactsExportCommand = defineCommand({
  meta: {
    name: 'export',
    description: 'Print a CSV of everybody with whole addresses, to fill in and import again.',
  },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      if (args.json === true && args.missing === true)
        throw new UsageError('--missing does not go with --json');
      await withCommandContext(args.config, async (context) => {
        if (args.json !== true) return listCsv(createManageContacts(context), args.missing === true);
        const list = (await context.contacts.list()).map(({ userId, userName, channel, address, state }) => ({
          ...{ userId, userName, channel, address, state },
        }));
        printJson(list);
      });
    }),
});

/** Prints everybody, or who has no mail address, with the columns of an import. */
export async function listCsv(contacts: ManageContacts, isMissingOnly: boolean): Promise<void> {
  const everybody = await contacts.listEverybody();
  const rows = everybody.filter(({ mail }) => !isMissingOnly || mail === undefined);
  const lines = rows.map(({ name, mail }) => [name, mail?.address ?? '', mail?.state ?? '']);
  process.stdout.write(writeCsv([['name', 'email', 'state'], ...lines]));
}
