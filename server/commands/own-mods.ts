import { createInterface } from 'node:readline/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { oneLine } from '../messages/messages.ts';
import { codeNotice, describeChanges, listFiles } from '../own-mods/describe-data-mod.ts';
import { createDataModFolder } from '../own-mods/new-data-mod.ts';
import { configurationFolder } from '../program/configuration.ts';
import { configOption, takeWord } from './options.ts';
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

/** `gatehouse mods new NAME`: makes the folder of a mod that works at once, beside the configuration. */
export const modsNewCommand = defineCommand({
  meta: {
    name: 'new',
    description: 'Begin a mod of your own: a folder in mods/ beside config.yaml, without a program.',
  },
  args: { ...modWord, ...configOption },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = takeWord(rawArgs, configOption, 'NAME');
      const file = await createDataModFolder(configurationFolder(args.config), name, MODS);
      process.stdout.write(`${file} is there; ${howToSwitchOn(oneLine(name))}`);
    }),
});

const options = {
  yes: { type: 'boolean', description: 'Add it without asking.' },
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse mods add FOLDER|FILE.tgz`: shows what a mod changes, and after a yes copies it beside the configuration. Exit
 * code 1 when the answer is no, 64 where nobody can be asked.
 */
export const modsAddCommand = defineCommand({
  meta: { name: 'add', description: 'Add a mod from a folder or a .tgz: shows what it changes, and asks.' },
  args: {
    source: {
      type: 'positional',
      required: false,
      valueHint: 'FOLDER|FILE.tgz',
      description: 'The folder with its mod.yaml, or an archive of it.',
    },
    ...options,
  },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const source = takeWord(rawArgs, options, 'FOLDER or FILE.tgz');
      if (/^https?:/i.test(source))
        throw new UsageError('an address is not taken; download the archive, look at it, and name the file');
      // The library that reads archives is loaded only here.
      const { findDataMod } = await import('../own-mods/add-data-mod.ts');
      const { definition, files, add } = await findDataMod(source, configurationFolder(args.config), MODS);
      const code = codeNotice(definition);
      const lines = [
        `${definition.name}  ${oneLine(definition.title)}`,
        `  Jellyfin ${oneLine(definition.jellyfin)}`,
        ...describeChanges(definition, files).map((line) => `  ${line}`),
        '  files:',
        ...listFiles(files).map((line) => `    ${line}`),
        ...(code === undefined ? [] : ['', `${code}`, CODE_WARNING]),
      ];
      process.stdout.write(`${lines.join('\n')}\n\n`);
      if (args.yes !== true && !(await isWanted())) {
        process.stderr.write('nothing was added\n');
        process.exitCode = 1;
        return;
      }
      process.stdout.write(`${await add()} is there; ${howToSwitchOn(definition.name)}`);
    }),
});

const CODE_WARNING =
  'ITS SCRIPTS CAN DO WHATEVER THE PERSON WHO IS SIGNED IN CAN DO. TAKE IT ONLY FROM SOMEBODY YOU TRUST.';

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
