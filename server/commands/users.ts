import { type ArgsDef, defineCommand } from 'citty';
import { findUser } from '../admin/find-user.ts';
import { type KnownPerson, listPeople } from '../admin/list-people.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import type { AccountStanding } from '../ports/standings.ts';
import { type CommandContext, withCommandContext } from './command-context.ts';
import { completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, refuseStrayArguments, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';
import {
  usersDisableCommand,
  usersEnableCommand,
  usersSignOutCommand,
  usersUnlockCommand,
} from './users-access.ts';

const options = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

const WITHOUT_KEY =
  'without jellyfin.apiKey Jellyfin tells of the users on its login screen only, and of none how the account stands';

/**
 * `gatehouse users list`: one line a user, name, how the account stands, channels, last sign-in and how many wrong passwords more
 * lock it, with tabs between. Heading and count are for people, on standard error.
 */
export const usersListCommand = defineCommand({
  meta: {
    name: 'list',
    description:
      'List the users of Jellyfin: who is locked, disabled, kept elsewhere, hidden or without a contact, the last sign-in, and tries left.',
  },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      await withCommandContext(args.config, async (context) => {
        const { people, isComplete } = await listAll(context);
        if (args.json === true) printJson(people.map(toJson));
        else {
          process.stderr.write('name\tstate\tcontacts\tlast sign-in\ttries left\n');
          for (const person of people) process.stdout.write(`${toLine(person)}\n`);
          process.stderr.write(`${summarise(people)}\n`);
        }
        if (!isComplete) process.stderr.write(`${WITHOUT_KEY}\n`);
      });
    }),
});

/** `gatehouse users show NAME`: everything that is known of a user, a line each. */
export const usersShowCommand = defineCommand({
  meta: { name: 'show', description: 'Show how a user stands: the account, its contacts, the last sign-in.' },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, options, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const { id } = findUser(await context.askForPeople(), await completeName(typed, context));
        const { people, isComplete } = await listAll(context);
        const person = people.find(({ userId }) => userId === id) ?? (await keptOnly(id, typed, context));
        if (args.json === true) printJson(toJson(person));
        else for (const line of toLines(person)) process.stdout.write(`${line}\n`);
        if (!isComplete) process.stderr.write(`${WITHOUT_KEY}\n`);
      });
    }),
});

async function listAll({ askForPeople, contacts, findStandings }: CommandContext) {
  const everybody = { name: '', contacts: 'all', start: 0, limit: Number.POSITIVE_INFINITY } as const;
  return listPeople(everybody, { askForPeople, contacts, standings: await findStandings() });
}

/** Somebody whom Jellyfin tells nothing about, without an API key. */
async function keptOnly(userId: string, typed: string, { contacts }: CommandContext): Promise<KnownPerson> {
  const kept = await contacts.ofUser(userId);
  return { userId, userName: kept[0]?.userName ?? typed, contacts: kept, standing: undefined };
}

function toJson({ userId, userName, contacts, standing }: KnownPerson) {
  const { userId: _id, userName: _name, lastSignInAt, ...rest } = standing ?? {};
  return {
    ...{ userId, userName },
    contacts: contacts.map(({ channel, address, state }) => ({
      ...{ channel, address: shortAddress(address), state },
    })),
    ...rest,
    ...(standing === undefined ? {} : { lastSignInAt: toTime(lastSignInAt) ?? null }),
  };
}

function toTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** What is unusual of an account, in a few words each. */
function statesOf(standing: AccountStanding | undefined): readonly string[] {
  if (standing === undefined) return ['unknown'];
  const { isLocked, isDisabled, elsewhere, isHidden, isAdministrator } = standing;
  const states = [
    isLocked && 'locked',
    isDisabled && 'disabled',
    elsewhere !== undefined && `elsewhere (${nameProvider(elsewhere)})`,
    isHidden && 'hidden',
    isAdministrator && 'administrator',
  ].filter((state) => state !== false);
  return isLocked || isDisabled ? states : ['open', ...states];
}

/** Jellyfin names the class of the plug-in. */
function nameProvider(provider: string): string {
  if (/ldap/i.test(provider)) return 'LDAP';
  return /sso/i.test(provider) ? 'SSO' : oneLine(provider.split('.').at(-1) ?? provider);
}

function toLine({ userName, contacts, standing }: KnownPerson): string {
  const channels = contacts.map(({ channel, state }) =>
    state === 'refused' ? `${channel} (refused)` : channel,
  );
  return [
    oneLine(userName),
    statesOf(standing).join(', '),
    channels.join(', ') || 'no contact',
    standing === undefined ? '-' : (toTime(standing.lastSignInAt) ?? 'never'),
    standing?.triesLeft ?? '-',
  ].join('\t');
}

function toLines({ userId, userName, contacts, standing }: KnownPerson): readonly string[] {
  const ofAccount =
    standing === undefined
      ? []
      : [
          `last sign-in\t${toTime(standing.lastSignInAt) ?? 'never, or Jellyfin does not tell'}`,
          `failed sign-ins\t${standing.failures}`,
          `tries left\t${standing.triesLeft ?? 'no wrong password locks this account'}`,
        ];
  const reached = contacts.map(
    ({ channel, address, state }) => `contact\t${channel} ${shortAddress(address)} ${state}`,
  );
  return [
    `name\t${oneLine(userName)}`,
    `id\t${userId}`,
    `state\t${statesOf(standing).join(', ')}`,
    ...ofAccount,
    ...(reached.length === 0 ? ['contact\tnone'] : reached),
  ];
}

function summarise(people: readonly KnownPerson[]): string {
  const count = (isMeant: (person: KnownPerson) => boolean) => people.filter(isMeant).length;
  const locked = count(({ standing }) => standing?.isLocked === true);
  const counted = [
    `${people.length} users`,
    `${locked} locked`,
    `${count(({ standing }) => standing?.isDisabled === true)} disabled`,
    `${count(({ contacts }) => contacts.length === 0)} without a contact`,
  ].join(', ');
  return locked === 0 ? counted : `${counted}; gatehouse users unlock --all-locked opens the locked ones`;
}

/** `gatehouse users`: the accounts of Jellyfin. */
export const usersCommand = defineCommand({
  subCommands: {
    list: usersListCommand,
    show: usersShowCommand,
    unlock: usersUnlockCommand,
    enable: usersEnableCommand,
    disable: usersDisableCommand,
    'sign-out': usersSignOutCommand,
  },
});
