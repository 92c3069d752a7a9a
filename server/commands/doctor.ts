import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import type { Config } from '../config/config.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import type { ConfigReading } from '../config/load.ts';
import { ConfigError, formatProblems } from '../config/problems.ts';
import { type BundleParts, makeBundle } from '../doctor/bundle/bundle.ts';
import { CHECKS } from '../doctor/checks.ts';
import { type DoctorParts, examine, examineAccounts } from '../doctor/doctor.ts';
import { type Finding, failed, fine, warning } from '../doctor/finding.ts';
import { oneLine } from '../messages/messages.ts';
import { configurationFile, readConfiguration } from '../program/configuration.ts';
import { findWebFolder } from '../program/web-folder.ts';
import { configOption, onlyOption, readHalf, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = {
  json: { type: 'boolean', description: 'Print one JSON object instead of lines.' },
  mail: {
    type: 'string',
    valueHint: 'ADDRESS',
    description: 'Also send a test message to that mail address.',
  },
  nginx: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Also say what that file of an nginx in front lacks for the configuration in force.',
  },
  online: {
    type: 'boolean',
    description:
      'Also ask npm’s registry whether there is a newer release; it sees the address of this machine.',
  },
  bundle: {
    type: 'string',
    valueHint: 'FILE',
    description:
      'Also write what one would attach to a report, with stand-ins for secrets, addresses and names.',
  },
  'pin-file': {
    type: 'string',
    valueHint: 'NAME',
    description:
      'Also have Jellyfin write a PIN file for that user, and see whether it comes. It kills an earlier one, and a Gatehouse that watches the folder sends that person a message.',
  },
  ...configOption,
  ...onlyOption,
} as const satisfies ArgsDef;

const SIGNS = { fine: '✓', failed: '✗', skipped: '–', warning: '!' } as const;

/** `gatehouse doctor`: tries everything Gatehouse needs and says how to mend what does not work. Changes nothing without --pin-file, sends nothing without --mail. */
export const doctorCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const only = readHalf(args.only);
      const { findings, config } = await findingsOf(args.config, only, {
        pinFileOf: args['pin-file'],
        mailTo: args.mail,
        nginxFile: args.nginx,
        isOnline: args.online === true,
      });
      if (args.bundle !== undefined)
        await writeBundle(args.bundle, { findings, config, configFile: configurationFile(args.config) });
      const isFine = findings.every(({ state }) => state !== 'failed');
      process.stdout.write(
        args.json === true
          ? `${JSON.stringify({ isFine, checks: findings }, null, 2)}\n`
          : `${findings.map(toLines).join('\n')}\n`,
      );
      process.exitCode = isFine ? 0 : 1;
    }),
});

async function findingsOf(
  configPath: string | undefined,
  only: Config['only'],
  wanted: Omit<DoctorParts, 'config' | 'areOurPartsThere' | 'webFolder'>,
): Promise<{ readonly findings: readonly Finding[]; readonly config: Config | undefined }> {
  let read: ConfigReading;
  try {
    read = await readConfiguration(configPath, only);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const fix = 'Correct it; config.example.yaml shows every field, and gatehouse init writes a new one.';
    return { findings: [failed('config', error.message, fix)], config: undefined };
  }
  const { config, warnings } = read;
  if (wanted.pinFileOf !== undefined)
    process.stderr.write(`${announcePinFile(oneLine(wanted.pinFileOf), config)}\n`);
  const exposed = await findExposedFiles(config);
  const webFolder = findWebFolder();
  const areOurPartsThere = existsSync(join(webFolder, 'client'));
  const findings = [
    fine('config', `${config.isFromFile ? config.file : 'What the environment says'} is fine.`),
    ...warnings.map((doubt) =>
      warning('config', `${formatProblems([doubt])}.`, 'Correct it, or leave it where it is meant so.'),
    ),
    ...exposed.map((one) => {
      const { says, fix } = explainExposed(one);
      return warning('config-rights', `${one.file} ${says}`, fix);
    }),
    ...(await examine({ config, areOurPartsThere, webFolder, ...wanted })),
  ];
  return { findings, config };
}

/** Nobody but its owner may read it: what it holds is for one report. */
async function writeBundle(
  file: string,
  parts: Pick<BundleParts, 'findings' | 'config' | 'configFile'>,
): Promise<void> {
  const { config } = parts;
  const users = (config === undefined ? undefined : await examineAccounts(config)) ?? [];
  await writeFile(file, await makeBundle({ ...parts, users, environment: process.env }), { mode: 0o600 });
  process.stderr.write(
    `${file} holds what belongs to a report, with stand-ins for secrets, addresses and names; look through it before you attach it\n`,
  );
}

/** Said before it is done: the person did not ask for it. */
function announcePinFile(userName: string, { reset, jellyfin }: Config): string {
  const isWatched =
    reset !== undefined && jellyfin.dataFolder !== undefined && jellyfin.watchDataFolder !== 'off';
  const kills = `Jellyfin is asked for a PIN file for ${userName} now; an earlier PIN of theirs dies.`;
  const told =
    'A Gatehouse that runs takes it for their wish and sends them a message: tell them that it was you.';
  return isWatched ? `${kills} ${told}` : kills;
}

/** Letters of the longest name of a check: what is said of each begins below the other. */
const NAME_WIDTH = Math.max(...Object.keys(CHECKS).map(({ length }) => length));

/** A finding as it is printed, without a line end. */
export function toLines({ name, state, says, fix }: Finding): string {
  const margin = `\n${' '.repeat(NAME_WIDTH + 4)}`;
  const line = `${SIGNS[state]} ${name.padEnd(NAME_WIDTH)}  ${says.replaceAll('\n', margin)}`;
  return fix === undefined ? line : `${line}${margin}→ ${fix}`;
}
