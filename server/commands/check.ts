import { relative } from 'node:path';
import { defineCommand } from 'citty';
import type { ClientReport } from '../../injector/client-report.ts';
import { loadEnabledMods } from '../../injector/kit/data-mod.ts';
import type { ServedFiles } from '../../injector/kit/file-option.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import type { Config } from '../config/config.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import { readAuthority } from '../config/files.ts';
import { tryModFiles } from '../config/mod-files.ts';
import { formatProblems } from '../config/problems.ts';
import { findBrokenTemplates } from '../messages/messages.ts';
import { readConfiguration } from '../program/configuration.ts';
import { findWebFolder } from '../program/web-folder.ts';
import { describeReport } from './client-report-text.ts';
import { configOption, onlyOption, readHalf, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/** A mod did not find what it stands on in the client that runs, or one of its files cannot be had. */
export const EXIT_MOD_LOST = 1;

const options = {
  ...configOption,
  ...onlyOption,
  offline: {
    type: 'boolean',
    description: 'Look at the configuration only, and ask Jellyfin and the internet nothing.',
  },
  diff: { type: 'boolean', description: 'Show what the mods change in each file of Jellyfin’s web client.' },
  json: { type: 'boolean', description: 'Write what was found as one JSON object.' },
} as const;

/**
 * `gatehouse check`: says whether the configuration may be used, and whether the mods fit the Jellyfin that runs. Starts
 * nothing and changes nothing.
 */
export const checkCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const only = readHalf(args.only);
      const { config, warnings } = await readConfiguration(args.config, only);
      const doubts = [
        ...warnings.map((doubt) => formatProblems([doubt])),
        ...(await findExposedFiles(config)).map((exposed) => {
          const { says, fix } = explainExposed(exposed);
          return `${exposed.file} ${says} ${fix}`;
        }),
        ...(config.reset === undefined ? [] : findBrokenTemplates(config.reset.messages)),
      ];
      const isAsked = args.offline !== true && only !== 'reset';
      const { missing, served } = isAsked ? await tryModFiles(config) : { missing: [], served: {} };
      doubts.push(...missing);
      const report = isAsked ? await askJellyfin(config, served, args.diff === true, doubts) : undefined;
      for (const doubt of doubts) process.stderr.write(`warning: ${doubt}\n`);
      if (args.json === true)
        process.stdout.write(`${JSON.stringify({ warnings: doubts, ...report }, null, 2)}\n`);
      else {
        const near = relative('', config.file);
        const file = near.startsWith('..') ? config.file : near;
        process.stdout.write(`${config.isFromFile ? file : 'what the environment says'} is fine\n`);
        if (report !== undefined) process.stdout.write(describeReport(report));
      }
      const isLost = report?.mods.some(({ state }) => state === 'lost') === true;
      if (isLost || missing.length > 0) process.exitCode = EXIT_MOD_LOST;
    }),
});

async function askJellyfin(
  config: Config,
  files: ServedFiles,
  withFiles: boolean,
  doubts: string[],
): Promise<ClientReport | undefined> {
  const { enabledMods: enabled, modConditions: conditions } = config;
  try {
    // Not needed for the configuration alone.
    const { createClientReport } = await import('../../injector/client-report.ts');
    const ca = await readAuthority(config.jellyfin.caFile, 'jellyfin');
    return await createClientReport(
      { url: config.jellyfin.url, ca },
      { mods: await loadEnabledMods(MOD_LIST, enabled), enabled, conditions, files },
      { clientFolder: `${findWebFolder()}/client`, withFiles },
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    doubts.push(
      `the mods were not looked at: Jellyfin at jellyfin.url does not answer (${reason}); start it, or use --offline`,
    );
    return undefined;
  }
}
