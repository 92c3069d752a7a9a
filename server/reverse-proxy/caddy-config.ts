import { splitSite } from './caddy-split.ts';
import {
  CONNECT_SECONDS,
  certificateOf,
  type FrontChoice,
  IDLE_SECONDS,
  introduction,
  PATIENCE_MINUTES,
} from './front-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';

/**
 * Writes a site for a Caddyfile. For Caddy 2.6, Debian 12's, and newer.
 *
 * Source: Caddy's documentation, "reverse_proxy" (what it writes into X-Forwarded-* by itself, and that WebSockets need nothing).
 */
export function writeCaddyConfig(setup: NginxSetup, choice: FrontChoice): string {
  const { strippedPath } = setup;
  const isSplit = choice.mode === 'split';
  const gatehouse = toGatehouse(setup);
  const site = [
    ...(choice.isTls ? [...certificate(choice.serverName), ''] : []),
    ...(isSplit
      ? splitSite(setup, gatehouse, toJellyfin(setup))
      : strippedPath === ''
        ? gatehouse
        : belowPath(strippedPath, gatehouse)),
  ];
  const lines = [
    ...introduction(setup, choice, {
      command: 'caddy',
      home: 'Belongs into /etc/caddy/Caddyfile. For Caddy 2.6 (Debian 12) and newer.',
      known: 'Behind another proxy of yours, name it in trusted_proxies, within reverse_proxy.',
    }),
    `${choice.isTls ? '' : 'http://'}${choice.serverName} {`,
    ...site.map((line) => (line === '' ? '' : `\t${line}`)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function certificate(serverName: string): string[] {
  const { chain, key } = certificateOf(serverName);
  return [
    '# Caddy fetches a certificate by itself, and leads here from port 80. For one of your own:',
    `# tls ${chain} ${key}`,
  ];
}

function belowPath(path: string, inside: readonly string[]): string[] {
  return [
    `redir ${path} ${path}/ 301`,
    `handle_path ${path}/* {`,
    ...inside.map((line) => `\t${line}`),
    '}',
    'handle {',
    '\trespond 404',
    '}',
  ];
}

function toGatehouse({ gatehouse }: NginxSetup): string[] {
  // As for nginx: it is asked on this machine, where a certificate proves nothing.
  const verified = [`tls_server_name ${gatehouse.name}`, 'tls_insecure_skip_verify'];
  return reverseProxy(addressOf(gatehouse), gatehouse.scheme === 'https' ? verified : undefined, []);
}

function toJellyfin({ jellyfin }: NginxSetup): string[] {
  const { caFile, name } = jellyfin;
  const verified = [
    `tls_server_name ${name}`,
    ...(caFile === undefined ? [] : [`tls_trusted_ca_certs ${caFile}`]),
  ];
  return reverseProxy(addressOf(jellyfin), jellyfin.scheme === 'https' ? verified : undefined, [
    'header_up X-Real-IP {remote_host}',
  ]);
}

function addressOf({ server, scheme }: Pick<NginxSetup['gatehouse'], 'server' | 'scheme'>): string {
  if (server.startsWith('unix:')) return server.replace(/^unix:/, 'unix/');
  return `${scheme === 'https' ? 'https://' : ''}${server}`;
}

/** @param tls What is said of https to that server; undefined for http. */
function reverseProxy(
  address: string,
  tls: readonly string[] | undefined,
  headers: readonly string[],
): string[] {
  return [
    `reverse_proxy ${address} {`,
    '\t# Who asks: Caddy itself writes into X-Forwarded-For, -Proto and -Host what it saw, whatever the client says of itself.',
    ...(tls === undefined ? [] : ['\theader_up Host {hostport}']),
    ...headers.map((line) => `\t${line}`),
    // Not -1, by which Caddy 2.6 goes on asking for what nobody reads any more.
    '\t# Streams go out as they come, and end when nobody reads them.',
    '\tflush_interval 1ms',
    '\ttransport http {',
    `\t\tdial_timeout ${CONNECT_SECONDS}s`,
    `\t\tresponse_header_timeout ${PATIENCE_MINUTES}m`,
    `\t\tkeepalive ${IDLE_SECONDS}s`,
    '\t\tcompression off',
    ...(tls ?? []).map((line) => `\t\t${line}`),
    '\t}',
    '}',
  ];
}
