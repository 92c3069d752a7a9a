import { setTimeout as sleep } from 'node:timers/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { type AskToConfirm, type CampaignState, createAskToConfirm } from '../admin/ask-to-confirm.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import { CAMPAIGN_PER_HOUR, MOST_CAMPAIGN_PER_HOUR } from '../ports/campaigns.ts';
import { toReachable, withCommandContext } from './command-context.ts';
import { completeNames, tellProblems } from './named-user.ts';
import { configOption, jsonOption, namesWord, printJson, takeWords } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  all: { type: 'boolean', description: 'Ask everybody with an unverified contact, in place of NAMEs.' },
  'per-hour': {
    type: 'string',
    valueHint: 'number',
    description: `Messages in an hour on each channel, 1 to ${MOST_CAMPAIGN_PER_HOUR}. Default: as the time before; at first ${CAMPAIGN_PER_HOUR}.`,
  },
  status: { type: 'boolean', description: 'Tell how far it is, and start nothing.' },
  stop: {
    type: 'boolean',
    description: 'Ask nobody more of those who wait; links that were sent stay good.',
  },
  watch: { type: 'boolean', description: 'Show how far it is until all are sent; Ctrl-C ends only this.' },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse contacts verify NAME…` or `--all`: asks the people behind unverified contacts "is this you?". What waits is in the
 * database, and the Gatehouse that runs sends it at the rate; so the command ends at once, and can be given again.
 */
export const contactsVerifyCommand = defineCommand({
  meta: {
    name: 'verify',
    description:
      'Ask people whether unverified addresses are theirs, some in an hour; see how far it is, or stop it.',
  },
  args: { ...namesWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWords(rawArgs, options);
      const perHour = readRate(args['per-hour']);
      const ways = [typed.length > 0, args.all === true, args.status === true, args.stop === true];
      const many = ways.filter(Boolean).length;
      if (many !== 1) throw new UsageError('say one of NAME…, --all, --status and --stop; see --help');
      const isStart = args.status !== true && args.stop !== true;
      if (!isStart && perHour !== undefined) throw new UsageError('--per-hour goes with NAME… or --all');
      if (args.json === true && args.watch === true)
        throw new UsageError('take one of --json and --watch; --status --json tells how far it is');
      if (args.stop === true && args.watch === true) throw new UsageError('--watch does not go with --stop');
      await withCommandContext(args.config, async (context) => {
        if (context.config.reset === undefined) throw new UseCaseError('reset-not-configured');
        const { contacts, campaigns, settings, clock, log, by } = context;
        const ask = createAskToConfirm({
          ...{ contacts, campaigns, settings, clock, log, by },
          ...(await toReachable(context)),
        });
        const isJson = args.json === true;
        if (args.stop === true) {
          const dropped = await ask.stop();
          if (isJson) printJson({ dropped });
          else process.stdout.write(`${counted(dropped)} will not be sent\n`);
          return;
        }
        if (isStart)
          await start(
            ask,
            args.all === true ? undefined : await completeNames(typed, context),
            perHour,
            isJson,
          );
        if (args.status === true && args.watch !== true) printState(await ask.state(), isJson);
        if (args.watch === true) await watch(ask);
      });
    }),
});

async function start(
  ask: AskToConfirm,
  names: readonly string[] | undefined,
  perHour: number | undefined,
  isJson: boolean,
): Promise<void> {
  const { problems, ...begun } = await ask.start({ names, perHour });
  tellProblems(problems);
  if (isJson) return printJson(begun);
  const before = begun.already === 0 ? '' : `, ${begun.already} asked already`;
  process.stdout.write(`${counted(begun.added)} added${before}, ${begun.perHour} an hour\n`);
  const { waiting } = await ask.state();
  if (waiting > 0)
    process.stderr.write(
      `The running Gatehouse sends what waits, ${lasts(waiting, begun.perHour)}. gatehouse contacts verify --status tells how far it is, --stop ends it.\n`,
    );
}

function counted(many: number): string {
  return `${many} ${many === 1 ? 'message' : 'messages'}`;
}

function lasts(waiting: number, perHour: number): string {
  const minutes = Math.ceil((waiting * 60) / perHour);
  if (minutes < 2) return 'in about a minute';
  return minutes < 120 ? `in about ${minutes} minutes` : `in about ${Math.ceil(minutes / 60)} hours`;
}

function printState(state: CampaignState, isJson: boolean): void {
  if (isJson) {
    printJson(state);
    return;
  }
  const rows = [
    ['waiting', state.waiting, state.waiting === 0 ? '' : lasts(state.waiting, state.perHour)],
    ['sent', state.sent, 'in the last 30 days'],
    ['confirmed', state.confirmed, ''],
    ['refused', state.disowned, '"this is not me"; contacts list shows them as refused'],
    ['expired', state.expired, 'not answered in 7 days; verify asks them again'],
    ['open', state.open, 'not answered yet'],
    ['settled', state.settled, 'proved in another way, changed or removed before an answer'],
    ['failed', state.failed, state.failed === 0 ? '' : 'see gatehouse messages dead'],
    ['dropped', state.dropped, 'stopped, or changed before it was sent'],
  ] as const;
  for (const [word, many, note] of rows)
    process.stdout.write(`${word}\t${many}${note === '' ? '' : `\t${note}`}\n`);
}

/** How often the database is looked at, in milliseconds. */
const WATCH_MS = 2_000;

/** On a terminal one line that changes; elsewhere a line each time something changed. */
async function watch(ask: AskToConfirm): Promise<void> {
  const isTerminal = process.stderr.isTTY === true;
  for (let before = ''; ; ) {
    const { waiting, sent, confirmed, disowned, perHour } = await ask.state();
    const rest = waiting === 0 ? '' : `, ${lasts(waiting, perHour)}`;
    const line = `${sent} sent, ${waiting} waiting${rest}; ${confirmed} confirmed, ${disowned} refused`;
    if (isTerminal) process.stderr.write(`\r\u001b[K${line}`);
    else if (line !== before) process.stderr.write(`${line}\n`);
    before = line;
    if (waiting === 0) break;
    await sleep(WATCH_MS);
  }
  if (isTerminal) process.stderr.write('\n');
}

/** @throws {UsageError} */
function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (rate < 1 || rate > MOST_CAMPAIGN_PER_HOUR)
    throw new UsageError(`--per-hour takes a number from 1 to ${MOST_CAMPAIGN_PER_HOUR}, not "${text}"`);
  return rate;
}
