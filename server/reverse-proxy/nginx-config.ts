import type { NginxSetup, ProxiedServer } from './nginx-setup.ts';
import { escaped, splitMaps } from './split-map.ts';

/** How nginx stands in front: `full` sends everything through Gatehouse, `split` only what Gatehouse has to do with. */
export const NGINX_MODES = ['full', 'split'] as const;

/** One of them. */
export type NginxMode = (typeof NGINX_MODES)[number];

/** What the admin chose. */
export interface NginxChoice {
  readonly mode: NginxMode;
  /** https on port 443, and a redirect from port 80. */
  readonly isTls: boolean;
  /** `server_name`. */
  readonly serverName: string;
}

/** Begins the marked part; the choice stands behind it, as options of the command. */
export const BEGIN = '# gatehouse begin';
/** Ends it. */
export const END = '# gatehouse end';

/** How long nginx waits for Gatehouse or Jellyfin, and for a client that does not read, as one who pauses a film. */
const PATIENCE = '10m';
/** Largest upload. Source: Jellyfin's documentation, "Nginx". */
const UPLOAD = '20M';

/** The choice as options of `gatehouse nginx`. */
export function optionsOf({ mode, isTls, serverName }: NginxChoice): string {
  return `--mode ${mode}${isTls ? ' --tls' : ''} --server-name ${serverName}`;
}

/**
 * Writes the whole configuration for a file of nginx's `http` block, such as those in `sites-available`. For nginx 1.22, Debian
 * 12's, and newer. The same setup and choice give the same text.
 *
 * Source: Jellyfin's documentation, "Nginx" (headers, upload size); ngx_http_proxy_module.
 */
export function writeNginxConfig(setup: NginxSetup, choice: NginxChoice): string {
  const isSplit = choice.mode === 'split';
  const gatehouse = `${setup.gatehouse.scheme}://gatehouse`;
  const jellyfin = `${setup.jellyfin.scheme}://gatehouse_jellyfin`;
  const lines = [
    `${BEGIN} ${optionsOf(choice)}`,
    ...introduction(setup, choice),
    '',
    ...upstream('gatehouse', setup.gatehouse),
    ...(isSplit ? upstream('gatehouse_jellyfin', setup.jellyfin) : []),
    '',
    '# WebSockets, and no other change of the protocol.',
    'map $http_upgrade $gatehouse_upgrade {',
    '    default "";',
    '    "~*^websocket$" websocket;',
    '}',
    'map $gatehouse_upgrade $gatehouse_connection {',
    '    default "";',
    '    websocket upgrade;',
    '}',
    ...(setup.strippedPath === '' ? [] : ['', ...strippedTarget(setup.strippedPath)]),
    ...(isSplit ? ['', ...splitMaps(setup.taken, setup, { gatehouse, jellyfin })] : []),
    ...(isSplit && setup.hosts.length > 0 ? ['', ...knownHosts(setup.hosts)] : []),
    '',
    ...(choice.isTls ? [...redirect(choice.serverName), ''] : []),
    ...server(setup, choice, gatehouse, jellyfin),
    END,
  ];
  return `${lines.join('\n')}\n`;
}

function introduction(setup: NginxSetup, { mode }: NginxChoice): string[] {
  const split = [
    '# Made by `gatehouse nginx`. What Gatehouse changes, answers or guards goes to Gatehouse; all else (films, music, pictures,',
    '# WebSockets) goes straight to Jellyfin, also while Gatehouse is down. What that is depends on config.yaml: after a change there,',
    '# `gatehouse nginx --check THIS-FILE` says whether something is missing here.',
  ];
  const full = ['# Made by `gatehouse nginx`. Everything goes through Gatehouse.'];
  return [
    ...(mode === 'split' ? split : full),
    '#',
    `# Gatehouse must believe what this nginx says of its clients, in config.yaml: listen: { trustedProxies: [${setup.ownAddress}] }`,
    mode === 'split'
      ? '# Jellyfin must believe this nginx and Gatehouse: Dashboard, Networking, Known proxies: the address of each as Jellyfin sees it'
      : '# Jellyfin must believe Gatehouse: Dashboard, Networking, Known proxies: the address of Gatehouse as Jellyfin sees it',
    '# (127.0.0.1 where all are on one machine).',
    '# Behind another proxy of yours, set real_ip_header and set_real_ip_from, so that $remote_addr is the client.',
  ];
}

function upstream(name: string, { server }: ProxiedServer): string[] {
  return [`upstream ${name} {`, `    server ${server};`, '    keepalive 32;', '}'];
}

function strippedTarget(path: string): string[] {
  return [
    '# What stands behind the path that people see, byte for byte.',
    'map $request_uri $gatehouse_target {',
    '    default $request_uri;',
    `    "~^${escaped(path)}(?<gatehouse_rest>/.*)$" $gatehouse_rest;`,
    '}',
  ];
}

function knownHosts(hosts: readonly string[]): string[] {
  return [
    '# public.url and public.hosts; Gatehouse refuses all other names, and so must nginx what goes past it.',
    'map $host $gatehouse_knows_host {',
    '    default 0;',
    ...hosts.map((host) => `    "${host.toLowerCase()}" 1;`),
    '}',
  ];
}

function redirect(serverName: string): string[] {
  return [
    'server {',
    '    listen 80;',
    '    listen [::]:80;',
    `    server_name ${serverName};`,
    '    return 301 https://$host$request_uri;',
    '}',
  ];
}

function server(setup: NginxSetup, choice: NginxChoice, gatehouse: string, jellyfin: string): string[] {
  const isSplit = choice.mode === 'split';
  const target = setup.strippedPath === '' ? '' : '$gatehouse_target';
  const port = choice.isTls ? '443 ssl http2' : '80';
  const lines = [
    `listen ${port};`,
    `listen [::]:${port};`,
    `server_name ${choice.serverName};`,
    ...(choice.isTls ? certificate(choice.serverName) : []),
    '',
    `client_max_body_size ${UPLOAD};`,
    `send_timeout ${PATIENCE};`,
    // `if` with nothing but `return` does as it looks.
    ...(isSplit && setup.hosts.length > 0 ? ['if ($gatehouse_knows_host = 0) { return 421; }'] : []),
    '',
    ...forwarding(setup, isSplit),
    ...(setup.strippedPath === '' ? [] : ['', ...aroundStripped(setup.strippedPath)]),
    '',
    `location ${setup.strippedPath}/ {`,
    ...(isSplit
      ? [
          '    # Only what nginx itself says: that Jellyfin is away, Gatehouse tells its clients in its own way.',
          '    error_page 502 504 = @gatehouse_down;',
          `    proxy_pass $gatehouse_upstream${target};`,
        ]
      : ['    proxy_request_buffering off;', `    proxy_pass ${gatehouse}${target};`]),
    '}',
    ...(isSplit
      ? [
          '',
          'location @gatehouse_down {',
          '    if ($gatehouse_down = away) { return 502; }',
          '    if ($gatehouse_down = closed) { return 503; }',
          `    proxy_pass ${jellyfin}${target};`,
          '}',
        ]
      : []),
  ];
  return ['server {', ...lines.map((line) => (line === '' ? '' : `    ${line}`)), '}'];
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

/** For both ways: a stream is handed on as it comes, and who asks is what nginx itself saw. */
function forwarding({ gatehouse, jellyfin }: NginxSetup, isSplit: boolean): string[] {
  const isVerified = isSplit && jellyfin.scheme === 'https';
  return [
    '# Streams go out as they come.',
    'proxy_buffering off;',
    'proxy_http_version 1.1;',
    'proxy_connect_timeout 5s;',
    `proxy_read_timeout ${PATIENCE};`,
    `proxy_send_timeout ${PATIENCE};`,
    '',
    '# Who asks: what nginx saw, whatever the client says of itself.',
    'proxy_set_header Host $host;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
    'proxy_set_header X-Forwarded-Protocol $scheme;',
    'proxy_set_header X-Forwarded-Host $http_host;',
    'proxy_set_header Upgrade $gatehouse_upgrade;',
    'proxy_set_header Connection $gatehouse_connection;',
    ...(gatehouse.scheme === 'https' || isVerified ? ['', 'proxy_ssl_server_name on;'] : []),
    ...(isVerified
      ? [
          `proxy_ssl_name ${jellyfin.name};`,
          'proxy_ssl_verify on;',
          `proxy_ssl_trusted_certificate ${jellyfin.caFile ?? '/etc/ssl/certs/ca-certificates.crt'};`,
        ]
      : gatehouse.scheme === 'https'
        ? [`proxy_ssl_name ${gatehouse.name};`]
        : []),
  ];
}

function aroundStripped(path: string): string[] {
  return [
    'absolute_redirect off;',
    `location = ${path} { return 301 ${path}/; }`,
    'location / { return 404; }',
  ];
}
