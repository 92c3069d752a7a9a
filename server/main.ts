#!/usr/bin/env node
import { stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runMain } from 'citty';
import {
  configOption,
  onlyOption,
  readHalf,
  refuseStrayArguments,
  refuseUnknownCommand,
} from './commands/options.ts';
import { EXIT_USAGE, withPlainErrors } from './commands/plain-errors.ts';
import { PROGRAM_VERSION } from './config/version.ts';
import { keepMemorySmall } from './program/heap.ts';

const serveOptions = { ...configOption, ...onlyOption };

const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'Start Gatehouse in front of Jellyfin.' },
  args: serveOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, serveOptions);
      const only = readHalf(args.only);
      const fixHeapSize = keepMemorySmall();
      const { serve } = await import('./program/serve.ts');
      await serve({ configPath: args.config, only });
      fixHeapSize();
    }),
});

const gatehouse = defineCommand({
  meta: {
    name: 'gatehouse',
    version: PROGRAM_VERSION,
    description: 'Stands in front of a Jellyfin server so that "Forgot Password" works',
  },
  subCommands: {
    serve: serveCommand,
    audit: () => import('./commands/audit.ts').then((file) => file.auditCommand),
    backup: () => import('./commands/backup.ts').then((file) => file.backupCommand),
    check: () => import('./commands/check.ts').then((file) => file.checkCommand),
    contacts: () => import('./commands/contacts.ts').then((file) => file.contactsCommand),
    doctor: () => import('./commands/doctor.ts').then((file) => file.doctorCommand),
    link: () => import('./commands/link.ts').then((file) => file.linkCommand),
    messages: () => import('./commands/messages.ts').then((file) => file.messagesCommand),
    mods: () => import('./commands/mods.ts').then((file) => file.modsCommand),
    restore: () => import('./commands/backup.ts').then((file) => file.restoreCommand),
    schema: () => import('./commands/schema.ts').then((file) => file.schemaCommand),
  },
});

/** Colours are for eyes, not for files and pipes. */
async function usageFor<Options extends ArgsDef>(
  stream: NodeJS.WriteStream,
  command: CommandDef<Options>,
  parent?: CommandDef<Options>,
): Promise<string> {
  const usage = await renderUsage(command, parent);
  return `${stream.isTTY ? usage : stripVTControlCharacters(usage)}\n`;
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
