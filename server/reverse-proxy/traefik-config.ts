import {
  CONNECT_SECONDS,
  type FrontChoice,
  IDLE_SECONDS,
  introduction,
  PATIENCE_MINUTES,
} from './front-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';

/** What both texts say of a Traefik that stands behind another proxy. */
const KNOWN = 'Behind another proxy of yours, name it in forwardedHeaders.trustedIPs of the entry points.';

/**
 * Writes two YAML documents: what belongs into Traefik's own configuration, and a file for its file provider. For Traefik 3.
 *
 * Source: Traefik's reference, "EntryPoints", "Routers", "HTTP Services" and "ServersTransport".
 */
export function writeTraefikConfig(setup: NginxSetup, choice: FrontChoice): string {
  const lines = [
    ...introduction(setup, choice, {
      command: 'traefik',
      home: 'For Traefik 3. The first part belongs into traefik.yml, with names of entry points that fit yours.',
      known: KNOWN,
    }),
    'entryPoints:',
    '  web:',
    "    address: ':80'",
    ...(choice.isTls
      ? [
          '    http:',
          '      redirections:',
          '        entryPoint: { to: websecure, scheme: https, permanent: true }',
          '  websecure:',
          "    address: ':443'",
        ]
      : []),
    '    transport:',
    '      # The time for a whole upload; otherwise one minute.',
    `      respondingTimeouts: { readTimeout: ${PATIENCE_MINUTES}m }`,
    '---',
    '# The second part is a file in the folder of providers.file.directory.',
    'http:',
    '  routers:',
    '    gatehouse:',
    `      rule: ${ruleOf(setup, choice)}`,
    `      entryPoints: [${entryPointOf(choice)}]`,
    '      service: gatehouse',
    ...(setup.strippedPath === '' ? [] : ['      middlewares: [gatehouse-path]']),
    ...(choice.isTls
      ? [
          '      # The name of your resolver; with certificates of your own: tls: {}',
          '      tls: { certResolver: letsencrypt }',
        ]
      : []),
    '  services:',
    '    gatehouse:',
    '      loadBalancer:',
    `        servers: [{ url: '${setup.gatehouse.scheme}://${setup.gatehouse.server}' }]`,
    '        serversTransport: gatehouse',
    '        # Streams go out as they come.',
    '        responseForwarding: { flushInterval: 1ms }',
    '  serversTransports:',
    '    gatehouse:',
    '      forwardingTimeouts:',
    `        dialTimeout: ${CONNECT_SECONDS}s`,
    `        responseHeaderTimeout: ${PATIENCE_MINUTES}m`,
    `        idleConnTimeout: ${IDLE_SECONDS}s`,
    ...(setup.gatehouse.scheme === 'https'
      ? [`      serverName: ${setup.gatehouse.name}`, '      insecureSkipVerify: true']
      : []),
    ...(setup.strippedPath === ''
      ? []
      : [
          '  middlewares:',
          '    gatehouse-path:',
          `      stripPrefix: { prefixes: ['${setup.strippedPath}'] }`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Writes the labels of Gatehouse's container in a compose file, for Traefik's Docker provider. */
export function writeTraefikLabels(setup: NginxSetup, choice: FrontChoice): string {
  const labels = [
    'traefik.enable=true',
    `traefik.http.routers.gatehouse.rule=${ruleOf(setup, choice)}`,
    `traefik.http.routers.gatehouse.entrypoints=${entryPointOf(choice)}`,
    ...(choice.isTls ? ['traefik.http.routers.gatehouse.tls.certresolver=letsencrypt'] : []),
    `traefik.http.services.gatehouse.loadbalancer.server.port=${setup.gatehouse.server.split(':').at(-1)}`,
    ...(setup.gatehouse.scheme === 'https'
      ? ['traefik.http.services.gatehouse.loadbalancer.server.scheme=https']
      : []),
    'traefik.http.services.gatehouse.loadbalancer.responseforwarding.flushinterval=1ms',
    ...(setup.strippedPath === ''
      ? []
      : [
          'traefik.http.routers.gatehouse.middlewares=gatehouse-path',
          `traefik.http.middlewares.gatehouse-path.stripprefix.prefixes=${setup.strippedPath}`,
        ]),
  ];
  const lines = [
    ...introduction({ ...setup, ownAddress: '172.18.0.0/16' }, choice, {
      command: 'traefik-labels',
      home: 'For Traefik 3, in the compose file of Gatehouse. Its entry points: gatehouse reverse-proxy traefik',
      known: KNOWN,
    }),
    '# 172.18.0.0/16 stands for the network that both containers are in: docker network inspect NAME',
    'services:',
    '  gatehouse:',
    '    labels:',
    ...labels.map((label) => `      - '${label}'`),
  ];
  return `${lines.join('\n')}\n`;
}

function ruleOf({ strippedPath }: NginxSetup, { serverName }: FrontChoice): string {
  const path = strippedPath === '' ? '' : ` && PathPrefix(\`${strippedPath}/\`)`;
  return `Host(\`${serverName}\`)${path}`;
}

function entryPointOf({ isTls }: FrontChoice): string {
  return isTls ? 'websecure' : 'web';
}
