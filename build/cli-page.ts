import { COMMAND_NOTES, COMMON_EXIT_CODES } from '../server/commands/command-notes.ts';
import { listRunnable, readCommandTree, type ShownCommand } from '../server/commands/command-tree.ts';
import { gatehouse } from '../server/commands/gatehouse.ts';
import { codeBlock } from './marked-text.ts';

/** The page of all commands, from the root of the repository. */
export const CLI_PAGE = 'docs/cli.md';

const COMMANDS = listRunnable(await readCommandTree(gatehouse));

const HEAD = `# Commands

Made by \`npm run generate\` from the commands themselves; \`gatehouse COMMAND --help\` says the same on the terminal.

What a command finds out is on standard output, words for people beside it on standard error, so pipes get the one without the other; colours are
on a terminal only. Each reads the configuration and the database itself, and a Gatehouse that runs may go on running. User names are
Jellyfin's, letter case aside; where one user begins with what was typed, \`users\`, \`reset\`, \`limits\` and \`messages test\` complete it and say so. Changes are in
\`gatehouse audit\`, as made by \`command-line\`.

${table(COMMON_EXIT_CODES, 'exit code')}
Old spelling that keeps working: \`gatehouse link\` for \`gatehouse reset link\`.

## Completion

\`gatehouse completion\` prints a script for bash, zsh or fish; it completes commands and options, and starts nothing while you type.

## All commands

`;

/** Writes the page. @throws {Error} for a command without a note. */
export function writeCliPage(): string {
  const rows = COMMANDS.map(
    ({ words, description }) =>
      `| [\`${words.join(' ')}\`](#gatehouse-${words.join('-')}) | ${cell(description)} |\n`,
  );
  return `${HEAD}| command | what it does |\n|---|---|\n${rows.join('')}\n${COMMANDS.map(section).join('\n')}`;
}

function section({ words, description, word, options }: ShownCommand): string {
  const name = words.join(' ');
  const note = COMMAND_NOTES[name];
  if (note === undefined) throw new Error(`give "${name}" examples in server/commands/command-notes.ts`);
  const usage = `gatehouse ${name}${word === undefined ? '' : ` ${word.name}`}${options.length === 0 ? '' : ' [options]'}`;
  const rows = [
    ...(word === undefined ? [] : [`| \`${cell(word.name)}\` | ${cell(word.description)} |\n`]),
    ...options.map(
      (option) =>
        `| \`--${option.name}${option.value === undefined ? '' : ` ${cell(option.value)}`}\` | ${cell(option.description)} |\n`,
    ),
  ];
  return [
    `## gatehouse ${name}\n\n${description}\n\n`,
    `Usage: \`${usage}\`\n\n`,
    rows.length === 0 ? '' : `| option | |\n|---|---|\n${rows.join('')}\n`,
    codeBlock('sh', note.examples.map((example) => `gatehouse ${example}\n`).join('')),
    note.exitCodes === undefined ? '' : `\n${table(note.exitCodes, 'its own exit code').trimEnd()}\n`,
  ].join('');
}

function table(codes: Readonly<Record<number, string>>, heading: string): string {
  const rows = Object.entries(codes).map(([code, meaning]) => `| ${code} | ${cell(meaning)} |\n`);
  return `| ${heading} | |\n|---|---|\n${rows.join('')}`;
}

/** A bar would end the cell of a table; a tag would be one. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
