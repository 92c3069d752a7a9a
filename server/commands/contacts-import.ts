import { type ArgsDef, defineCommand } from 'citty';
import { type ImportCounts, importContacts } from '../admin/import-contacts.ts';
import { CHANNELS } from '../channels/registry.ts';
import type { Config } from '../config/config.ts';
import type { SourceDefinition, SourceOptions } from '../imports/source-definition.ts';
import { SOURCES } from '../imports/sources.ts';
import { type ContactSource, SourceError } from '../ports/contact-source.ts';
import { askSecret } from './ask-secret.ts';
import { withCommandContext } from './command-context.ts';
import { createImportReport, type ImportReport } from './import-report.ts';
import { createJsonImportReport } from './import-report-json.ts';
import { listImportable } from './importable-text.ts';
import { configOption, jsonOption, takeWords } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const UNPROVED =
  'without jellyfin.apiKey Jellyfin does not tell whether there are users of these names; see that they are spelt so there';

/** Ended by a signal. Source: POSIX shells, 128 and the number of SIGINT. */
const EXIT_INTERRUPTED = 130;

const sourceOptions = {
  columns: {
    type: 'string',
    valueHint: 'list',
    description: 'csv: which column is what, by its heading or number, such as name=Member,email=3.',
  },
  encoding: {
    type: 'string',
    valueHint: 'name',
    description: 'csv: such as windows-1251. Default: UTF-8, UTF-16 or windows-1252, as the file is.',
  },
  user: {
    type: 'string',
    valueHint: 'name',
    description: 'jfa-go: an administrator of it. ldap: the DN to sign in with.',
  },
  base: { type: 'string', valueHint: 'DN', description: 'ldap: where people stand in the directory.' },
  filter: {
    type: 'string',
    valueHint: 'filter',
    description: 'ldap: which entries. Default: all with name and mail.',
  },
  'name-attribute': {
    type: 'string',
    valueHint: 'name',
    description: 'ldap: which attribute is the user name in Jellyfin. Default: uid, else sAMAccountName.',
  },
  'mail-attribute': { type: 'string', valueHint: 'name', description: 'ldap: default mail.' },
  starttls: { type: 'boolean', description: 'ldap: encrypt the connection to an ldap:// address.' },
} as const satisfies ArgsDef;

/** The field of `SourceOptions` that each of them is. */
const FIELDS: Readonly<Record<keyof typeof sourceOptions, keyof SourceOptions>> = {
  ...{ columns: 'columns', encoding: 'encoding', user: 'user', base: 'base', filter: 'filter' },
  ...{ 'name-attribute': 'nameAttribute', 'mail-attribute': 'mailAttribute', starttls: 'startTls' },
};

const importOptions = {
  apply: { type: 'boolean', description: 'Keep the contacts. Without it nothing is written.' },
  'dry-run': { type: 'boolean', description: 'Only show what would become of each row; the default.' },
  all: { type: 'boolean', description: 'Show every row; default the first 200.' },
  trust: { type: 'boolean', description: 'Take the addresses as proved: you know that they are theirs.' },
  'by-name': {
    type: 'boolean',
    description: 'Take people by name where Jellyfin has their id no more: after it was set up anew.',
  },
  ...sourceOptions,
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse contacts import [SOURCE] PLACE`: shows what an import would do, and does it with `--apply`; exit code 1 when a row
 * could not be. Without SOURCE, PLACE is a CSV file; without both it lists what this machine has to import from.
 */
export const contactsImportCommand = defineCommand({
  meta: {
    name: 'import',
    description: `Import contacts from a CSV file, or from ${namesOf(SOURCES.slice(1))}; --apply keeps them. Alone it lists what is found here to import from.`,
  },
  args: {
    source: {
      type: 'positional',
      required: false,
      valueHint: 'SOURCE',
      description: `${namesOf(SOURCES)}. Default: csv.`,
    },
    place: {
      type: 'positional',
      required: false,
      valueHint: 'PLACE',
      description: SOURCES.map(({ name, location }) => `${name}: ${location}`).join('; '),
    },
    ...importOptions,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      if (rawArgs.every((argument) => argument === '--json')) return listImportable(args.json === true);
      const { definition, place } = readWords(takeWords(rawArgs, importOptions));
      const isDry = args.apply !== true;
      if (!isDry && args['dry-run'] === true)
        throw new UsageError('--apply and --dry-run exclude each other');
      const source = await open(definition, place, args);
      await withCommandContext(args.config, async (context) => {
        const people = await context.askForPeople();
        const stop = stopOnSignal();
        const createReport = args.json === true ? createJsonImportReport : createImportReport;
        const report = createReport(source, { isDry, isAll: args.all === true });
        try {
          const counts = await importContacts(
            source,
            { ...context, people, channels: channelsOf(context.config) },
            {
              ...{ isDry, isTrusted: args.trust === true, byName: args['by-name'] === true },
              ...{ onRow: report.row, signal: stop.signal },
              async onBatch(rows) {
                report.progress(rows);
                await context.settleAudit();
              },
            },
          );
          report.end(counts, stop.signal.aborted);
          if (people.provesNames === false) process.stderr.write(`${UNPROVED}\n`);
          process.exitCode = stop.signal.aborted ? EXIT_INTERRUPTED : exitCodeOf(counts, definition);
        } catch (error) {
          throw explain(error, source, report);
        } finally {
          stop.end();
        }
      });
    }),
});

function namesOf(sources: readonly SourceDefinition[]): string {
  return sources.map(({ name }) => name).join(', ');
}

/** The old spelling, a file alone, is a CSV file. */
function readWords([first = '', second, ...rest]: readonly string[]): {
  readonly definition: SourceDefinition;
  readonly place: string;
} {
  if (first.trim() === '')
    throw new UsageError(
      'FILE.csv, or what else to import from, is missing; gatehouse contacts import alone lists what is found',
    );
  const [csv] = SOURCES;
  const named = SOURCES.find(({ name }) => name === first.toLowerCase());
  if (named !== undefined && second === undefined)
    throw new UsageError(`what comes behind ${named.name} is missing: ${named.location}`);
  const left = named === undefined ? second : rest[0];
  if (left !== undefined)
    throw new UsageError(
      named === undefined
        ? `"${first}" is no source; there are ${namesOf(SOURCES)}. Put a FILE.csv with spaces into quotes`
        : `"${left}" is not expected here; put a place with spaces into quotes`,
    );
  const definition = named ?? csv;
  if (definition === undefined) throw new Error('there is no source');
  return { definition, place: named === undefined ? first : (second ?? '') };
}

async function open(
  definition: SourceDefinition,
  place: string,
  args: Readonly<Partial<Record<keyof typeof sourceOptions, string | boolean | undefined>>>,
): Promise<ContactSource> {
  const given = Object.entries(FIELDS).flatMap(([option, field]) => {
    const value = args[option as keyof typeof FIELDS];
    if (value === undefined || value === false) return [];
    if (!definition.options.includes(field))
      throw new UsageError(`--${option} is not for ${definition.name}; see --help`);
    return [[field, value] as const];
  });
  try {
    return await definition.open(place, Object.fromEntries(given), askSecret);
  } catch (error) {
    throw error instanceof SourceError ? new Error(error.message) : error;
  }
}

/** Mail always, as with `contacts set`; a chat only where somebody could be written to. */
function channelsOf({ reset }: Config) {
  return CHANNELS.filter(({ name }) => name === 'email' || reset?.channels[name] !== undefined);
}

function exitCodeOf({ unknown, doubtful }: ImportCounts, { hasStrangers }: SourceDefinition): number {
  return doubtful > 0 || (unknown > 0 && !hasStrangers) ? 1 : 0;
}

/** Lets the rows under way end when somebody presses Ctrl+C; a second time ends it at once. */
function stopOnSignal(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop);
  return {
    signal: controller.signal,
    end() {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
    },
  };
}

function explain(error: unknown, { place }: ContactSource, report: ImportReport): unknown {
  report.breakOff();
  if (!(error instanceof SourceError)) return error;
  return new Error(error.message.startsWith(place) ? error.message : `${place}: ${error.message}`);
}
