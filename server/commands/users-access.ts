import { type ArgsDef, defineCommand } from 'citty';
import { setDisabled, signOut } from '../admin/change-access.ts';
import { type Unlocked, unlockAccount, unlockAllLocked } from '../admin/unlock-account.ts';
import type { Person } from '../contacts/people.ts';
import { oneLine } from '../messages/messages.ts';
import type { AccountControls } from '../ports/account-controls.ts';
import { type CommandContext, withCommandContext } from './command-context.ts';
import { completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, refuseStrayArguments, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

const unlockOptions = {
  'all-locked': {
    type: 'boolean',
    description: 'Unlock everybody whom failed sign-ins locked, in place of NAME.',
  },
  ...options,
} as const satisfies ArgsDef;

const LOST =
  'Jellyfin took the change and lost it each time, as it does while somebody signs in or asks for a reset of that account; try again in a minute';

/** `gatehouse users unlock NAME`: opens an account that failed sign-ins locked; exit code 1 where it stays closed. */
export const usersUnlockCommand = defineCommand({
  meta: {
    name: 'unlock',
    description:
      'Unlock an account that failed sign-ins locked, and count them from 0 again; never one that an administrator disabled.',
  },
  args: { ...nameWord, ...unlockOptions },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const isAll = args['all-locked'] === true;
      if (isAll) refuseStrayArguments(rawArgs, unlockOptions);
      const typed = isAll ? undefined : takeWord(rawArgs, unlockOptions, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const parts = { ...context, standings: await context.findStandings() };
        const all =
          typed === undefined
            ? await unlockAllLocked(parts)
            : [await unlockAccount(await completeName(typed, context), parts)];
        if (args.json === true) printOutcomes(all);
        else if (all.length === 0) process.stdout.write('nobody is locked\n');
        for (const unlocked of all) tellUnlock(unlocked, args.json === true);
      });
    }),
});

/** What could not be done is on standard error, with the fix. */
function tellUnlock({ person, outcome }: Unlocked, isQuiet: boolean): void {
  const name = oneLine(person.name);
  const done = {
    unlocked: `${name} is unlocked, and failed sign-ins count from 0 again`,
    'counted-anew': `${name} was not locked; failed sign-ins count from 0 again`,
    open: `${name} was not locked, and there are no failed sign-ins`,
  };
  if (outcome === 'disabled' || outcome === 'not-kept') {
    const why =
      outcome === 'not-kept'
        ? `${name} is locked still: ${LOST}`
        : `${name} was not locked: an administrator disabled the account, and gatehouse users enable "${name}" opens it`;
    process.stderr.write(`${why}\n`);
    process.exitCode = 1;
  } else if (!isQuiet) process.stdout.write(`${done[outcome]}\n`);
}

function printOutcomes(all: readonly { readonly person: Person; readonly outcome: string }[]): void {
  const list = all.map(({ person, outcome }) => ({ userId: person.id, userName: person.name, outcome }));
  printJson(list);
}

async function toParts(
  context: CommandContext,
): Promise<CommandContext & { controls: AccountControls | undefined }> {
  const hasKey = context.config.jellyfin.apiKey !== undefined;
  return { ...context, controls: hasKey ? (await context.connect()).controls : undefined };
}

function disableOrEnable(name: 'disable' | 'enable', description: string) {
  const isDisabled = name === 'disable';
  return defineCommand({
    meta: { name, description },
    args: { ...nameWord, ...options },
    run: ({ args, rawArgs }) =>
      withPlainErrors(async () => {
        const typed = takeWord(rawArgs, options, 'NAME');
        await withCommandContext(args.config, async (context) => {
          const whole = await completeName(typed, context);
          const changed = await setDisabled(whole, isDisabled, await toParts(context));
          const who = oneLine(changed.person.name);
          if (args.json === true) printOutcomes([changed]);
          else if (changed.outcome !== 'not-kept')
            process.stdout.write(
              `${who} ${changed.outcome === 'done' ? 'is' : 'was'} ${name}d${changed.outcome === 'done' ? '' : ' already'}\n`,
            );
          if (changed.outcome === 'not-kept') {
            process.stderr.write(`${who} is not ${name}d: ${LOST}\n`);
            process.exitCode = 1;
          }
        });
      }),
  });
}

/** `gatehouse users disable NAME`: closes an account until it is enabled. */
export const usersDisableCommand = disableOrEnable(
  'disable',
  'Disable an account: nobody signs in to it, and its sessions end.',
);

/** `gatehouse users enable NAME`: opens an account that was disabled, or locked. */
export const usersEnableCommand = disableOrEnable(
  'enable',
  'Enable an account that was disabled, or locked.',
);

/** `gatehouse users sign-out NAME`: ends all sessions; exit code 1 where some came back. */
export const usersSignOutCommand = defineCommand({
  meta: {
    name: 'sign-out',
    description: 'End all sessions of a user, on every device. The password stays.',
  },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, options, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const changed = await signOut(await completeName(typed, context), await toParts(context));
        const name = oneLine(changed.person.name);
        if (args.json === true) printOutcomes([changed]);
        else if (changed.outcome === 'done') process.stdout.write(`${name} is signed out everywhere\n`);
        if (changed.outcome === 'done') return;
        process.stderr.write(
          changed.outcome === 'left'
            ? `${name} signed in again meanwhile, so some sessions are left: change the password first, with gatehouse reset link "${name}"\n`
            : `jellyfin.apiKey is the access token of ${name} and would end too: make an API key on the dashboard, or sign out there; nothing was changed\n`,
        );
        process.exitCode = 1;
      });
    }),
});
