import { readFile } from 'node:fs/promises';
import type { OtherAnswer, Questions } from '../setup/questions.ts';
import { ask, askHidden, type Terminal } from './ask.ts';
import { toLines } from './doctor.ts';
import { UsageError } from './plain-errors.ts';

/** Ctrl-C, Ctrl-D, or an input that ends. */
const ENDED = 'ended before the last answer; nothing was written';

/**
 * Makes the questions of a terminal. What was said in advance counts; else a person is asked; else it is the default. Every method
 * rejects with a {@link UsageError} that names the option, when an answer is missing or no good. A secret is asked for even where all
 * else is not, if there is a terminal.
 *
 * @param hasTerminal Whether somebody can be asked at all.
 * @param isYes Takes every default (`--yes`).
 */
export function createQuestions(terminal: Terminal, hasTerminal: boolean, isYes: boolean): Questions {
  const isAsking = hasTerminal && !isYes;

  async function line(words: string): Promise<string> {
    const typed = await ask(terminal, words);
    if (typed === undefined) throw new UsageError(ENDED);
    return typed.trim();
  }

  const tell = (text: string): void => void terminal.output.write(`${text}\n`);

  return {
    isAsking,
    tell,
    tellFinding: (finding) => tell(toLines(finding)),
    async text({ words, flag, given, fallback, others = [], check = () => undefined }) {
      if (given !== undefined || !isAsking) {
        const answer = given?.trim() ?? fallback;
        if (answer === undefined) throw new UsageError(`${words}? Say it with ${flag}`);
        const fault = await check(answer);
        if (fault !== undefined) throw new UsageError(`${flag} ${answer}: ${fault}`);
        return answer;
      }
      for (;;) {
        const shown = fallback === undefined || fallback === '' ? '' : ` [${fallback}]`;
        const typed = await line(`${words}${explain(others)}${shown}: `);
        const answer = typed === '' ? fallback : typed;
        if (answer === undefined) continue;
        const fault = await check(answer);
        if (fault === undefined) return answer;
        tell(fault);
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
        if (typed === undefined) throw new UsageError(ENDED);
        if (typed !== '') return typed;
        if (fallback !== undefined) return fallback;
      }
    },
  };
}

/** What else may be typed, as ` (Enter: by Quick Connect; none: without a key)`. */
function explain(others: readonly OtherAnswer[]): string {
  const ways = others.map(({ answer, means }) => `${answer === '' ? 'Enter' : answer}: ${means}`);
  return ways.length === 0 ? '' : ` (${ways.join('; ')})`;
}

async function readSecret(file: string, flag: string): Promise<string> {
  const [first = ''] = (await readFile(file, 'utf8')).split(/\r?\n/, 1);
  if (first === '')
    throw new UsageError(`the first line of ${file} is empty; ${flag} takes the secret from it`);
  return first;
}
