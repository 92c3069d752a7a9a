/** How nginx stands in front: `full` sends everything through Gatehouse, `split` only what Gatehouse has to do with. */
export const NGINX_MODES = ['full', 'split'] as const;

/** One of them. */
export type NginxMode = (typeof NGINX_MODES)[number];

/** What the admin chose. */
export interface NginxChoice {
  readonly mode: NginxMode;
  /** The inside of a `server` block alone, for one that is there already. */
  readonly isSnippet: boolean;
  /** https on port 443, and a redirect from port 80; not of a snippet. */
  readonly isTls: boolean;
  /** `server_name`; undefined of a snippet. */
  readonly serverName: string | undefined;
  /** Where nginx finds Gatehouse and Jellyfin, as URLs, when that is elsewhere than the configuration says. */
  readonly gatehouse: string | undefined;
  readonly jellyfin: string | undefined;
  /** Address of a name server that is asked for their names again and again, while nginx runs. */
  readonly resolver: string | undefined;
  /** Folder in which nginx keeps the page; undefined for none. Not of a snippet: it is named outside of `server` blocks. */
  readonly cache: string | undefined;
}

/** Where it is unless somebody says otherwise; nginx makes it in `/var/cache`, which Debian, Fedora, Alpine and its image have. */
export const CACHE_FOLDER = '/var/cache/nginx-gatehouse';

/** Says that there is to be none. */
export const NO_CACHE = 'off';

/** The choice as options of `gatehouse nginx`. */
export function optionsOf(choice: NginxChoice): string {
  const { mode, isSnippet, isTls, serverName, gatehouse, jellyfin, resolver, cache } = choice;
  const kept = isSnippet ? undefined : (cache ?? NO_CACHE);
  const valued = { 'server-name': serverName, gatehouse, jellyfin, resolver, cache: kept };
  return [
    `--mode ${mode}`,
    ...(isSnippet ? ['--snippet'] : []),
    ...(isTls ? ['--tls'] : []),
    ...Object.entries(valued).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`])),
  ].join(' ');
}

const OPTIONS =
  /^--mode (full|split)( --snippet)?( --tls)?(?: --server-name (\S+))?(?: --gatehouse (\S+))?(?: --jellyfin (\S+))?(?: --resolver (\S+))?(?: --cache (\S+))?$/;

/** Reads what `optionsOf` wrote, and wrote before there was a cache; undefined for anything else. */
export function readOptions(text: string): NginxChoice | undefined {
  const found = OPTIONS.exec(text);
  if (found === null) return undefined;
  const [, mode, snippet, tls, serverName, gatehouse, jellyfin, resolver, cache] = found;
  return {
    ...{ mode: mode as NginxMode, isSnippet: snippet !== undefined, isTls: tls !== undefined },
    ...{ serverName, gatehouse, jellyfin, resolver, cache: cache === NO_CACHE ? undefined : cache },
  };
}
