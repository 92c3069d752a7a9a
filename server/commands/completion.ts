import { type CommandDef, defineCommand } from 'citty';
import { findNearest } from '../config/nearest.ts';
import { readCommandTree } from './command-tree.ts';
import { SHELLS, writeCompletion } from './completion-scripts.ts';
import { takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

/**
 * Makes `gatehouse completion SHELL`: prints the script that completes commands and options; needs no configuration.
 *
 * @param gatehouse All commands.
 */
export function createCompletionCommand(gatehouse: CommandDef) {
  return defineCommand({
    args: {
      shell: {
        type: 'positional',
        required: false,
        valueHint: 'SHELL',
        description: `${SHELLS.join(', ')}.`,
      },
    },
    run: ({ rawArgs }) =>
      withPlainErrors(async () => {
        const wanted = takeWord(rawArgs, {}, 'SHELL');
        const shell = SHELLS.find((known) => known === wanted);
        if (shell === undefined) {
          const near = findNearest(wanted, SHELLS);
          const hint = near === undefined ? `there are ${SHELLS.join(', ')}` : `did you mean ${near}?`;
          throw new UsageError(`"${wanted}" is no shell that is completed in; ${hint}`);
        }
        process.stdout.write(writeCompletion(shell, await readCommandTree(gatehouse)));
      }),
  });
}
