import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type ArgsDef, defineCommand } from 'citty';
import { MOD_LIST } from '../../injector/mods/index.ts';
import type { Config } from '../config/config.ts';
import { readConfiguration } from '../program/configuration.ts';
import { findLacking } from '../reverse-proxy/nginx-check.ts';
import {
  CACHE_FOLDER,
  NGINX_MODES,
  type NginxChoice,
  type NginxMode,
  NO_CACHE,
  optionsOf,
} from '../reverse-proxy/nginx-choice.ts';
import { writeNginxConfig } from '../reverse-proxy/nginx-config.ts';
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
  snippet: {
    type: 'boolean',
    description:
      'Only what belongs into a server block that is there, as that of SWAG, Nginx Proxy Manager or your own.',
  },
  tls: { type: 'boolean', description: 'https on port 443, and a redirect from port 80.' },
  'server-name': {
    type: 'string',
    valueHint: 'NAME',
    description: 'The name people use. Default: that of public.url.',
  },
  gatehouse: {
    type: 'string',
    valueHint: 'URL',
    description:
      'Where nginx finds Gatehouse, such as http://gatehouse:8097 between containers. Default: on this machine, by the listen settings.',
  },
  jellyfin: {
    type: 'string',
    valueHint: 'URL',
    description: 'Where nginx finds Jellyfin, without a base URL. Default: jellyfin.url.',
  },
  resolver: {
    type: 'string',
    valueHint: 'ADDRESS',
    description:
      'Let nginx ask this name server for their names while it runs, in Docker 127.0.0.11. Default: nginx looks names up when it starts.',
  },
  cache: {
    type: 'string',
    valueHint: 'FOLDER|off',
    description: `Where nginx keeps the page of the web client for a second, so that many may come at once; off: nowhere. Default: ${CACHE_FOLDER}; off with --snippet.`,
  },
  check: {
    type: 'string',
    valueHint: 'FILE',
    description:
      'Say what a file with an earlier output lacks for the configuration in force, and print nothing else; exit code 1 then.',
  },
  ...configOption,
} as const satisfies ArgsDef;

/** What was typed, by option. */
type Typed = { readonly [name in keyof typeof options]?: string | boolean | undefined };

/** `gatehouse nginx`: prints a configuration for an nginx in front, for the configuration in force. Starts and changes nothing. */
export const nginxCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const { config } = await readConfiguration(args.config);
      if (args.check !== undefined) {
        await checkFile(args.check, config);
        return;
      }
      const asked = readChoice(args);
      const setup = await setupFor(config, asked);
      warnOf(setup);
      refuseTwoCertificates(setup, asked.mode);
      process.stdout.write(writeNginxConfig(setup, withName(asked, setup.publicHost)));
    }),
});

/** The file says with which options it was made. */
async function checkFile(file: string, config: Config): Promise<void> {
  const found = await findLacking(await readFile(file, 'utf8'), config, MOD_LIST);
  if (found === undefined)
    throw new Error(
      `${file} has no part that gatehouse nginx made (from "# gatehouse begin --mode …" to "# gatehouse end"); make it anew`,
    );
  const { choice, setup, missing } = found;
  warnOf(setup);
  if (missing.length === 0) {
    process.stdout.write(`${file} has all that it needs\n`);
    return;
  }
  const lines = missing.map((line) => `  ${line}\n`).join('');
  process.stdout.write(
    `${file} lacks, for the configuration in force:\n${lines}make it anew: gatehouse nginx ${optionsOf(choice)}\n`,
  );
  process.exitCode = 1;
}

function setupFor(config: Config, { gatehouse, jellyfin }: NginxChoice): Promise<NginxSetup> {
  return readNginxSetup(config, MOD_LIST, {
    gatehouse: gatehouse === undefined ? undefined : readAddress('gatehouse', gatehouse),
    jellyfin: jellyfin === undefined ? undefined : readAddress('jellyfin', jellyfin),
  });
}

/** Says on stderr what keeps Gatehouse from believing a proxy in front. */
export function warnOf({ isTrusted, ownAddress }: NginxSetup): void {
  if (isTrusted) return;
  process.stderr.write(
    ownAddress === undefined
      ? 'warning: listen.trustedProxies is empty: everybody would count as one client; write the address or the network of nginx into it, such as listen: { trustedProxies: [172.18.0.0/16] }\n'
      : `warning: listen.trustedProxies does not name ${ownAddress}, the address of a proxy on this machine: everybody would count as one client there; write listen: { trustedProxies: [${ownAddress}] }\n`,
  );
}

function readChoice(typed: Typed): NginxChoice {
  const { gatehouse, jellyfin, resolver } = typed;
  const isSnippet = typed.snippet === true;
  if (isSnippet && (typed.tls === true || typed['server-name'] !== undefined))
    throw new UsageError(
      '--snippet has no --tls and no --server-name: both belong to the server block that it goes into',
    );
  if (isSnippet && typed.cache !== undefined && typed.cache !== NO_CACHE)
    throw new UsageError(
      '--snippet has no --cache: nginx wants its folder named outside of every server block',
    );
  return {
    mode: readMode(typed.mode),
    ...{ isSnippet, isTls: typed.tls === true },
    serverName: typed['server-name'] === undefined ? undefined : readServerName(typed['server-name']),
    gatehouse: gatehouse === undefined ? undefined : readAddress('gatehouse', gatehouse).origin,
    jellyfin: jellyfin === undefined ? undefined : readAddress('jellyfin', jellyfin).origin,
    resolver: resolver === undefined ? undefined : readResolver(resolver),
    cache: isSnippet ? undefined : readFolder(typed.cache ?? CACHE_FOLDER),
  };
}

function readMode(text: unknown): NginxMode {
  const mode = NGINX_MODES.find((one) => one === text);
  if (mode !== undefined) return mode;
  throw new UsageError(
    `--mode takes full (everything through Gatehouse) or split (films straight to Jellyfin)${text === undefined ? '' : `, not "${text}"`}`,
  );
}

function withName(choice: NginxChoice, publicHost: string | undefined): NginxChoice {
  if (choice.isSnippet || choice.serverName !== undefined) return choice;
  return { ...choice, serverName: readServerName(publicHost) };
}

/** The name people use. @throws {UsageError} when it is none, or nobody says one. */
export function readServerName(name: string | boolean | undefined): string {
  if (name === undefined)
    throw new UsageError('nobody says which name people use: give --server-name NAME, or write public.url');
  if (/^(?:[a-z0-9_*][a-z0-9._*-]{0,252}|\[[0-9a-f:.]{2,45}\])$/i.test(String(name))) return String(name);
  throw new UsageError(`--server-name takes a name such as media.example.org, not "${name}"`);
}

function readAddress(option: 'gatehouse' | 'jellyfin', text: string | boolean): URL {
  const url = URL.parse(String(text));
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin && /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) return url;
  const hint = option === 'jellyfin' ? '; a base URL is taken from jellyfin.url' : '';
  throw new UsageError(
    `--${option} takes an address such as ${option === 'gatehouse' ? 'http://gatehouse:8097' : 'http://jellyfin:8096'}, not "${text}"${hint}`,
  );
}

function readResolver(text: string | boolean): string {
  const address = String(text);
  if (isIP(address) === 4) return address;
  if (isIP(address) === 6) return `[${address}]`;
  throw new UsageError(`--resolver takes the address of a name server such as 127.0.0.11, not "${text}"`);
}

function readFolder(text: string | boolean): string | undefined {
  if (text === NO_CACHE) return undefined;
  if (/^\/[\w./-]*\w$/.test(String(text))) return String(text);
  throw new UsageError(`--cache takes the path of a folder such as ${CACHE_FOLDER}, or off, not "${text}"`);
}

/** nginx would have to hold both to one name. */
function refuseTwoCertificates({ gatehouse, jellyfin }: NginxSetup, mode: NginxMode): void {
  if (mode === 'full' || gatehouse.scheme === 'http' || jellyfin.scheme === 'http') return;
  throw new UsageError(
    '--mode split cannot have https on both sides behind nginx: remove listen.tls (nginx speaks https to people), or use --mode full',
  );
}
