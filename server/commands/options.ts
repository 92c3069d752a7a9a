import type { ArgsDef, CommandDef } from 'citty';
import type { Half } from '../config/config.ts';
import { findNearest } from '../config/nearest.ts';
import { resolved } from './lazy-commands.ts';
import { UsageError } from './plain-errors.ts';

/** `--config`, the same on every command that reads the configuration. */
export const configOption = {
  config: {
    type: 'string',
    valueHint: 'file',
    description: 'The configuration file. Default: GATEHOUSE_CONFIG, ./config.yaml, /config/config.yaml.',
  },
} as const satisfies ArgsDef;

/** Prints the one JSON value of `--json`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** `--json`, the same on every command that prints one JSON value in place of lines for people. */
export const jsonOption = {
  json: { type: 'boolean', description: 'Print JSON.' },
} as const satisfies ArgsDef;

/** NAME, the same on every command about one user. `takeWord` says when it is missing. */
export const nameWord = {
  name: { type: 'positional', required: false, valueHint: 'NAME', description: 'User name in Jellyfin.' },
} as const satisfies ArgsDef;

/** NAME…, the same on every command about several users; `takeWords` reads them. */
export const namesWord = {
  name: { type: 'positional', required: false, valueHint: 'NAME…', description: 'User names in Jellyfin.' },
} as const satisfies ArgsDef;

/** `--only`, the same on every command that may concern one half of Gatehouse. */
export const onlyOption = {
  only: {
    type: 'string',
    valueHint: 'half',
    description:
      'injector or reset: one half of Gatehouse; the other runs in another process. Default: both.',
  },
} as const satisfies ArgsDef;

/** `--drain`, of `serve`. */
export const drainOption = {
  drain: {
    type: 'string',
    valueHint: 'time',
    description:
      'How long everybody is still served once it is told to end and its health page says so, such as 5s. Default: shutdown.drain of the configuration.',
  },
} as const satisfies ArgsDef;

/** Reads the value of `--drain`, in milliseconds. Rejects with {@link UsageError} when it is none. */
export async function readDrain(text: string | undefined): Promise<number | undefined> {
  if (text === undefined) return undefined;
  // Not before: it loads what reads configurations, and help is asked for without one.
  const { drainDuration } = await import('../config/sections/shutdown.ts');
  const read = drainDuration.safeParse(text);
  if (!read.success) throw new UsageError(`--drain ${read.error.issues[0]?.message}`);
  return read.data;
}

/** Reads the value of `--only`. @throws {UsageError} when it is none. */
export function readHalf(text: string | undefined): Half | undefined {
  if (text === undefined || text === 'injector' || text === 'reset') return text;
  throw new UsageError(`--only takes injector or reset, not "${text}"`);
}

/**
 * Refuses a command that is none, here or a level down: citty would print the whole help and end with 1. Where help is asked
 * for, citty answers.
 *
 * @param words What was typed before, for the error.
 * @param parent What the command stands below.
 * @returns A command that is nothing without one of those below it, where none is named, and what it stands below.
 * @throws {UsageError} with the nearest command there is.
 */
export async function refuseUnknownCommand(
  command: CommandDef,
  rawArgs: readonly string[],
  words: readonly string[] = [],
  parent?: CommandDef,
): Promise<{ readonly command: CommandDef; readonly parent: CommandDef | undefined } | undefined> {
  const commands = await resolved(command.subCommands);
  const index = rawArgs.findIndex((argument) => !argument.startsWith('-'));
  const name = rawArgs[index];
  if (commands === undefined || rawArgs.some((argument) => HELP.includes(argument))) return undefined;
  if (name === undefined) {
    const isRun = command.run !== undefined || ((await resolved(command.default)) ?? '') !== '';
    return isRun || rawArgs.length > 0 ? undefined : { command, parent };
  }
  const known = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (known !== undefined) {
    return refuseUnknownCommand(await resolved(known), rawArgs.slice(index + 1), [...words, name], command);
  }
  const near = findNearest(name, Object.keys(commands));
  const hint = near === undefined ? '' : `did you mean ${[...words, near].join(' ')}? `;
  throw new UsageError(
    `unknown command ${[...words, name].join(' ')}; ${hint}${['gatehouse', ...words].join(' ')} --help lists them all`,
  );
}

const HELP = ['--help', '-h'];

/** What a value of an option is called. */
function wordOf(option: ArgsDef[string] | undefined): string {
  return (option !== undefined && 'valueHint' in option ? option.valueHint : undefined) ?? 'value';
}

/**
 * Refuses what the command does not know, which citty lets pass: a misspelt `--config` would start the wrong file.
 *
 * @throws {UsageError} when an option is unknown or has no value, or a word is left over.
 */
export function refuseStrayArguments(rawArgs: readonly string[], known: ArgsDef): void {
  const names = Object.keys(known);
  for (let index = 0; index < rawArgs.length; index++) {
    const [option = '', ...inline] = (rawArgs[index] ?? '').split('=');
    const name = option.replace(/^--?/, '');
    if (!option.startsWith('-')) throw new UsageError(`"${option}" is not expected here; see --help`);
    if (!names.includes(name)) {
      const near = findNearest(name, names);
      throw new UsageError(
        `unknown option ${option}; ${near === undefined ? 'see --help' : `did you mean --${near}?`}`,
      );
    }
    if (known[name]?.type === 'boolean') continue;
    const value = inline.length > 0 ? inline.join('=') : rawArgs[++index];
    if (value === undefined || value === '')
      throw new UsageError(`${option} needs a value, as in ${option} ${wordOf(known[name]).toUpperCase()}`);
  }
}

/**
 * Takes the one word a command wants, such as a user name, besides its options.
 *
 * @param word What it is called in the error, e.g. `NAME`.
 * @throws {UsageError} when the word is missing, another is left over, or an option is unknown or has no value.
 */
export function takeWord(rawArgs: readonly string[], options: ArgsDef, word: string): string {
  const [first, second] = takeWords(rawArgs, options);
  if (first === undefined || first.trim() === '') throw new UsageError(`${word} is missing; see --help`);
  if (second !== undefined) {
    throw new UsageError(`"${second}" is not expected here; put a ${word} with spaces into quotes`);
  }
  return first;
}

/**
 * Takes the words that stand besides the options of a command, such as user names; there may be none.
 *
 * @throws {UsageError} when an option is unknown or has no value.
 */
export function takeWords(rawArgs: readonly string[], options: ArgsDef): readonly string[] {
  const words: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < rawArgs.length; index++) {
    const argument = rawArgs[index] ?? '';
    if (!argument.startsWith('-')) {
      words.push(argument);
      continue;
    }
    rest.push(argument);
    const isSwitch = options[argument.replace(/^--?/, '')]?.type === 'boolean';
    const value = rawArgs[index + 1];
    if (!isSwitch && !argument.includes('=') && value !== undefined) {
      rest.push(value);
      index++;
    }
  }
  refuseStrayArguments(rest, options);
  return words;
}
