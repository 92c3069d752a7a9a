import { writeFile } from 'node:fs/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { withOwnMods } from '../../injector/kit/data-mod.ts';
import { MODS } from '../../injector/mods/all.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { readDataMods } from '../config/data-mods.ts';
import { createJsonSchema } from '../config/schema.ts';
import { configurationFolder } from '../program/configuration.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = {
  ...configOption,
  out: { type: 'string', valueHint: 'file', description: 'Write to this file instead of standard output.' },
} as const satisfies ArgsDef;

/** `gatehouse schema`: the JSON schema of `config.yaml`, mods in the folder beside it included, with which editors complete and check it. */
export const schemaCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const own = await readDataMods(configurationFolder(args.config), MOD_LIST.names);
      const mods = withOwnMods(MODS, own.mods);
      const text = `${JSON.stringify(createJsonSchema(mods, CHANNELS), null, 2)}\n`;
      if (args.out === undefined) process.stdout.write(text);
      else await writeFile(args.out, text);
    }),
});
