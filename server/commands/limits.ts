import { type ArgsDef, defineCommand } from 'citty';
import { findUser } from '../admin/find-user.ts';
import { clearLimits, showLimits } from '../admin/person-limits.ts';
import type { Person } from '../contacts/people.ts';
import { createSignInLimits } from '../login/sign-in-limits.ts';
import { oneLine } from '../messages/messages.ts';
import type { UsedAllowance } from '../outbox/message-limits.ts';
import { createPersonMessages } from '../outbox/person-messages.ts';
import { type CommandContext, withCommandContext } from './command-context.ts';
import { completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** `gatehouse limits show NAME`: a line a limit, with how much of it is used. Changes nothing. */
export const limitsShowCommand = defineCommand({
  meta: {
    name: 'show',
    description: 'Show how many messages a user was sent of those allowed, and from where sign-ins are held.',
  },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, options, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const person = await find(typed, context);
        const limits = await look(person, context);
        if (args.json === true) {
          const about = { userId: person.id, userName: person.name, ...limits };
          printJson(about);
        } else for (const line of toLines(limits)) process.stdout.write(`${line}\n`);
      });
    }),
});

/** `gatehouse limits clear NAME`: messages to the user and failed sign-ins to the account count from 0 again. */
export const limitsClearCommand = defineCommand({
  meta: {
    name: 'clear',
    description: 'Count messages to a user, and failed sign-ins to the account, from 0 again.',
  },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, options, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const { id: userId, name: userName } = await find(typed, context);
        await clearLimits({ id: userId, name: userName }, await toParts(context));
        context.log.info({ event: 'limits-cleared', userId, userName, by: context.by });
        if (args.json === true) printJson({ userId, userName });
        else
          process.stdout.write(`messages to ${oneLine(userName)} and failed sign-ins count from 0 again\n`);
      });
    }),
});

async function find(typed: string, context: CommandContext) {
  return findUser(await context.askForPeople(), await completeName(typed, context));
}

async function look(person: Person, context: CommandContext) {
  return showLimits(person, await toParts(context));
}

async function toParts(context: CommandContext) {
  const { contacts, audit, limits, links, outbox, config, clock } = context;
  const { loginThrottle: settings, reset } = config;
  const { lockouts } = await context.connect();
  return {
    ...{ contacts, audit },
    messages: createPersonMessages({ limits, links, store: outbox, allowances: reset?.limits ?? {}, clock }),
    signIns: settings && createSignInLimits({ limits, lockouts, settings, clock }),
  };
}

function toLines({ messages, signIns, failures }: Awaited<ReturnType<typeof look>>): readonly string[] {
  return [
    `messages in an hour\t${say(messages.hour)}`,
    `messages in a day\t${say(messages.day)}`,
    `live links\t${say(messages.liveLinks)}`,
    ...messages.contacts.flatMap(({ channel, hour, day }) => [
      `${channel} in an hour\t${say(hour)}`,
      `${channel} in a day\t${say(day)}`,
    ]),
    `failed sign-ins\t${failures ?? 'not counted'}`,
    ...signIns.map(
      ({ network, heldUntil }) =>
        `from ${network}\t${heldUntil === undefined ? 'not held' : `held until ${new Date(heldUntil).toISOString()}`}`,
    ),
  ];
}

function say({ used, most, endsAt }: UsedAllowance): string {
  const until = endsAt === undefined ? '' : `, until ${new Date(endsAt).toISOString()}`;
  return `${used} of ${most}${until}`;
}

/** `gatehouse limits`: what holds a user back, and how it is let go. */
export const limitsCommand = defineCommand({
  subCommands: { show: limitsShowCommand, clear: limitsClearCommand },
});
