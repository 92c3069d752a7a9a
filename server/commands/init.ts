import { resolve } from 'node:path';
import { defineCommand } from 'citty';
import { CHANNELS } from '../channels/registry.ts';
import { createLogger } from '../log/log.ts';
import { configurationFile, environmentOfProcess, readConfiguration } from '../program/configuration.ts';
import { findWebFolder } from '../program/web-folder.ts';
import { readCurrentSettings } from '../setup/current-settings.ts';
import { MissingAnswerError } from '../setup/questions.ts';
import type { SaidInAdvance } from '../setup/run.ts';
import { type SetUpResult, setUp } from '../setup/set-up.ts';
import { toLines } from './doctor.ts';
import { initOptions } from './init-options.ts';
import { createQuestions } from './init-questions.ts';
import { refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';
import { unbroken, untilTold } from './signals.ts';

/** The configuration is written, and mail does not work yet. */
const EXIT_IN_PART = 3;

/**
 * `gatehouse init`: asks a few questions, makes what Gatehouse needs, and writes the configuration. Exit code 0 when it is
 * written, 3 when it is and mail does not work, 1 when nothing came of it, 64 when an answer is missing.
 */
export const initCommand = defineCommand({
  args: initOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, initOptions);
      const hasTerminal = process.stdin.isTTY === true;
      if (!hasTerminal && args.yes !== true)
        throw new UsageError(
          'there is no terminal to ask on; say it by options and add --yes: --jellyfin URL --admin NAME --admin-password-file FILE, for mail --mail SERVER --mail-user NAME --mail-password-file FILE --mail-from SENDER --public-url URL (--help has all)',
        );
      const terminal = { input: process.stdin, output: process.stderr };
      const questions = createQuestions(terminal, hasTerminal, args.yes === true);
      const result = await run(questions, resolve(configurationFile(args.config)), args);
      process.stdout.write(`${result.findings.map(toLines).join('\n')}\n\n${writeNotes(result)}`);
      if (result.doesMailWork === false) process.exitCode = EXIT_IN_PART;
    }),
});

async function run(
  questions: ReturnType<typeof createQuestions>,
  file: string,
  said: SaidInAdvance,
): Promise<SetUpResult> {
  const environment = environmentOfProcess();
  const { text } = await readCurrentSettings(file, environment, CHANNELS);
  questions.tell(
    `${text === undefined ? 'This writes' : 'This changes'} ${file}. Ctrl-C leaves all as it is.`,
  );
  try {
    return await setUp({
      ...{ questions, said, file, environment, webFolder: findWebFolder() },
      ending: { unbroken, untilEnded: untilTold },
      read: (path, more) => readConfiguration(path, undefined, more),
      ...{ log: createLogger('warn', process.stderr), by: 'command-line' },
    });
  } catch (error) {
    if (error instanceof MissingAnswerError) throw new UsageError(error.message);
    throw error;
  }
}

/** What was done and what is left, a line each. */
function writeNotes({ done, todo }: SetUpResult): string {
  const list = (heading: string, notes: readonly string[]): string =>
    notes.length === 0 ? '' : `${heading}\n${notes.map((note) => `  - ${note}`).join('\n')}\n`;
  return `${list('Done:', done)}${list('Left to do:', todo)}`;
}
