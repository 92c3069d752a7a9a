import type { NginxMode } from './nginx-choice.ts';
import type { NginxSetup } from './nginx-setup.ts';

/** What the admin chose for a proxy in front that is not nginx. */
export interface FrontChoice {
  /** As for nginx: everything through Gatehouse, or only what it has to do with. */
  readonly mode: NginxMode;
  /** https, and a way there from http. */
  readonly isTls: boolean;
  /** Name people use. */
  readonly serverName: string;
}

/**
 * How long a proxy in front waits for Gatehouse, and for a client that does not read, as one who pauses a film: in minutes. As
 * for nginx.
 */
export const PATIENCE_MINUTES = 10;

/** How long it waits for a connection to Gatehouse, in seconds. */
export const CONNECT_SECONDS = 5;

/** How long it keeps an idle connection to Gatehouse, in seconds: less than Gatehouse does (`keepAliveMs` in `admission/limits`). */
export const IDLE_SECONDS = 60;

/**
 * The comment that each text begins with: whom to believe, and what for.
 *
 * @param front.command Behind `gatehouse reverse-proxy`: `caddy`.
 * @param front.home Where the text belongs.
 * @param front.known What to do where another proxy stands in front of this one.
 */
export function introduction(
  setup: NginxSetup,
  { mode, isTls, serverName }: FrontChoice,
  front: { readonly command: string; readonly home: string; readonly known: string },
): string[] {
  const isSplit = mode === 'split';
  const options = `${isSplit ? ' --mode split' : ''}${isTls ? ' --tls' : ''} --server-name ${serverName}`;
  return [
    `# Made by \`gatehouse reverse-proxy ${front.command}${options}\`.`,
    ...(isSplit
      ? [
          '# What Gatehouse changes, answers or guards goes to Gatehouse; all else (films, music, pictures, WebSockets) goes straight to',
          '# Jellyfin, also while Gatehouse is down. What that is depends on config.yaml: after a change there, make this anew.',
        ]
      : ['# Everything goes through Gatehouse.']),
    `# ${front.home}`,
    '#',
    `# Gatehouse must believe what this proxy says of its clients, in config.yaml: listen: { trustedProxies: [${setup.ownAddress ?? 'ITS-ADDRESS'}] }`,
    isSplit
      ? '# Jellyfin must believe this proxy and Gatehouse: Dashboard, Networking, Known proxies: the address of each as Jellyfin sees it'
      : '# Jellyfin must believe Gatehouse: Dashboard, Networking, Known proxies: the address of Gatehouse as Jellyfin sees it',
    '# (127.0.0.1 where all are on one machine).',
    `# ${front.known}`,
  ];
}

/** Where certbot puts a certificate with its chain, and its key. */
export function certificateOf(serverName: string): { readonly chain: string; readonly key: string } {
  const folder = `/etc/letsencrypt/live/${serverName}`;
  return { chain: `${folder}/fullchain.pem`, key: `${folder}/privkey.pem` };
}
