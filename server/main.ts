#!/usr/bin/env node
import { stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, renderUsage, runMain } from 'citty';
import { gatehouse } from './commands/gatehouse.ts';
import { refuseUnknownCommand } from './commands/options.ts';
import { EXIT_USAGE, withPlainErrors } from './commands/plain-errors.ts';
import { PROGRAM_VERSION } from './config/version.ts';

/** What the program is called on a command line. */
const PROGRAM = 'gatehouse';

/** Colours are for eyes, not for files and pipes. */
async function usageFor<Options extends ArgsDef>(
  stream: NodeJS.WriteStream,
  command: CommandDef<Options>,
  parent?: CommandDef<Options>,
): Promise<string> {
  const usage = await renderUsage(command, await withProgram(parent));
  const shown = stream.isTTY ? usage : stripVTControlCharacters(usage);
  // citty fills each line up to the longest, which wraps on a terminal.
  return `${shown
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

/** The group of a command, by its whole name: citty says only `contacts import` of `gatehouse contacts import`. */
async function withProgram<Options extends ArgsDef>(
  parent: CommandDef<Options> | undefined,
): Promise<CommandDef<Options> | undefined> {
  const meta = typeof parent?.meta === 'function' ? await parent.meta() : await parent?.meta;
  if (parent === undefined || meta?.name === undefined || meta.name === PROGRAM) return parent;
  return { ...parent, meta: { ...meta, name: `${PROGRAM} ${meta.name}`, version: PROGRAM_VERSION } };
}

await withPlainErrors(async () => {
  const bare = await refuseUnknownCommand(gatehouse, process.argv.slice(2));
  if (bare === undefined) return;
  process.stderr.write(await usageFor(process.stderr, bare.command, bare.parent));
  process.exit(EXIT_USAGE);
});
await runMain(gatehouse, {
  showUsage: async (command, parent) => {
    process.stdout.write(await usageFor(process.stdout, command, parent));
  },
});
