import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { FrontName } from '../../../server/reverse-proxy/fronts.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { generateFront } from '../../support/network/generated-front.ts';

/**
 * Names of options, `*` for a name that an admin chooses. Source: Traefik's reference, v3: `routing-configuration/other-providers/file.yaml`
 * and `install-configuration/entrypoints.md` of its documentation, as far as HTTP and these parts go.
 */
const KNOWN = new Set([
  'entryPoints.*.address',
  'entryPoints.*.forwardedHeaders.insecure',
  'entryPoints.*.forwardedHeaders.trustedIPs',
  'entryPoints.*.http.middlewares',
  'entryPoints.*.http.redirections.entryPoint.permanent',
  'entryPoints.*.http.redirections.entryPoint.priority',
  'entryPoints.*.http.redirections.entryPoint.scheme',
  'entryPoints.*.http.redirections.entryPoint.to',
  'entryPoints.*.http.sanitizePath',
  'entryPoints.*.http.tls.certResolver',
  'entryPoints.*.transport.respondingTimeouts.idleTimeout',
  'entryPoints.*.transport.respondingTimeouts.readTimeout',
  'entryPoints.*.transport.respondingTimeouts.writeTimeout',
  'http.middlewares.*.stripPrefix.forceSlash',
  'http.middlewares.*.stripPrefix.prefixes',
  'http.routers.*.entryPoints',
  'http.routers.*.middlewares',
  'http.routers.*.priority',
  'http.routers.*.rule',
  'http.routers.*.service',
  'http.routers.*.tls.certResolver',
  'http.routers.*.tls.options',
  'http.serversTransports.*.disableHTTP2',
  'http.serversTransports.*.forwardingTimeouts.dialTimeout',
  'http.serversTransports.*.forwardingTimeouts.idleConnTimeout',
  'http.serversTransports.*.forwardingTimeouts.pingTimeout',
  'http.serversTransports.*.forwardingTimeouts.readIdleTimeout',
  'http.serversTransports.*.forwardingTimeouts.responseHeaderTimeout',
  'http.serversTransports.*.insecureSkipVerify',
  'http.serversTransports.*.maxIdleConnsPerHost',
  'http.serversTransports.*.rootCAs',
  'http.serversTransports.*.serverName',
  'http.services.*.loadBalancer.healthCheck.path',
  'http.services.*.loadBalancer.passHostHeader',
  'http.services.*.loadBalancer.responseForwarding.flushInterval',
  'http.services.*.loadBalancer.servers',
  'http.services.*.loadBalancer.servers.preservePath',
  'http.services.*.loadBalancer.servers.url',
  'http.services.*.loadBalancer.serversTransport',
  'http.services.*.loadBalancer.strategy',
]);

/** Those that only labels have. Source: the same, `other-providers/docker.md`. */
const KNOWN_LABELS = new Set([
  'traefik.enable',
  'traefik.http.services.*.loadbalancer.server.port',
  'traefik.http.services.*.loadbalancer.server.scheme',
]);

/** Levels whose names an admin chooses stand below these. */
const NAMED = /^(?:entryPoints|http\.(?:routers|services|middlewares|serversTransports))$/i;

const CONFIGS: readonly (readonly [string, string])[] = [
  ['a server on this machine', 'jellyfin: { url: http://127.0.0.1:8096 }'],
  [
    'https of Gatehouse and a path of people’s',
    `listen: { tls: { certFile: ./cert.pem, keyFile: ./key.pem } }
public: { url: https://a.example/jf }
jellyfin: { url: http://127.0.0.1:8096 }`,
  ],
];

async function generate(name: FrontName, config: string, isTls: boolean): Promise<string> {
  const path = join(await tempFolder(), 'config.yaml');
  await writeFile(path, config);
  return await generateFront(name, path, isTls, 'a.example');
}

/** Each option of a document, with `*` for names. */
function optionsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => optionsIn(entry, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, below]) => {
    const name = NAMED.test(path) ? '*' : key;
    return optionsIn(below, path === '' ? name : `${path}.${name}`);
  });
}

function documentsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text, { strict: true });
  if (!Array.isArray(documents)) return [];
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  return documents.map((document) => document.toJS());
}

describe.each(CONFIGS)('the traefik of `gatehouse reverse-proxy` for %s', (_what, config) => {
  it.each([true, false])('is YAML with names that Traefik knows, with https: %s', async (isTls) => {
    const documents = documentsOf(await generate('traefik', config, isTls));
    expect(documents).toHaveLength(2);
    const options = documents.flatMap((document) => optionsIn(document));
    expect(options.filter((option) => !KNOWN.has(option))).toEqual([]);
    expect(options).toContain('http.routers.*.rule');
    expect(options.includes('http.routers.*.tls.certResolver')).toBe(isTls);
  });

  it.each([true, false])('is labels with names that Traefik knows, with https: %s', async (isTls) => {
    const [compose] = documentsOf(await generate('traefik-labels', config, isTls));
    const { labels } = (compose as { services: { gatehouse: { labels: string[] } } }).services.gatehouse;
    const known = new Set([...KNOWN_LABELS, ...[...KNOWN].map((name) => `traefik.${name}`.toLowerCase())]);
    const names = labels.map((label) =>
      (label.split('=')[0] ?? '').replace(
        /^(traefik\.http\.(?:routers|services|middlewares))\.[\w-]+/,
        '$1.*',
      ),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(labels).toContain('traefik.http.services.gatehouse.loadbalancer.server.port=8097');
  });
});
