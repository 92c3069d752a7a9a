import { readFile } from 'node:fs/promises';
import { ask, askHidden, type Terminal } from './ask.ts';
import { UsageError } from './plain-errors.ts';

/** One thing to know. */
interface Question {
  readonly words: string;
  /** The option that answers it, as `--jellyfin`. */
  readonly flag: string;
  /** What that option says. */
  readonly given: string | undefined;
}

/** How answers are had: from options, else from a person, else the default. Every method rejects with a {@link UsageError} that names the option, when an answer is missing or no good. */
export interface Questions {
  /** Whether there is a person to ask. */
  readonly isAsking: boolean;
  /** Tells the person something, in a line. */
  tell(line: string): void;
  /**
   * @param fallback The default; undefined: there is none.
   * @param check Says what is wrong with an answer, as a sentence; it may look further than at the text.
   */
  text(
    question: Question & {
      readonly fallback: string | undefined;
      readonly check?: (text: string) => string | undefined | Promise<string | undefined>;
    },
  ): Promise<string>;
  /** Yes or no. */
  yes(question: Question & { readonly fallback: boolean }): Promise<boolean>;
  /**
   * A secret: not shown while it is typed, never on the command line. It is asked for even where all else is not, if there is a terminal.
   *
   * @param question.given The file it is the first line of.
   * @param fallback Where it is known already; Enter keeps it.
   * @param variable Name of the variable that may hold it, for the error.
   */
  secret(
    question: Question & { readonly fallback: string | undefined; readonly variable: string },
  ): Promise<string>;
}

/**
 * Makes them.
 *
 * @param hasTerminal Whether somebody can be asked at all.
 * @param isYes Takes every default (`--yes`).
 */
export function createQuestions(terminal: Terminal, hasTerminal: boolean, isYes: boolean): Questions {
  const isAsking = hasTerminal && !isYes;

  async function line(words: string): Promise<string> {
    const typed = await ask(terminal, words);
    if (typed === undefined) throw new UsageError('the answers ended');
    return typed.trim();
  }

  return {
    isAsking,
    tell: (text) => void terminal.output.write(`${text}\n`),
    async text({ words, flag, given, fallback, check = () => undefined }) {
      if (given !== undefined || !isAsking) {
        const answer = given?.trim() ?? fallback;
        if (answer === undefined) throw new UsageError(`${words}? Say it with ${flag}`);
        const fault = await check(answer);
        if (fault !== undefined) throw new UsageError(`${flag} ${answer}: ${fault}`);
        return answer;
      }
      for (;;) {
        const typed = await line(
          fallback === undefined || fallback === '' ? `${words}: ` : `${words} [${fallback}]: `,
        );
        const answer = typed === '' ? fallback : typed;
        if (answer === undefined) continue;
        const fault = await check(answer);
        if (fault === undefined) return answer;
        terminal.output.write(`${fault}\n`);
      }
    },
    async yes({ words, flag, given, fallback }) {
      if (given !== undefined) {
        const isYesOrNo = /^(?:yes|no)$/.test(given);
        if (!isYesOrNo) throw new UsageError(`${flag} takes yes or no, not "${given}"`);
        return given === 'yes';
      }
      if (!isAsking) return fallback;
      for (;;) {
        const typed = (await line(`${words} [${fallback ? 'Y/n' : 'y/N'}]: `)).toLowerCase();
        if (typed === '') return fallback;
        if (/^(?:y|yes)$/.test(typed)) return true;
        if (/^(?:n|no)$/.test(typed)) return false;
      }
    },
    async secret({ words, flag, given, fallback, variable }) {
      if (given !== undefined) return await readSecret(given, flag);
      if (fallback !== undefined && !isAsking) return fallback;
      if (!hasTerminal)
        throw new UsageError(
          `${words}? Name a file that holds it with ${flag}, or put it into the environment as ${variable}`,
        );
      const note = fallback === undefined ? 'not shown' : 'not shown; Enter keeps the one there is';
      for (;;) {
        const typed = await askHidden(terminal, `${words} (${note}): `);
        if (typed === undefined) throw new UsageError('the answers ended');
        if (typed !== '') return typed;
        if (fallback !== undefined) return fallback;
      }
    },
  };
}

async function readSecret(file: string, flag: string): Promise<string> {
  const [first = ''] = (await readFile(file, 'utf8')).split(/\r?\n/, 1);
  if (first === '')
    throw new UsageError(`the first line of ${file} is empty; ${flag} takes the secret from it`);
  return first;
}
