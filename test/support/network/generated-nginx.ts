import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { readConfig } from '../../../server/config/load.ts';
import { CACHE_FOLDER, type NginxMode } from '../../../server/reverse-proxy/nginx-choice.ts';
import { writeNginxConfig } from '../../../server/reverse-proxy/nginx-config.ts';
import { readNginxSetup } from '../../../server/reverse-proxy/nginx-setup.ts';
import type { MadeCertificate } from './certificates.ts';
import { type Nginx, startNginxWith, tryNginxConfig } from './nginx.ts';

/** What `gatehouse nginx` prints for a config file. */
export async function generateNginx(
  configPath: string,
  mode: NginxMode,
  isTls = false,
  serverName = '127.0.0.1',
): Promise<string> {
  return await generate(configPath, mode, { isTls, serverName, cache: CACHE_FOLDER });
}

/** The same with `--snippet`. */
export async function generateSnippet(
  configPath: string,
  mode: NginxMode,
  names: Names = {},
): Promise<string> {
  return await generate(configPath, mode, {
    isSnippet: true,
    serverName: undefined,
    cache: undefined,
    ...names,
  });
}

/** Where nginx finds both, and who knows their names. */
export interface Names {
  readonly gatehouse?: string;
  readonly jellyfin?: string;
  readonly resolver?: string;
}

async function generate(
  configPath: string,
  mode: NginxMode,
  more: Names & {
    isTls?: boolean;
    isSnippet?: boolean;
    serverName: string | undefined;
    cache: string | undefined;
  },
): Promise<string> {
  const { config } = await readConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
  const choice = {
    ...{ mode, isTls: false, isSnippet: false },
    ...{ gatehouse: undefined, jellyfin: undefined, resolver: undefined, ...more },
  };
  const addresses = {
    gatehouse: choice.gatehouse === undefined ? undefined : new URL(choice.gatehouse),
    jellyfin: choice.jellyfin === undefined ? undefined : new URL(choice.jellyfin),
  };
  return writeNginxConfig(await readNginxSetup(config, MOD_LIST, addresses), choice);
}

/** Header in which tests say who they are, as a proxy in front of this nginx would. */
export const CLIENT_HEADER = 'X-Test-Client';

/** Believes it. */
export const BELIEVING_CLIENTS = `real_ip_header ${CLIENT_HEADER}; set_real_ip_from 127.0.0.1;`;

/**
 * Starts nginx with that text on a free loopback port; nothing of it is changed but where it listens, its certificate and the folder of its cache.
 *
 * @param certificate Given, it is the text of `--tls`.
 */
export function startGeneratedNginx(text: string, certificate?: MadeCertificate): Promise<Nginx> {
  return startNginxWith(generatedBlock(text, certificate));
}

/** That text as an `http` block for a loopback port, as {@link startGeneratedNginx} has it. */
export function generatedBlock(text: string, certificate?: MadeCertificate): (port: number) => string {
  return (port) => `${BELIEVING_CLIENTS}\n${onLoopback(text, port, certificate)}`;
}

/** Starts nginx with a snippet, in a server block that has nothing else. */
export function startSnippet(text: string): Promise<Nginx> {
  return startNginxWith((port) => `${BELIEVING_CLIENTS}\nserver { listen 127.0.0.1:${port};\n${text}}`);
}

/** What `nginx -t` says of that text. */
export function tryGeneratedNginx(text: string, certificate?: MadeCertificate): Promise<string> {
  return tryNginxConfig((port) => onLoopback(text, port, certificate));
}

function onLoopback(text: string, port: number, certificate: MadeCertificate | undefined): string {
  return (
    (certificate === undefined ? text : withoutRedirect(text))
      .replace(/^ *listen \[::\]:.*\n/gm, '')
      // Below its own folder.
      .replace('proxy_cache_path /var/cache/nginx-gatehouse', 'proxy_cache_path cache')
      .replace(/listen (?:80|443)/, `listen 127.0.0.1:${port}`)
      .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate?.certFile};`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${certificate?.keyFile};`)
  );
}

/** Port 80 is not ours. */
function withoutRedirect(text: string): string {
  return text.replace(/server \{\n(?: {4}.*\n)*? {4}return 301 .*\n\}\n/, '');
}
