import { type ArgsDef, defineCommand } from 'citty';
import { createManageContacts, type ListedContact, type ManageContacts } from '../admin/manage-contacts.ts';
import { readAddress } from '../contacts/address.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import type { Contact } from '../ports/contacts.ts';
import { withCommandContext } from './command-context.ts';
import { contactsExportCommand, listCsv } from './contacts-export.ts';
import { contactsImportCommand } from './contacts-import.ts';
import { contactsInviteCommand } from './contacts-invite.ts';
import { contactsVerifyCommand } from './contacts-verify.ts';
import { completeKeptName, completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, refuseStrayArguments, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const listOptions = {
  full: { type: 'boolean', description: 'Show whole addresses.' },
  ...jsonOption,
  missing: { type: 'boolean', description: 'Show who has no address, in place of who has one.' },
  csv: {
    type: 'boolean',
    description:
      'Print a CSV of everybody in Jellyfin, with whole addresses, to fill in and import; with --missing, of who has none.',
  },
  ...configOption,
} as const satisfies ArgsDef;

const INCOMPLETE =
  'without jellyfin.apiKey Jellyfin tells of the users on its login screen only; there may be more';

/**
 * `gatehouse contacts list`: one line a contact, name, address (shortened), channel and state with tabs between; behind
 * another tab, that the account is gone. Heading and count are for people, on standard error.
 */
export const contactsListCommand = defineCommand({
  meta: { name: 'list', description: 'List who has an address, or with --missing who has none.' },
  args: listOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, listOptions);
      if (args.csv === true && args.json === true) throw new UsageError('take one of --csv and --json');
      await withCommandContext(args.config, async (context) => {
        const contacts = createManageContacts(context);
        if (args.json === true && args.missing === true) {
          const { people, all, isComplete } = await contacts.listMissing();
          return printJson({
            people: people.map(({ id, name }) => ({ userId: id, userName: name })),
            all,
            isComplete,
          });
        }
        if (args.json === true)
          return printJson((await contacts.list()).map((one) => toJson(one, args.full === true)));
        if (args.csv === true) return listCsv(contacts, args.missing === true);
        if (args.missing === true) return listMissing(contacts);
        return listContacts(contacts, args.full === true);
      });
    }),
});

function toJson(contact: Contact & Partial<Pick<ListedContact, 'state' | 'isGone'>>, isFull: boolean) {
  const { userId, userName, channel, address, state, isGone } = contact;
  return { userId, userName, channel, address: isFull ? address : shortAddress(address), state, isGone };
}

async function listContacts(contacts: ManageContacts, isFull: boolean): Promise<void> {
  const list = await contacts.list();
  if (list.length > 0) process.stderr.write('name\taddress\tchannel\tstate\n');
  for (const { userName, address, channel, state, userId, isGone } of list) {
    const shown = `${oneLine(userName)}\t${isFull ? address : shortAddress(address)}\t${channel}\t${state}`;
    process.stdout.write(isGone === true ? `${shown}\tgone from Jellyfin (${userId})\n` : `${shown}\n`);
  }
  const gone = list.filter(({ isGone }) => isGone === true).length;
  const known = list.length - gone;
  const counted = `${known} ${known === 1 ? 'address' : 'addresses'}`;
  const rest = `${gone} of accounts that are gone: contacts remove --gone removes them, contacts remove ID one`;
  process.stderr.write(gone === 0 ? `${counted}\n` : `${counted}, and ${rest}\n`);
  if (list.some(({ isGone }) => isGone === undefined))
    process.stderr.write('Jellyfin could not be asked which of these accounts it still has\n');
}

async function listMissing(contacts: ManageContacts): Promise<void> {
  const { people, all, isComplete } = await contacts.listMissing();
  for (const { name } of people) process.stdout.write(`${oneLine(name)}\n`);
  process.stderr.write(`${people.length} of ${all} users have no address\n`);
  if (!isComplete) process.stderr.write(`${INCOMPLETE} who have no address\n`);
}

const removeOptions = {
  gone: {
    type: 'boolean',
    description: 'Remove those of all users that are gone from Jellyfin, in place of NAME.',
  },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse contacts remove NAME`: removes a person's address, also of one who is gone from Jellyfin, by name or id. */
export const contactsRemoveCommand = defineCommand({
  meta: { name: 'remove', description: 'Remove the mail address of a user; nothing goes there any more.' },
  args: { ...nameWord, ...removeOptions },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      if (args.gone === true) refuseStrayArguments(rawArgs, removeOptions);
      const typed = args.gone === true ? undefined : takeWord(rawArgs, removeOptions, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const contacts = createManageContacts(context);
        if (typed === undefined) {
          const gone = await contacts.removeGone();
          if (args.json === true)
            return printJson(gone.map(({ userId, userName }) => ({ userId, userName })));
          for (const { userName } of gone)
            process.stdout.write(`${oneLine(userName)} has no contact any more\n`);
          return;
        }
        const name = await completeKeptName(typed, context);
        const removed = await contacts.remove(name);
        if (args.json === true) return printJson({ name, removed });
        process.stdout.write(
          `${oneLine(name)} ${removed === 0 ? 'had no contact' : 'has no contact any more'}\n`,
        );
      });
    }),
});

const setOptions = {
  email: { type: 'string', valueHint: 'address', description: 'The mail address, such as anna@example.org.' },
  ...jsonOption,
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
        const wanted = { name: await completeName(name, context), address: read.address };
        const { contact, isProved } = await createManageContacts(context).set(wanted);
        if (args.json === true) printJson({ ...toJson(contact, false), isProved });
        else process.stdout.write(`${contact.userName} is reached at ${shortAddress(contact.address)}\n`);
        if (!isProved) process.stderr.write(`${warnUnproved(contact.userName)}\n`);
      });
    }),
});

function warnUnproved(name: string): string {
  return `without jellyfin.apiKey Jellyfin does not tell whether there is a user "${name}"; see that it is spelt so there`;
}

/** `gatehouse contacts`: who can be reached where. */
export const contactsCommand = defineCommand({
  subCommands: {
    set: contactsSetCommand,
    import: contactsImportCommand,
    export: contactsExportCommand,
    list: contactsListCommand,
    remove: contactsRemoveCommand,
    invite: contactsInviteCommand,
    verify: contactsVerifyCommand,
  },
});
