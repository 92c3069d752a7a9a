import { readFile } from 'node:fs/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { readConfiguration } from '../program/configuration.ts';
import { findMarkedPart, findMissing } from '../reverse-proxy/nginx-check.ts';
import {
  NGINX_MODES,
  type NginxChoice,
  type NginxMode,
  optionsOf,
  writeNginxConfig,
} from '../reverse-proxy/nginx-config.ts';
import { type NginxSetup, readNginxSetup } from '../reverse-proxy/nginx-setup.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  mode: {
    type: 'string',
    valueHint: 'full|split',
    description:
      'full: everything goes through Gatehouse. split: only what Gatehouse changes, answers or guards; films go straight to Jellyfin.',
  },
  tls: { type: 'boolean', description: 'https on port 443, and a redirect from port 80.' },
  'server-name': {
    type: 'string',
    valueHint: 'NAME',
    description: 'The name people use. Default: that of public.url.',
  },
  check: {
    type: 'string',
    valueHint: 'FILE',
    description:
      'Say what a file with an earlier output lacks for the configuration in force, and print nothing else; exit code 1 then.',
  },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse nginx`: prints a configuration for an nginx in front, for the configuration in force. Starts and changes nothing. */
export const nginxCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const { config } = await readConfiguration(args.config);
      const setup = await readNginxSetup(config, MOD_LIST);
      warnOf(setup);
      if (args.check !== undefined) {
        await checkFile(args.check, setup);
        return;
      }
      const mode = readMode(args.mode);
      refuseTwoCertificates(setup, mode);
      const choice: NginxChoice = {
        mode,
        isTls: args.tls === true,
        serverName: readServerName(args['server-name'] ?? setup.publicHost),
      };
      process.stdout.write(writeNginxConfig(setup, choice));
    }),
});

/** The file says with which options it was made. */
async function checkFile(file: string, setup: NginxSetup): Promise<void> {
  const part = findMarkedPart(await readFile(file, 'utf8'));
  if (part === undefined)
    throw new Error(
      `${file} has no part that gatehouse nginx made (from "# gatehouse begin --mode …" to "# gatehouse end"); make it anew`,
    );
  const missing = findMissing(part, writeNginxConfig(setup, part.choice));
  if (missing.length === 0) {
    process.stdout.write(`${file} has all that it needs\n`);
    return;
  }
  const lines = missing.map((line) => `  ${line}\n`).join('');
  process.stdout.write(
    `${file} lacks, for the configuration in force:\n${lines}make it anew: gatehouse nginx ${optionsOf(part.choice)}\n`,
  );
  process.exitCode = 1;
}

/** Says on stderr what keeps Gatehouse from believing a proxy in front. */
export function warnOf({ isTrusted, ownAddress }: NginxSetup): void {
  if (isTrusted) return;
  process.stderr.write(
    `warning: listen.trustedProxies does not name ${ownAddress}, the address of a proxy on this machine: everybody would count as one client there; write listen: { trustedProxies: [${ownAddress}] }\n`,
  );
}

function readMode(text: string | undefined): NginxMode {
  const mode = NGINX_MODES.find((one) => one === text);
  if (mode !== undefined) return mode;
  throw new UsageError(
    `--mode takes full (everything through Gatehouse) or split (films straight to Jellyfin)${text === undefined ? '' : `, not "${text}"`}`,
  );
}

/** The name people use. @throws {UsageError} when there is none, or it is none. */
export function readServerName(name: string | undefined): string {
  if (name === undefined)
    throw new UsageError('nobody says which name people use: give --server-name NAME, or write public.url');
  if (/^(?:[a-z0-9_*][a-z0-9._*-]{0,252}|\[[0-9a-f:.]{2,45}\])$/i.test(name)) return name;
  throw new UsageError(`--server-name takes a name such as media.example.org, not "${name}"`);
}

/** nginx would have to hold both to one name. */
function refuseTwoCertificates({ gatehouse, jellyfin }: NginxSetup, mode: NginxMode): void {
  if (mode === 'full' || gatehouse.scheme === 'http' || jellyfin.scheme === 'http') return;
  throw new UsageError(
    '--mode split cannot have https on both sides behind nginx: remove listen.tls (nginx speaks https to people), or use --mode full',
  );
}
