import type { ArgsDef } from 'citty';
import { refuseStrayArguments } from './options.ts';
import { UsageError } from './plain-errors.ts';

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
