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
  const proxy = reverseProxy(setup);
  const site = [
    ...(choice.isTls ? [...certificate(choice.serverName), ''] : []),
    ...(strippedPath === ''
      ? proxy
      : [
          `redir ${strippedPath} ${strippedPath}/ 301`,
          `handle_path ${strippedPath}/* {`,
          ...proxy.map((line) => `\t${line}`),
          '}',
          'handle {',
          '\trespond 404',
          '}',
        ]),
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

function reverseProxy({ gatehouse }: NginxSetup): string[] {
  const isHttps = gatehouse.scheme === 'https';
  return [
    `reverse_proxy ${isHttps ? 'https://' : ''}${gatehouse.server} {`,
    '\t# Who asks: Caddy itself writes into X-Forwarded-For, -Proto and -Host what it saw, whatever the client says of itself.',
    ...(isHttps ? ['\theader_up Host {hostport}'] : []),
    // Not -1, by which Caddy 2.6 goes on asking for what nobody reads any more.
    '\t# Streams go out as they come, and end when nobody reads them.',
    '\tflush_interval 1ms',
    '\ttransport http {',
    `\t\tdial_timeout ${CONNECT_SECONDS}s`,
    `\t\tresponse_header_timeout ${PATIENCE_MINUTES}m`,
    `\t\tkeepalive ${IDLE_SECONDS}s`,
    '\t\tcompression off',
    ...(isHttps ? [`\t\ttls_server_name ${gatehouse.name}`, '\t\ttls_insecure_skip_verify'] : []),
    '\t}',
    '}',
  ];
}
