#!/usr/bin/env node
import { stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runMain } from 'citty';
import { lazyCommand, lazyGroup } from './commands/lazy-commands.ts';
import {
  configOption,
  drainOption,
  onlyOption,
  readDrain,
  readHalf,
  refuseStrayArguments,
  refuseUnknownCommand,
} from './commands/options.ts';
import { EXIT_USAGE, withPlainErrors } from './commands/plain-errors.ts';
import { PROGRAM_VERSION } from './config/version.ts';
import { keepMemorySmall } from './program/heap.ts';

const serveOptions = { ...configOption, ...onlyOption, ...drainOption };

const serveCommand = defineCommand({
  meta: { name: 'serve', description: 'Start Gatehouse in front of Jellyfin.' },
  args: serveOptions,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, serveOptions);
      const only = readHalf(args.only);
      const drainMs = readDrain(args.drain);
      const fixHeapSize = keepMemorySmall();
      const { serve } = await import('./program/serve.ts');
      await serve({ configPath: args.config, only, drainMs });
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
    audit: lazyCommand(
      'audit',
      'Show what happened: requests, messages, changes, refusals.',
      async () => (await import('./commands/audit.ts')).auditCommand,
    ),
    backup: lazyCommand(
      'backup',
      'Copy the database to a new file; Gatehouse may run meanwhile.',
      async () => (await import('./commands/backup.ts')).backupCommand,
    ),
    check: lazyCommand(
      'check',
      'Check the configuration, and whether its mods fit the Jellyfin that runs. Exit code 78 when the configuration has a problem, 1 when a mod does not find what it changes, or a file of its cannot be fetched; warnings change no exit code.',
      async () => (await import('./commands/check.ts')).checkCommand,
    ),
    contacts: lazyGroup(
      'contacts',
      'Set, import, list and remove the mail addresses of people.',
      async () => (await import('./commands/contacts.ts')).contactsCommand,
    ),
    doctor: lazyCommand(
      'doctor',
      'Try port, Jellyfin, key, known proxies, mail and database; exit code 1 when one fails.',
      async () => (await import('./commands/doctor.ts')).doctorCommand,
    ),
    link: lazyCommand(
      'link',
      'Print a reset link for a user, to hand over in another way.',
      async () => (await import('./commands/link.ts')).linkCommand,
    ),
    messages: lazyGroup(
      'messages',
      'List messages that were given up, and send them again.',
      async () => (await import('./commands/messages.ts')).messagesCommand,
    ),
    mods: lazyGroup(
      'mods',
      'List the mods, begin one of your own, add one from a folder, an archive or its address, and take anew what they name by a web address.',
      async () => (await import('./commands/mods.ts')).modsCommand,
    ),
    nginx: lazyCommand(
      'nginx',
      'Print a configuration for an nginx in front, complete and for the configuration in force.',
      async () => (await import('./commands/nginx.ts')).nginxCommand,
    ),
    restore: lazyCommand(
      'restore',
      'Put a backup in the place of the database; stop Gatehouse before.',
      async () => (await import('./commands/backup.ts')).restoreCommand,
    ),
    'reverse-proxy': lazyCommand(
      'reverse-proxy',
      'Print a configuration for a Caddy, Apache, HAProxy or Traefik in front; nginx has a command of its own.',
      async () => (await import('./commands/reverse-proxy.ts')).reverseProxyCommand,
    ),
    schema: lazyCommand(
      'schema',
      'Print the JSON schema of config.yaml, for editors.',
      async () => (await import('./commands/schema.ts')).schemaCommand,
    ),
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
