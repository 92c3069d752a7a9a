import { relative } from 'node:path';
import { defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import { loadConfig } from '../config/load.ts';
import { configOption, onlyOption, readHalf, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...configOption, ...onlyOption };

/** `gatehouse check`: says whether the configuration may be used. Starts nothing and changes nothing. */
export const checkCommand = defineCommand({
  meta: {
    name: 'check',
    description: 'Check the configuration: every problem at once, exit code 78 when there is one.',
  },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const only = readHalf(args.only);
      const config = await loadConfig({
        configPath: args.config,
        environment: process.env,
        mods: MODS,
        channels: CHANNELS,
        only,
      });
      for (const exposed of await findExposedFiles(config)) {
        const { says, fix } = explainExposed(exposed);
        process.stderr.write(`warning: ${says} ${fix}\n`);
      }
      const near = relative('', config.file);
      process.stdout.write(`${near.startsWith('..') ? config.file : near} is fine\n`);
    }),
});
