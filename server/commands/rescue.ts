import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { type ArgsDef, defineCommand } from 'citty';
import { dataFolderPlaces } from '../config/data-folder-places.ts';
import { createLogger } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { carryOut } from '../rescue/carry-out.ts';
import { WAYS, type Way } from '../rescue/choose-way.ts';
import { lookAround, type Surroundings } from '../rescue/look-around.ts';
import { findPerson } from '../rescue/people.ts';
import { ask, askHidden, type Terminal } from './ask.ts';
import { refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { describePlan, type PlannedFor, writePlan, writeReport } from './rescue-text.ts';

/** The administrator did not say yes. */
const EXIT_NOT_CONFIRMED = 2;
/** Something was changed, or may be, and not all is done. */
const EXIT_IN_PART = 3;

const DEFAULT_URL = 'http://127.0.0.1:8096';

const options = {
  user: {
    type: 'string',
    valueHint: 'NAME',
    description:
      'Whom to let in; how the name begins will do. Default: the administrator, where there is one only.',
  },
  administrator: { type: 'boolean', description: 'Also make that user an administrator.' },
  database: {
    type: 'string',
    valueHint: 'FILE',
    description: 'jellyfin.db, or the folder it is in. Default: looked for.',
  },
  jellyfin: {
    type: 'string',
    valueHint: 'URL',
    description: `Where Jellyfin answers. Default: ${DEFAULT_URL}`,
  },
  way: {
    type: 'string',
    valueHint: 'way',
    description: 'Only this way: api, database or pin. Default: the gentlest that works.',
  },
  stopped: {
    type: 'boolean',
    description: 'Say that Jellyfin is stopped where that cannot be seen, as from inside a container.',
  },
  'stop-command': {
    type: 'string',
    valueHint: 'COMMAND',
    description:
      'Jellyfin may be stopped with it, such as "systemctl stop jellyfin" or "docker stop jellyfin".',
  },
  'start-command': {
    type: 'string',
    valueHint: 'COMMAND',
    description: 'What starts it again; always run after --stop-command.',
  },
  'password-file': {
    type: 'string',
    valueHint: 'FILE',
    description: 'Take the new password from the first line of a file. Default: asked for.',
  },
  generate: { type: 'boolean', description: 'Make up the new password, and print it once.' },
  'backup-folder': {
    type: 'string',
    valueHint: 'FOLDER',
    description: 'Where the backup goes. Default: beside the database.',
  },
  'dry-run': { type: 'boolean', description: 'Say what would be done, with the SQL, and do nothing.' },
  yes: { type: 'boolean', description: 'Do not ask whether to go on.' },
  json: { type: 'boolean', description: 'Print one JSON object instead of lines.' },
} as const satisfies ArgsDef;

/**
 * `gatehouse rescue`: lets a locked-out administrator of Jellyfin in again, without an API key and without a configuration. Exit
 * code 0 when it is done, 1 when nothing was changed, 2 when the administrator did not say yes, 3 when it was done in part.
 */
export const rescueCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      refuseContradictions(args);
      const terminal: Terminal = { input: process.stdin, output: process.stderr };
      const at = await lookAround({
        database: args.database,
        url: readUrl(args.jellyfin),
        way: readWay(args.way),
        isSaidStopped: args.stopped === true,
        mayStop: args['stop-command'] !== undefined,
        places: dataFolderPlaces({ environment: process.env, platform: process.platform, home: homedir() }),
      });
      const whom = await findWhom(at, args, terminal);
      const plan = describePlan(at, whom);
      const isJson = args.json === true;
      const isDry = args['dry-run'] === true;
      if (isDry && isJson) return print({ way: at.way.way, user: whom.name, ...plan });
      (isDry ? process.stdout : process.stderr).write(writePlan(plan, isDry));
      if (isDry) return;
      const { password, isGenerated } = await choosePassword(args, terminal);
      if (args.yes !== true && (await ask(terminal, 'Go on? Type yes: '))?.trim().toLowerCase() !== 'yes') {
        process.stderr.write('Nothing was changed.\n');
        process.exitCode = EXIT_NOT_CONFIRMED;
        return;
      }
      const letGo = ignoreSignals();
      const report = await carryOut({
        at,
        name: whom.name,
        password,
        makesAdministrator: args.administrator === true,
        backupFolder: args['backup-folder'],
        stopCommand: args['stop-command'],
        startCommand: args['start-command'],
        now: new Date(),
        log: createLogger('error', process.stderr),
        tell: (step) => process.stderr.write(`${step}\n`),
      }).finally(letGo);
      const shown = isGenerated && report.isPasswordSet ? password : undefined;
      if (isJson) print({ way: at.way.way, user: whom.name, ...report, password: shown });
      else {
        process.stderr.write(writeReport(report, whom.name, at));
        if (shown !== undefined) process.stdout.write(`${shown}\n`);
      }
      if (!report.isDone) process.exitCode = EXIT_IN_PART;
    }),
});

interface Wished {
  readonly user?: string | undefined;
  readonly administrator?: boolean | undefined;
  readonly generate?: boolean | undefined;
  readonly 'password-file'?: string | undefined;
  readonly 'stop-command'?: string | undefined;
  readonly 'start-command'?: string | undefined;
  readonly 'backup-folder'?: string | undefined;
}

function refuseContradictions(args: Wished): void {
  if (args.generate === true && args['password-file'] !== undefined)
    throw new UsageError('--generate and --password-file both say what the password is; give one of them');
  if (args['start-command'] !== undefined && args['stop-command'] === undefined)
    throw new UsageError('--start-command is for after --stop-command; give both');
}

function readWay(text: string | undefined): Way | undefined {
  const way = WAYS.find((one) => one === text);
  if (text === undefined || way !== undefined) return way;
  throw new UsageError(`--way takes ${WAYS.join(', ')}, not "${text}"`);
}

function readUrl(text: string = DEFAULT_URL): string {
  if (/^(?:https?:\/\/[^\s/]|unix:\/)/i.test(text)) return text;
  throw new UsageError(`--jellyfin takes an address such as ${DEFAULT_URL}, not "${text}"`);
}

/** Finds whom to let in; on a terminal asks for the name where there are several. */
async function findWhom(at: Surroundings, args: Wished, terminal: Terminal): Promise<PlannedFor> {
  const about = {
    makesAdministrator: args.administrator === true,
    stopCommand: args['stop-command'],
    startCommand: args['start-command'],
    backupFolder: args['backup-folder'],
  };
  if (at.content === undefined) {
    if (args.user === undefined)
      throw new UsageError('the database cannot be read as it is, so say whom to let in, with --user NAME');
    return { name: args.user, person: undefined, ...about };
  }
  const { people } = at.content;
  const administrators = people.filter(({ isAdministrator }) => isAdministrator).map(({ name }) => name);
  const mayAsk = args.user === undefined && administrators.length > 1 && process.stdin.isTTY;
  const question = `Whom? ${administrators.map(oneLine).join(', ')}: `;
  const name = mayAsk ? await ask(terminal, question, administrators) : args.user;
  const person = findPerson(people, name?.trim() === '' ? undefined : name);
  return { name: person.name, person, ...about };
}

/** 120 bits, in letters that can be read out. */
const GENERATED_BYTES = 15;

async function choosePassword(
  args: Wished,
  terminal: Terminal,
): Promise<{ readonly password: string; readonly isGenerated: boolean }> {
  if (args.generate === true)
    return { password: randomBytes(GENERATED_BYTES).toString('base64url'), isGenerated: true };
  const file = args['password-file'];
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new UsageError(
        `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const [password = ''] = text.split(/\r?\n/, 1);
    if (password === '')
      throw new UsageError(`the first line of ${file} is empty; it must be the new password`);
    return { password, isGenerated: false };
  }
  if (!process.stdin.isTTY)
    throw new UsageError(
      'there is no terminal to ask for the new password; give --password-file or --generate',
    );
  const password = await askHidden(terminal, 'New password (not shown): ');
  if (password === undefined || password === '')
    throw new UsageError('no password was typed; nothing was changed');
  if ((await askHidden(terminal, 'Once more: ')) !== password)
    throw new UsageError('the two are not the same; nothing was changed');
  return { password, isGenerated: false };
}

/** What is begun is brought to its end: a Jellyfin that was stopped must be started again. */
function ignoreSignals(): () => void {
  const tell = (): void => void process.stderr.write('finishing what was begun, a moment please\n');
  for (const signal of SIGNALS) process.on(signal, tell);
  return () => {
    for (const signal of SIGNALS) process.off(signal, tell);
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
