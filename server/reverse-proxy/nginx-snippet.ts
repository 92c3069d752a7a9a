import { CACHE_HEADER } from '../../injector/http/nginx-cache.ts';
import type { NginxChoice } from './nginx-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { escaped } from './path-patterns.ts';
import { fallbackRules, splitRules } from './split-rules.ts';

/** How long nginx waits for Gatehouse or Jellyfin, and for a client that does not read, as one who pauses a film. */
const PATIENCE = '10m';
/** Largest upload. Source: Jellyfin's documentation, "Nginx". */
const UPLOAD = '20M';

/** Where nginx finds both, as `proxy_pass` takes it. */
export interface Targets {
  readonly gatehouse: string;
  readonly jellyfin: string;
  /** Whether nginx need look up no name for it: both are `upstream` blocks. */
  readonly areUpstreams: boolean;
}

/**
 * Writes the inside of a `server` block. Nothing of it collides with what a block holds that others wrote, such as those of
 * SWAG and Nginx Proxy Manager: outside its own locations it only sets variables of its own.
 *
 * Source: Jellyfin's documentation, "Nginx" (headers, upload size); ngx_http_proxy_module.
 */
export function insideServer(setup: NginxSetup, choice: NginxChoice, targets: Targets): string[] {
  const isSplit = choice.mode === 'split';
  const { strippedPath, basePath } = setup;
  const target = strippedPath === '' ? '' : '$gatehouse_target';
  // A variable has its name looked up when it is needed, and costs each request.
  const isVariable = !targets.areUpstreams || target !== '';
  const inLocation = forwarding(setup, choice);
  return [
    '# WebSockets, and no other change of the protocol.',
    'set $gatehouse_upgrade "";',
    'set $gatehouse_connection "";',
    // No client writes it otherwise, and a regular expression costs every request.
    ...['websocket', 'WebSocket'].map(
      (written) =>
        `if ($http_upgrade = ${written}) { set $gatehouse_upgrade websocket; set $gatehouse_connection upgrade; }`,
    ),
    ...(strippedPath === '' ? [] : ['', ...strippedTarget(strippedPath)]),
    ...(isSplit ? ['', ...splitRules(setup.taken, setup, targets)] : []),
    ...(!isSplit && isVariable ? ['', `set $gatehouse_upstream ${targets.gatehouse};`] : []),
    ...(isSplit && setup.hosts.length > 0 ? ['', ...knownHosts(setup.hosts)] : []),
    ...(choice.cache === undefined ? [] : ['', ...keptPage(`${strippedPath}${basePath}`)]),
    '',
    ...aroundPath(choice.isSnippet ? `${strippedPath}${basePath}` : strippedPath, choice.isSnippet),
    ...indented([
      ...inLocation,
      '',
      ...(isSplit && setup.hosts.length > 0 ? ['if ($gatehouse_knows_host = 0) { return 421; }'] : []),
      ...(isSplit
        ? [
            '# Only what nginx itself says: that Jellyfin is away, Gatehouse tells its clients in its own way.',
            'error_page 502 504 = @gatehouse_down;',
          ]
        : ['proxy_request_buffering off;']),
      ...(choice.cache === undefined ? [] : ['', ...keeping(), '']),
      ...(isVariable ? [`proxy_pass $gatehouse_upstream${target};`] : passTo(targets, isSplit)),
    ]),
    '}',
    ...(isSplit
      ? [
          '',
          'location @gatehouse_down {',
          ...indented([
            ...fallbackRules(setup.taken, setup, targets),
            '',
            ...inLocation,
            '',
            ...(isVariable
              ? [`set $gatehouse_upstream ${targets.jellyfin};`, `proxy_pass $gatehouse_upstream${target};`]
              : [`proxy_pass ${targets.jellyfin};`]),
          ]),
          '}',
        ]
      : []),
  ];
}

/** An `if` of a location with `proxy_pass` alone in it has all else from there (ngx_http_proxy_module, "Context"). */
function passTo({ gatehouse, jellyfin }: Targets, isSplit: boolean): string[] {
  if (!isSplit) return [`proxy_pass ${gatehouse};`];
  return [`if ($gatehouse_upstream = ${gatehouse}) { proxy_pass ${gatehouse}; }`, `proxy_pass ${jellyfin};`];
}

/** The lines, one step further in. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `    ${line}`));
}

function strippedTarget(path: string): string[] {
  return [
    '# What stands behind the path that people see, byte for byte.',
    'set $gatehouse_target $request_uri;',
    `if ($request_uri ~ "^${escaped(path)}(?<gatehouse_rest>/.*)$") { set $gatehouse_target $gatehouse_rest; }`,
  ];
}

function knownHosts(hosts: readonly string[]): string[] {
  return [
    '# public.url and public.hosts; Gatehouse refuses all other names, and so must nginx what goes past it.',
    'set $gatehouse_knows_host 0;',
    ...hosts.map((host) => `if ($host = "${host.toLowerCase()}") { set $gatehouse_knows_host 1; }`),
  ];
}

/** In its plain spelling and without a query: nothing else is kept. */
function keptPage(front: string): string[] {
  return [
    '# What may be kept.',
    'set $gatehouse_cache "";',
    ...['/web/', '/web/index.html'].map(
      (page) => `if ($request_uri = "${front}${page}") { set $gatehouse_cache gatehouse_page; }`,
    ),
  ];
}

/**
 * Lines of the location that keep what Gatehouse marks, and nothing else. The key has all that a marked answer may depend on.
 * Nothing of it goes for requests whose `$gatehouse_cache` is empty; nobody waits for another's answer (`proxy_cache_lock` would let
 * people wait in turn, half a second each, for a page that is not marked), and none is older than two seconds.
 */
function keeping(): string[] {
  return [
    '# The page is kept for a second, where Gatehouse says that it is the same for everybody. Reloading it asks anew.',
    `proxy_set_header ${CACHE_HEADER} $gatehouse_cache;`,
    'proxy_cache $gatehouse_cache;',
    'proxy_cache_key "$scheme $host $request_uri $http_host $http_accept_encoding";',
    'proxy_cache_bypass $http_cache_control $http_pragma $http_origin $http_authorization;',
    'proxy_cache_valid any 0;',
    'proxy_cache_use_stale off;',
    'proxy_cache_revalidate off;',
    'proxy_ignore_headers Cache-Control Expires;',
  ];
}

/** Up to the head of the location that takes everything below that path. In a block of others, no location of theirs goes before it. */
function aroundPath(path: string, isSnippet: boolean): string[] {
  if (path === '') return ['location / {'];
  return [
    `location = ${path} {`,
    '    absolute_redirect off;',
    `    return 301 ${path}/;`,
    '}',
    ...(isSnippet ? [] : ['location / { return 404; }']),
    `location ^~ ${path}/ {`,
  ];
}

/** For both ways: a stream is handed on as it comes, and who asks is what nginx itself saw. */
function forwarding(setup: NginxSetup, { mode, resolver }: NginxChoice): string[] {
  const { gatehouse, jellyfin } = setup;
  const isVerified = mode === 'split' && jellyfin.scheme === 'https';
  return [
    '# Streams go out as they come.',
    'proxy_buffering off;',
    'proxy_http_version 1.1;',
    'proxy_connect_timeout 5s;',
    `proxy_read_timeout ${PATIENCE};`,
    `proxy_send_timeout ${PATIENCE};`,
    `send_timeout ${PATIENCE};`,
    `client_max_body_size ${UPLOAD};`,
    ...(resolver === undefined ? [] : [`resolver ${resolver} valid=30s;`]),
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
