import { type ArgsDef, defineCommand } from 'citty';
import { makeLink } from '../admin/make-link.ts';
import { findResettable, sendReset } from '../admin/send-reset.ts';
import { METHODS } from '../config/methods.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { MOST_LIVE_SECRETS } from '../outbox/write-message.ts';
import { type CommandContext, toReachable, withCommandContext } from './command-context.ts';
import { completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { resetPinFileCommand } from './reset-pin-file.ts';

const sendOptions = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/**
 * `gatehouse reset send NAME`: sends the person what Forgot Password would bring. It waits in the database, and the Gatehouse that
 * runs sends it within 5 s; nobody learns a password.
 */
export const resetSendCommand = defineCommand({
  meta: {
    name: 'send',
    description: 'Send a user the message that Forgot Password would bring; a Gatehouse that runs sends it.',
  },
  args: { ...nameWord, ...sendOptions },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, sendOptions, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const { reset } = context.config;
        if (reset === undefined) throw new UseCaseError('reset-not-configured');
        const { accounts } = await context.connect();
        const sent = await sendReset(await completeName(typed, context), {
          ...context,
          ...(await toReachable(context)),
          accounts,
          unverified: reset.contacts.unverified,
          mostLive: MOST_LIVE_SECRETS,
          kind: METHODS[reset.method].message,
          // The Gatehouse that runs looks by itself.
          wake: () => undefined,
        });
        const { userId, userName, channel } = sent;
        context.log.info({ event: 'reset-sent', userId, userName, channel, by: context.by });
        const address = shortAddress(sent.address);
        if (args.json === true) printJson({ userId, userName, channel, address });
        else process.stdout.write(`${oneLine(userName)} is sent a message by ${channel}: ${address}\n`);
      });
    }),
});

const linkOptions = {
  qr: { type: 'boolean', description: 'Show the link as a QR code, too.' },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/** What `reset link` takes; so does its old spelling. */
export const linkArgs = { ...nameWord, ...linkOptions } as const satisfies ArgsDef;

/**
 * Prints a reset link for the administrator to hand over; see `makeLink`.
 *
 * @param args As citty has read them.
 */
export function printLink(
  args: {
    readonly config?: string | undefined;
    readonly qr?: boolean | undefined;
    readonly json?: boolean | undefined;
  },
  rawArgs: readonly string[],
): Promise<void> {
  return withPlainErrors(async () => {
    const typed = takeWord(rawArgs, linkOptions, 'NAME');
    if (args.qr === true && args.json === true) throw new UsageError('take one of --qr and --json');
    await withCommandContext(args.config, async (context) => {
      const name = await completeName(typed, context);
      await refuseUnavailable(name, context);
      const made = await makeLink(name, { ...context, reset: context.config.reset });
      const { address, userName, lifetimeMs } = made;
      if (args.json === true) {
        const expiresAt = new Date(context.clock.now() + lifetimeMs).toISOString();
        printJson({ userName, url: address, expiresAt });
        return;
      }
      process.stdout.write(`${address}\n`);
      if (args.qr === true) {
        const { qrForTerminal } = await import('../qr/qr-code.ts');
        process.stdout.write(qrForTerminal(address));
      }
      const minutes = Math.round(lifetimeMs / 60_000);
      process.stderr.write(
        `For ${oneLine(userName)}, once, for ${minutes} minutes; hand it over where nobody else reads it.\n`,
      );
    });
  });
}

/** A link that sets no password in the end would be handed over for nothing; without an API key nobody can tell before. */
async function refuseUnavailable(name: string, context: CommandContext): Promise<void> {
  const { reset, jellyfin } = context.config;
  if (reset === undefined || jellyfin.apiKey === undefined) return;
  const { accounts } = await context.connect();
  await findResettable(name, { ...context, accounts, administrators: reset.administrators });
}

/** `gatehouse reset link NAME`: prints a link with which the person sets a password of their own. */
export const resetLinkCommand = defineCommand({
  meta: { name: 'link', description: 'Print a reset link for a user, to hand over in another way.' },
  args: linkArgs,
  run: ({ args, rawArgs }) => printLink(args, rawArgs),
});

/** `gatehouse reset`: helps a person to a new password, which nobody but they learn. */
export const resetCommand = defineCommand({
  subCommands: { send: resetSendCommand, link: resetLinkCommand, 'pin-file': resetPinFileCommand },
});
