import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type ArgsDef, defineCommand } from 'citty';
import type { FetchSettings } from '../../injector/files/fetched-files.ts';
import { LOCK_FILE } from '../../injector/files/lock-file.ts';
import { isWebAddress } from '../../injector/kit/web-address.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { ConfigError } from '../config/problems.ts';
import { oneLine } from '../messages/messages.ts';
import { codeNotice, describeChanges, listFiles } from '../own-mods/describe-data-mod.ts';
import { createDataModFolder } from '../own-mods/new-data-mod.ts';
import { configurationFolder, readConfiguration } from '../program/configuration.ts';
import { configOption, jsonOption, printJson, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const howToSwitchOn = (name: string): string => `switch it on in config.yaml:\n\nmods:\n  ${name}: true\n`;

const modWord = {
  name: {
    type: 'positional',
    required: false,
    valueHint: 'NAME',
    description: 'Name of the mod, such as film-night.',
  },
} as const satisfies ArgsDef;

const newOptions = { ...jsonOption, ...configOption } as const satisfies ArgsDef;

/** `gatehouse mods new NAME`: makes the folder of a mod that works at once, beside the configuration. */
export const modsNewCommand = defineCommand({
  meta: {
    name: 'new',
    description: 'Begin a mod of your own: a folder in mods/ beside config.yaml, without a program.',
  },
  args: { ...modWord, ...newOptions },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, newOptions, 'NAME');
      const file = await createDataModFolder(configurationFolder(args.config), name, MOD_LIST.names);
      if (args.json === true) printJson({ name, file });
      else process.stdout.write(`${file} is there; ${howToSwitchOn(oneLine(name))}`);
    }),
});

const options = {
  yes: { type: 'boolean', description: 'Add it without asking.' },
  json: {
    type: 'boolean',
    description: 'Print JSON: what it is, what it changes and where it was put. Goes with --yes.',
  },
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse mods add FOLDER|FILE.tgz|ADDRESS`: shows what a mod changes, and after a yes copies it beside the configuration; what
 * came from an address stands in `mods.lock.yaml`. Exit code 1 when the answer is no, 64 where nobody can be asked.
 */
export const modsAddCommand = defineCommand({
  meta: {
    name: 'add',
    description:
      'Add a mod from a folder, a .tgz or the web address of one: shows where it is from and what it changes, and asks.',
  },
  args: {
    source: {
      type: 'positional',
      required: false,
      valueHint: 'FOLDER|FILE.tgz|ADDRESS',
      description: 'The folder with its mod.yaml, an archive of it, or the http(s) address of an archive.',
    },
    ...options,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const source = takeWord(rawArgs, options, 'FOLDER, FILE.tgz or ADDRESS');
      const isJson = args.json === true;
      if (isJson && args.yes !== true)
        throw new UsageError('--json asks nothing and goes with --yes; without both it shows the mod first');
      // The libraries that fetch and read archives are loaded only here.
      const { describeOrigin, fetchMod, isOther } = await import('../own-mods/fetch-mod.ts');
      const { findDataMod } = await import('../own-mods/add-data-mod.ts');
      const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(source);
      if (isAddress && !isWebAddress(source))
        throw new UsageError(
          'an address begins with https:// or http://, and has no password or blank in it',
        );
      const fetched = isAddress
        ? await fetchMod(source, await fetchSettings(args.config), Date.now())
        : undefined;
      // Said first: it is also of interest where the mod is not taken.
      if (fetched !== undefined && !isJson) process.stdout.write(`${describeOrigin(fetched).join('\n')}\n\n`);
      const { definition, files, add } = await findDataMod(
        fetched ?? source,
        configurationFolder(args.config),
        MOD_LIST.names,
      );
      const code = codeNotice(definition);
      const lines = [
        `${definition.name}  ${oneLine(definition.title)}`,
        `  Jellyfin ${oneLine(definition.jellyfin)}`,
        ...describeChanges(definition, files).map((line) => `  ${line}`),
        '  files:',
        ...listFiles(files).map((line) => `    ${line}`),
        ...(code === undefined ? [] : ['', `${code}`, CODE_WARNING]),
      ];
      if (!isJson) process.stdout.write(`${lines.join('\n')}\n\n`);
      if (args.yes === true && fetched !== undefined && isOther(fetched))
        throw new Error(`nothing was added: --yes does not take what is different now; ${HOW_TO_TAKE_OTHER}`);
      if (args.yes !== true && !(await isWanted())) {
        process.stderr.write('nothing was added\n');
        process.exitCode = 1;
        return;
      }
      const place = await add();
      await fetched?.note(definition.name);
      if (isJson) {
        const { name, title, jellyfin } = definition;
        const origin = fetched === undefined ? [] : describeOrigin(fetched);
        const changes = describeChanges(definition, files);
        printJson({ name, title, jellyfin, origin, changes, code: code ?? null, place });
      } else process.stdout.write(`${place} is there; ${howToSwitchOn(definition.name)}`);
    }),
});

const HOW_TO_TAKE_OTHER =
  'answer on a terminal, or remove the lines of this address from mods.lock.yaml beside config.yaml';

/** Who may be asked; where the configuration cannot be used, which the mod that is added may mend, nobody at home. */
async function fetchSettings(
  configPath: string | undefined,
): Promise<Pick<FetchSettings, 'lockFile' | 'allowPrivate'>> {
  try {
    return (await readConfiguration(configPath)).config.files;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(
      'files.allowPrivate is not known, so only servers on the internet are asked: gatehouse check says what is wrong\n',
    );
    return { lockFile: join(configurationFolder(configPath), LOCK_FILE), allowPrivate: [] };
  }
}

const CODE_WARNING =
  'ITS CODE CAN DO WHATEVER THE PERSON WHO IS SIGNED IN CAN DO. TAKE IT ONLY FROM SOMEBODY YOU TRUST.';

/** @throws {UsageError} where nobody can be asked. */
async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError('nothing was added: say --yes to add it, or run this on a terminal');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^\s*y(?:es)?\s*$/i.test(await asking.question('Add it? [y/N] '));
  } finally {
    asking.close();
  }
}
