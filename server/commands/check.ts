import { relative } from 'node:path';
import { defineCommand } from 'citty';
import { MODS } from '../../injector/mods/index.ts';
import { CHANNELS } from '../channels/registry.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import { readConfig } from '../config/load.ts';
import { formatProblems } from '../config/problems.ts';
import { configOption, onlyOption, readHalf, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = { ...configOption, ...onlyOption };

/** `gatehouse check`: says whether the configuration may be used. Starts nothing and changes nothing. */
export const checkCommand = defineCommand({
  meta: {
    name: 'check',
    description:
      'Check the configuration: every problem at once, exit code 78 when there is one; warnings change no exit code.',
  },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const only = readHalf(args.only);
      const { config, warnings } = await readConfig({
        configPath: args.config,
        environment: process.env,
        mods: MODS,
        channels: CHANNELS,
        only,
      });
      for (const doubt of warnings) process.stderr.write(`warning: ${formatProblems([doubt])}\n`);
      for (const exposed of await findExposedFiles(config)) {
        const { says, fix } = explainExposed(exposed);
        process.stderr.write(`warning: ${exposed.file} ${says} ${fix}\n`);
      }
      const near = relative('', config.file);
      const file = near.startsWith('..') ? config.file : near;
      process.stdout.write(`${config.isFromFile ? file : 'what the environment says'} is fine\n`);
    }),
});
