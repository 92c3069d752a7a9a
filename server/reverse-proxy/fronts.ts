import { writeApacheConfig } from './apache-config.ts';
import { writeCaddyConfig } from './caddy-config.ts';
import type { FrontChoice } from './front-choice.ts';
import { writeHaproxyConfig } from './haproxy-config.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { writeTraefikConfig, writeTraefikLabels } from './traefik-config.ts';

/**
 * The proxies besides nginx that stand in front with a text of ours, by their names on the command line. The same setup and
 * choice give the same text.
 */
export const FRONTS = {
  caddy: writeCaddyConfig,
  apache: writeApacheConfig,
  haproxy: writeHaproxyConfig,
  traefik: writeTraefikConfig,
  'traefik-labels': writeTraefikLabels,
} as const satisfies Record<string, (setup: NginxSetup, choice: FrontChoice) => string>;

/** One of their names. */
export type FrontName = keyof typeof FRONTS;

/** Those that tell from the request line as it came who answers, so that films may go straight to Jellyfin. */
export const SPLITTING: readonly FrontName[] = ['caddy'];
