import { CONNECT_SECONDS, type FrontChoice, introduction, PATIENCE_MINUTES } from './front-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { escaped } from './path-patterns.ts';

/**
 * Writes the two sections for `haproxy.cfg`, behind its own `global` and `defaults`. For HAProxy 2.6, Debian 12's, and newer.
 *
 * Source: HAProxy's configuration manual (2.6): a path is changed by `normalize-uri` only, which is not used.
 */
export function writeHaproxyConfig(setup: NginxSetup, choice: FrontChoice): string {
  const lines = [
    ...introduction(setup, choice, {
      command: 'haproxy',
      home: 'Belongs at the end of /etc/haproxy/haproxy.cfg. For HAProxy 2.6 (Debian 12) and newer.',
      known:
        'Behind another proxy of yours, put http-request set-src hdr(X-Forwarded-For) before, for its address alone.',
    }),
    ...frontend(setup, choice),
    '',
    ...backend(setup),
  ];
  return `${lines.join('\n')}\n`;
}

function frontend({ strippedPath }: NginxSetup, { isTls, serverName }: FrontChoice): string[] {
  const tls = `ssl crt /etc/haproxy/certs/${serverName}.pem ssl-min-ver TLSv1.2 alpn h2,http/1.1`;
  const lines = [
    'mode http',
    'bind :80',
    'bind [::]:80 v6only',
    ...(isTls
      ? [
          '# Your certificate with its chain and its key, in one file.',
          `bind :443 ${tls}`,
          `bind [::]:443 v6only ${tls}`,
          'http-request redirect scheme https code 301 unless { ssl_fc }',
        ]
      : []),
    '# How long a client may be silent, as one who pauses a film.',
    `timeout client ${PATIENCE_MINUTES}m`,
    'timeout http-request 30s',
    '',
    '# Who asks: what HAProxy saw, whatever the client says of itself.',
    'http-request set-header X-Forwarded-For %[src]',
    'http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]',
    'http-request set-header X-Forwarded-Host %[req.hdr(Host)]',
    ...(strippedPath === ''
      ? []
      : [
          '',
          `http-request redirect location ${strippedPath}/ code 301 if { path ${strippedPath} }`,
          `http-request deny deny_status 404 unless { path_beg ${strippedPath}/ }`,
          `http-request replace-path ^${escaped(strippedPath)}(/.*)$ \\1`,
        ]),
    '',
    `# In a frontend of yours with other sites: use_backend gatehouse if { req.hdr(Host),field(1,:) -i ${serverName} }`,
    'default_backend gatehouse',
  ];
  return ['frontend jellyfin', ...lines.map((line) => (line === '' ? '' : `    ${line}`))];
}

function backend({ gatehouse }: NginxSetup): string[] {
  const tls = gatehouse.scheme === 'https' ? ` ssl verify none sni str(${gatehouse.name})` : '';
  return [
    'backend gatehouse',
    '    mode http',
    `    timeout connect ${CONNECT_SECONDS}s`,
    `    timeout server ${PATIENCE_MINUTES}m`,
    '    # WebSockets.',
    `    timeout tunnel ${PATIENCE_MINUTES}m`,
    '    # Streams go out as they come.',
    '    option http-no-delay',
    `    server gatehouse ${gatehouse.server}${tls}`,
  ];
}
