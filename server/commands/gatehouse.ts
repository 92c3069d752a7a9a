import { type CommandDef, defineCommand } from 'citty';
import { PROGRAM_VERSION } from '../config/version.ts';
import { lazyCommand, lazyGroup } from './lazy-commands.ts';
import { serveCommand } from './serve.ts';

/** Every command there is; each is loaded when it is called. */
export const gatehouse: CommandDef = defineCommand({
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
      async () => (await import('./audit.ts')).auditCommand,
    ),
    backup: lazyCommand(
      'backup',
      'Copy the database to a new file; Gatehouse may run meanwhile.',
      async () => (await import('./backup.ts')).backupCommand,
    ),
    check: lazyCommand(
      'check',
      'Check the configuration, and whether its mods fit the Jellyfin that runs. Exit code 78 when the configuration has a problem, 1 when a mod does not find what it changes, or a file that it names cannot be fetched; warnings change no exit code.',
      async () => (await import('./check.ts')).checkCommand,
    ),
    completion: lazyCommand(
      'completion',
      'Print a script that completes commands and options in bash, zsh or fish.',
      async () => (await import('./completion.ts')).createCompletionCommand(gatehouse),
    ),
    contacts: lazyGroup(
      'contacts',
      'Set, import, list and remove the addresses of people; invite people to add one, and ask whose they are.',
      async () => (await import('./contacts.ts')).contactsCommand,
    ),
    doctor: lazyCommand(
      'doctor',
      'Try all it needs, from the port to the proxy in front, and say how to mend it; exit code 1 when something fails.',
      async () => (await import('./doctor.ts')).doctorCommand,
    ),
    health: lazyCommand(
      'health',
      'Ask the Gatehouse that listens where this configuration says whether it lives; exit code 1 when it does not.',
      async () => (await import('./health.ts')).healthCommand,
    ),
    init: lazyCommand(
      'init',
      'Set Gatehouse up by a few questions: find Jellyfin, make the API key, try mail, write config.yaml. Run again, it changes single answers.',
      async () => (await import('./init.ts')).initCommand,
    ),
    limits: lazyGroup(
      'limits',
      'Show what holds a user back, messages and failed sign-ins, and count it from 0 again.',
      async () => (await import('./limits.ts')).limitsCommand,
    ),
    link: lazyCommand(
      'link',
      'The old spelling of reset link.',
      async () => (await import('./link.ts')).linkCommand,
      true,
    ),
    messages: lazyGroup(
      'messages',
      'Count messages, list those that were given up, send them again, send a test, and show how each reads.',
      async () => (await import('./messages.ts')).messagesCommand,
    ),
    mods: lazyGroup(
      'mods',
      'List the mods, begin one of your own, add one from a folder, an archive or its address, and take anew what they name by a web address.',
      async () => (await import('./mods.ts')).modsCommand,
    ),
    nginx: lazyCommand(
      'nginx',
      'Print a configuration for an nginx in front, complete and for the configuration in force.',
      async () => (await import('./nginx.ts')).nginxCommand,
    ),
    rescue: lazyCommand(
      'rescue',
      'Let a locked-out administrator of Jellyfin in again, on the machine that has its database; needs no API key and no configuration.',
      async () => (await import('./rescue.ts')).rescueCommand,
    ),
    reset: lazyGroup(
      'reset',
      'Help a user to a new password: send a message, print a link to hand over, or find the PIN that Jellyfin wrote.',
      async () => (await import('./reset.ts')).resetCommand,
    ),
    restore: lazyCommand(
      'restore',
      'Put a backup in the place of the database; stop Gatehouse before.',
      async () => (await import('./backup.ts')).restoreCommand,
    ),
    'reverse-proxy': lazyCommand(
      'reverse-proxy',
      'Print a configuration for a Caddy, Apache, HAProxy or Traefik in front; nginx has a command of its own.',
      async () => (await import('./reverse-proxy.ts')).reverseProxyCommand,
    ),
    schema: lazyCommand(
      'schema',
      'Print the JSON schema of config.yaml, for editors.',
      async () => (await import('./schema.ts')).schemaCommand,
    ),
    users: lazyGroup(
      'users',
      'List the users of Jellyfin and how they stand; unlock, enable, disable them, sign them out.',
      async () => (await import('./users.ts')).usersCommand,
    ),
  },
});
