import { type ArgsDef, defineCommand } from 'citty';
import { createResendMessages, type ResendMessages } from '../admin/resend-messages.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { DeadLetter } from '../ports/outbox-store.ts';
import { withCommandContext } from './command-context.ts';
import { messagesPreviewCommand } from './message-preview.ts';
import { configOption, jsonOption, printJson, refuseStrayArguments, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { messagesTestCommand } from './send-trial.ts';

const listOptions = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** `gatehouse messages list`: how many messages there are in each state, and since when the oldest waits. */
export const messagesListCommand = defineCommand({
  meta: { name: 'list', description: 'Count messages and requests by what became of them.' },
  args: listOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, listOptions);
      await withCommandContext(args.config, async ({ outbox, clock }) => {
        const counts = await outbox.count();
        const oldestAt = await outbox.oldestAt();
        if (args.json === true) {
          return printJson({ ...counts, oldestAt: oldestAt === undefined ? null : toTime(oldestAt) });
        }
        for (const [state, many] of Object.entries(counts)) process.stdout.write(`${state}\t${many}\n`);
        const age = oldestAt === undefined ? 'nothing waits' : sayAge(clock.now() - oldestAt);
        process.stderr.write(`${oldestAt === undefined ? age : `the oldest waits for ${age}`}\n`);
      });
    }),
});

function toTime(at: number): string {
  return new Date(at).toISOString();
}

function toJson({ id, message, endedAt, reason }: DeadLetter) {
  const { kind = 'request', userId, userName } = message ?? {};
  return { id, kind, userId, userName, endedAt: toTime(endedAt), reason };
}

/** `gatehouse messages dead`: one line a message that was given up, newest first; changes nothing. */
export const messagesDeadCommand = defineCommand({
  meta: {
    name: 'dead',
    description: 'List what was given up, newest first: id, kind, user, age and reason, with tabs between.',
  },
  args: listOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, listOptions);
      await withCommandContext(args.config, async (context) => {
        const letters = await createResendMessages(context).list();
        if (args.json === true) return printJson(letters.map(toJson));
        const now = context.clock.now();
        const lines = letters.map((letter) => `${toLine(letter, now)}\n`);
        process.stdout.write(lines.length === 0 ? 'nothing was given up\n' : lines.join(''));
      });
    }),
});

/** A request that was given up had no account yet, and what was typed is forgotten. */
function toLine({ id, message, endedAt, reason }: DeadLetter, now: number): string {
  const fields = [String(id), message?.kind ?? 'request', message?.userName ?? '-', sayAge(now - endedAt)];
  // A name comes from Jellyfin, a reason from a mail server: neither may move the cursor or begin a line.
  return [...fields, reason ?? '-']
    .map((field) => field.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' '))
    .join('\t');
}

function sayAge(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / 24)} d`;
}

const options = {
  all: { type: 'boolean', description: 'Send all of them again, in place of one ID.' },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse messages resend ID` or `--all`: makes what was given up wait again, as if it had just been asked for; a
 * server that runs takes it up within 5 s. An ID that was not given up ends with 1.
 */
export const messagesResendCommand = defineCommand({
  meta: { name: 'resend', description: 'Send a message that was given up again, or all of them.' },
  args: {
    id: {
      type: 'positional',
      required: false,
      valueHint: 'ID',
      description: 'Number of the message, as `gatehouse messages dead` shows it.',
    },
    ...options,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const id = args.all === true ? undefined : readId(takeWord(rawArgs, options, 'ID'));
      if (args.all === true) refuseStrayArguments(rawArgs, options);
      await withCommandContext(args.config, async (context) => {
        const messages = createResendMessages(context);
        const resent = id === undefined ? await messages.resendAll() : await resendOne(messages, id);
        if (args.json === true) return printJson({ resent });
        process.stdout.write(
          `${resent} ${resent === 1 ? 'message waits' : 'messages wait'} to be sent again\n`,
        );
      });
    }),
});

function readId(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`"${text}" is no number of a message; see messages dead`);
  return Number(text);
}

/** Answers 1; where there is no such message, says how to see which there are. */
async function resendOne(messages: ResendMessages, id: number): Promise<number> {
  try {
    await messages.resend(id);
    return 1;
  } catch (error) {
    if (!(error instanceof UseCaseError) || error.code !== 'message-unknown') throw error;
    throw new Error(`${error.message}; see gatehouse messages dead`, { cause: error });
  }
}

/** `gatehouse messages`: what became of messages that could not be sent, and how messages read. */
export const messagesCommand = defineCommand({
  subCommands: {
    list: messagesListCommand,
    dead: messagesDeadCommand,
    resend: messagesResendCommand,
    preview: messagesPreviewCommand,
    test: messagesTestCommand,
  },
});
