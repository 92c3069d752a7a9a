import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ArgsDef, defineCommand } from 'citty';
import type { Config } from '../config/config.ts';
import { explainExposed, findExposedFiles } from '../config/exposed-secrets.ts';
import type { ConfigReading } from '../config/load.ts';
import { ConfigError, formatProblems } from '../config/problems.ts';
import { type DoctorParts, examine } from '../doctor/doctor.ts';
import { type Finding, failed, fine, warning } from '../doctor/finding.ts';
import { oneLine } from '../messages/messages.ts';
import { readConfiguration } from '../program/configuration.ts';
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
      const findings = await findingsOf(args.config, readHalf(args.only), {
        pinFileOf: args['pin-file'],
        mailTo: args.mail,
      });
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
  wanted: Pick<DoctorParts, 'mailTo' | 'pinFileOf'>,
): Promise<Finding[]> {
  let read: ConfigReading;
  try {
    read = await readConfiguration(configPath, only);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [failed('config', error.message, 'Correct these lines; config.example.yaml shows every field.')];
  }
  const { config, warnings } = read;
  if (wanted.pinFileOf !== undefined)
    process.stderr.write(`${announcePinFile(oneLine(wanted.pinFileOf), config)}\n`);
  const exposed = await findExposedFiles(config);
  const areOurPartsThere = existsSync(join(findWebFolder(), 'client'));
  return [
    fine('config', `${config.isFromFile ? config.file : 'What the environment says'} is fine.`),
    ...warnings.map((doubt) =>
      warning('config', `${formatProblems([doubt])}.`, 'Correct it, or leave it where it is meant so.'),
    ),
    ...exposed.map((one) => {
      const { says, fix } = explainExposed(one);
      return warning('config-rights', `${one.file} ${says}`, fix);
    }),
    ...(await examine({ config, areOurPartsThere, ...wanted })),
  ];
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

/** A finding as it is printed, without a line end. */
export function toLines({ name, state, says, fix }: Finding): string {
  const margin = `\n${' '.repeat(17)}`;
  const line = `${SIGNS[state]} ${name.padEnd(13)}  ${says.replaceAll('\n', margin)}`;
  return fix === undefined ? line : `${line}${margin}→ ${fix}`;
}
