import { type NginxChoice, optionsOf } from './nginx-choice.ts';
import type { NginxSetup, ProxiedServer } from './nginx-setup.ts';
import { indented, insideServer, type Targets } from './nginx-snippet.ts';

/** Begins the marked part; the choice stands behind it, as options of the command. */
export const BEGIN = '# gatehouse begin';
/** Ends it. */
export const END = '# gatehouse end';

/**
 * Writes the whole configuration for a file of nginx's `http` block, such as those in `sites-available`, or a snippet for a
 * `server` block that is there. For nginx 1.22, Debian 12's, and newer. The same setup and choice give the same text.
 */
export function writeNginxConfig(setup: NginxSetup, choice: NginxChoice): string {
  const isSplit = choice.mode === 'split';
  // An upstream keeps connections open. The names in it are looked up once, when nginx starts, and must be there then.
  const hasUpstreams = !choice.isSnippet && choice.resolver === undefined;
  const targets: Targets = hasUpstreams
    ? {
        gatehouse: `${setup.gatehouse.scheme}://gatehouse`,
        jellyfin: `${setup.jellyfin.scheme}://gatehouse_jellyfin`,
        areUpstreams: true,
      }
    : {
        gatehouse: directly(setup.gatehouse),
        jellyfin: directly(setup.jellyfin),
        areUpstreams: false,
      };
  const inside = insideServer(setup, choice, targets);
  const lines = [
    `${BEGIN} ${optionsOf(choice)}`,
    ...introduction(setup, choice),
    '',
    ...(hasUpstreams ? upstream('gatehouse', setup.gatehouse) : []),
    ...(hasUpstreams && isSplit ? upstream('gatehouse_jellyfin', setup.jellyfin) : []),
    ...(hasUpstreams ? [''] : []),
    ...(choice.cache === undefined ? [] : [...cachePath(choice.cache), '']),
    ...(choice.isTls ? [...redirect(choice), ''] : []),
    ...(choice.isSnippet ? inside : server(choice, inside)),
    END,
  ];
  return `${lines.join('\n')}\n`;
}

/** For `proxy_pass` itself. No name server need know localhost. */
function directly({ scheme, server }: ProxiedServer): string {
  const isSocket = server.startsWith('unix:');
  return `${scheme}://${server.replace(/^localhost(?=:)/, '127.0.0.1')}${isSocket ? ':' : ''}`;
}

function introduction(setup: NginxSetup, choice: NginxChoice): string[] {
  const isSplit = choice.mode === 'split';
  const split = [
    '# Made by `gatehouse nginx`. What Gatehouse changes, answers or guards goes to Gatehouse; all else (films, music, pictures,',
    '# WebSockets) goes straight to Jellyfin, also while Gatehouse is down. What that is depends on config.yaml: after a change there,',
    '# `gatehouse nginx --check THIS-FILE` says whether something is missing here.',
  ];
  const full = ['# Made by `gatehouse nginx`. Everything goes through Gatehouse.'];
  const address = setup.ownAddress ?? 'address or network of nginx';
  const trusted = `listen: { trustedProxies: [${address}] }`;
  return [
    ...(isSplit ? split : full),
    ...(choice.isSnippet ? ['# Belongs into a server block, in place of its location /.'] : []),
    '#',
    `# Gatehouse must believe what this nginx says of its clients, in config.yaml: ${trusted}`,
    isSplit
      ? '# Jellyfin must believe this nginx and Gatehouse: Dashboard, Networking, Known proxies: the address of each as Jellyfin sees it'
      : '# Jellyfin must believe Gatehouse: Dashboard, Networking, Known proxies: the address of Gatehouse as Jellyfin sees it',
    ...(setup.ownAddress === undefined ? [] : ['# (127.0.0.1 where all are on one machine).']),
    '# Behind another proxy of yours, set real_ip_header and set_real_ip_from, so that $remote_addr is the client.',
    ...resolving(setup, choice),
  ];
}

/** Of a snippet with names, which nobody looks up unless nginx is told whom to ask. */
function resolving(setup: NginxSetup, choice: NginxChoice): string[] {
  if (!choice.isSnippet || choice.resolver !== undefined) return [];
  const used = choice.mode === 'split' ? [setup.gatehouse, setup.jellyfin] : [setup.gatehouse];
  if (!used.some(({ isName }) => isName)) return [];
  return [
    '# Names are looked up by the resolver of your nginx. SWAG and Nginx Proxy Manager have one; elsewhere give --resolver, in',
    '# Docker --resolver 127.0.0.11.',
  ];
}

function upstream(name: string, { server }: ProxiedServer): string[] {
  return [`upstream ${name} {`, `    server ${server};`, '    keepalive 64;', '}'];
}

/** Small: there is one page, in a few codings and under a few names. A file that nobody asks for is gone in a minute. */
function cachePath(folder: string): string[] {
  return [
    '# The page, for all who come within a second.',
    `proxy_cache_path ${folder} keys_zone=gatehouse_page:128k max_size=8m inactive=1m use_temp_path=off;`,
  ];
}

function redirect({ serverName }: NginxChoice): string[] {
  return [
    'server {',
    '    listen 80;',
    '    listen [::]:80;',
    `    server_name ${serverName};`,
    '    return 301 https://$host$request_uri;',
    '}',
  ];
}

function server({ isTls, serverName = '' }: NginxChoice, inside: readonly string[]): string[] {
  const port = isTls ? '443 ssl http2' : '80';
  const lines = [
    `listen ${port};`,
    `listen [::]:${port};`,
    `server_name ${serverName};`,
    ...(isTls ? certificate(serverName) : []),
    '',
    ...inside,
  ];
  return ['server {', ...indented(lines), '}'];
}

function certificate(serverName: string): string[] {
  const [name = ''] = serverName.split(' ');
  return [
    '# Your certificate with its chain, and its key.',
    `ssl_certificate /etc/letsencrypt/live/${name}/fullchain.pem;`,
    `ssl_certificate_key /etc/letsencrypt/live/${name}/privkey.pem;`,
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_session_cache shared:gatehouse:5m;',
  ];
}
