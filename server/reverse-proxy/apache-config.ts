import {
  CONNECT_SECONDS,
  certificateOf,
  type FrontChoice,
  IDLE_SECONDS,
  introduction,
  PATIENCE_MINUTES,
} from './front-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { escaped } from './path-patterns.ts';

const PATIENCE_SECONDS = PATIENCE_MINUTES * 60;

/**
 * Writes a file for Apache's `sites-available`. For Apache 2.4.47, which has `upgrade=websocket`, and newer.
 *
 * Source: Apache's documentation of core, mod_proxy and mod_headers.
 */
export function writeApacheConfig(setup: NginxSetup, choice: FrontChoice): string {
  const isSsl = choice.isTls || setup.gatehouse.scheme === 'https';
  const modules = ['proxy_http', 'headers', ...(isSsl ? ['ssl'] : []), ...(choice.isTls ? ['http2'] : [])];
  const lines = [
    ...introduction(setup, choice, {
      command: 'apache',
      home: `Belongs into /etc/apache2/sites-available. For Apache 2.4.47 and newer (Debian 12), with: a2enmod ${modules.join(' ')}`,
      known: 'Behind another proxy of yours, set up mod_remoteip, so that REMOTE_ADDR is the client.',
    }),
    ...(choice.isTls ? [...redirect(choice.serverName), ''] : []),
    ...host(setup, choice),
  ];
  return `${lines.join('\n')}\n`;
}

function redirect(serverName: string): string[] {
  return [
    '<VirtualHost *:80>',
    `    ServerName ${serverName}`,
    `    Redirect permanent / https://${serverName}/`,
    '</VirtualHost>',
  ];
}

function host(setup: NginxSetup, { isTls, serverName }: FrontChoice): string[] {
  const { gatehouse, strippedPath } = setup;
  const lines = [
    `ServerName ${serverName}`,
    ...(isTls ? certificate(serverName) : []),
    '',
    '# What stands in the request line is for Gatehouse to read, in every spelling.',
    'AllowEncodedSlashes NoDecode',
    'MergeSlashes Off',
    'ProxyRequests Off',
    'ProxyPreserveHost On',
    '# Gatehouse compresses what is worth it.',
    'SetEnv no-gzip 1',
    '',
    '# How long either side may be silent, in seconds, as one who pauses a film. WebSockets, too.',
    `Timeout ${PATIENCE_SECONDS}`,
    '',
    '# Who asks: what Apache saw, whatever the client says of itself.',
    'ProxyAddHeaders Off',
    'RequestHeader set X-Forwarded-For "expr=%{REMOTE_ADDR}"',
    `RequestHeader set X-Forwarded-Proto ${isTls ? 'https' : 'http'}`,
    'RequestHeader set X-Forwarded-Host "expr=%{HTTP_HOST}"',
    '',
    ...(gatehouse.scheme === 'https'
      ? [
          'SSLProxyEngine on',
          'SSLProxyVerify none',
          'SSLProxyCheckPeerName off',
          'SSLProxyCheckPeerExpire off',
          '',
        ]
      : []),
    ...(strippedPath === '' ? [] : [`RedirectMatch permanent ^${escaped(strippedPath)}$ ${strippedPath}/`]),
    '# retry=0: once Gatehouse is back, people are let in at once.',
    `ProxyPass ${strippedPath}/ ${gatehouse.scheme}://${gatehouse.server}/ nocanon upgrade=websocket timeout=${PATIENCE_SECONDS} connectiontimeout=${CONNECT_SECONDS} ttl=${IDLE_SECONDS} retry=0`,
  ];
  return [
    `<VirtualHost *:${isTls ? 443 : 80}>`,
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    '</VirtualHost>',
  ];
}

function certificate(serverName: string): string[] {
  const { chain, key } = certificateOf(serverName);
  return [
    '# Your certificate with its chain, and its key.',
    'SSLEngine on',
    `SSLCertificateFile ${chain}`,
    `SSLCertificateKeyFile ${key}`,
    'SSLProtocol -all +TLSv1.2 +TLSv1.3',
    'Protocols h2 http/1.1',
  ];
}
