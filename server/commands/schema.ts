import { writeFile } from 'node:fs/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { createJsonSchema } from '../config/schema.ts';
import { refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = {
  out: { type: 'string', valueHint: 'file', description: 'Write to this file instead of standard output.' },
} as const satisfies ArgsDef;

/** `gatehouse schema`: the JSON schema of `config.yaml`, with which editors complete and check it. */
export const schemaCommand = defineCommand({
  meta: { name: 'schema', description: 'Print the JSON schema of config.yaml, for editors.' },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const text = `${JSON.stringify(createJsonSchema(MODS, CHANNELS), null, 2)}\n`;
      if (args.out === undefined) process.stdout.write(text);
      else await writeFile(args.out, text);
    }),
});
