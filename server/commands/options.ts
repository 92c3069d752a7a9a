import type { ArgsDef } from 'citty';
import type { Half } from '../config/config.ts';
import { findNearest } from '../config/nearest.ts';
import { UsageError } from './plain-errors.ts';

/** `--config`, the same on every command that reads the configuration. */
export const configOption = {
  config: {
    type: 'string',
    valueHint: 'file',
    description: 'The configuration file. Default: GATEHOUSE_CONFIG, ./config.yaml, /config/config.yaml.',
  },
} as const satisfies ArgsDef;

/** NAME, the same on every command about one user. `takeWord` says when it is missing. */
export const nameWord = {
  name: { type: 'positional', required: false, valueHint: 'NAME', description: 'User name in Jellyfin.' },
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

/** Reads the value of `--only`. @throws {UsageError} when it is none. */
export function readHalf(text: string | undefined): Half | undefined {
  if (text === undefined || text === 'injector' || text === 'reset') return text;
  throw new UsageError(`--only takes injector or reset, not "${text}"`);
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
      throw new UsageError(`${option} needs a value, as in ${option} FILE`);
  }
}

/**
 * Takes the one word a command wants, such as a user name, besides its options.
 *
 * @param word What it is called in the error, e.g. `NAME`.
 * @throws {UsageError} when the word is missing, another is left over, or an option is unknown or has no value.
 */
export function takeWord(rawArgs: readonly string[], options: ArgsDef, word: string): string {
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
  const [first, second] = words;
  if (first === undefined || first.trim() === '') throw new UsageError(`${word} is missing; see --help`);
  if (second !== undefined) {
    throw new UsageError(`"${second}" is not expected here; put a ${word} with spaces into quotes`);
  }
  return first;
}
