/**
 * How Jellyfin reads the path of a request, so that a route is recognised in every spelling that reaches it and in
 * no other. Source: real servers of 10.8.13 to 12.0 asked over raw sockets: percent-encoded letters and dot segments
 * (plain or encoded) are resolved, `%2F` and doubled slashes are not; letter case does not count in ASCII, and only
 * there (the long s and the Kelvin sign are not s and k); one trailing slash is ignored; 10.8 to 10.11 ignore one
 * leading `/emby` or `/mediabrowser`.
 */

/** Percent-decodes once, as Kestrel does: `%2F` stays, and so does what is not valid UTF-8. */
function decodeOnce(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    const text = bytes.toString('utf8');
    return text.includes('\uFFFD') ? run : text.replaceAll('/', '%2F');
  });
}

/** Resolves `.` and `..` segments. Source: RFC 3986 section 5.2.4. */
function removeDotSegments(path: string): string {
  if (!path.includes('/.')) return path;
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (isLast && (segment === '.' || segment === '..')) kept.push('');
  });
  return `/${kept.join('/')}`;
}

/** Lower case in ASCII only. Nearly every path has nothing else, and that goes without a call for each capital. */
function lowerAscii(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** What `canonicalPath` needs to know of the server. */
export interface PathRules {
  /** Jellyfin's base URL, e.g. `/jellyfin`, without a trailing slash; empty for none. */
  readonly basePath: string;
  /** True where `/emby` and `/mediabrowser` are ignored: 10.8 to 10.11, and as long as the version is not known. */
  readonly hasLegacyPrefixes: boolean;
}

/**
 * The path as Jellyfin's routing compares it: decoded, dot segments resolved, ASCII lower case, without base URL and
 * legacy prefix. A trailing slash stays.
 *
 * @param target Path of the request line, with or without query.
 * @returns undefined when the path is not below the base URL.
 */
export function canonicalPath(target: string, rules: PathRules): string | undefined {
  const query = target.indexOf('?');
  const path = lowerAscii(removeDotSegments(decodeOnce(query === -1 ? target : target.slice(0, query))));
  const below = cutPrefix(path, lowerAscii(rules.basePath));
  if (below === undefined || !rules.hasLegacyPrefixes) return below;
  return cutPrefix(below, '/emby') ?? cutPrefix(below, '/mediabrowser') ?? below;
}

/**
 * Canonical paths that something is about, for whoever decides by them as we do: `exact` as it stands, `route` with a slash at
 * the end or without, `below` the path itself and all below it, or of that only what has one of these endings; or what a pattern matches, with a
 * slash at the end or without.
 */
export type PathRule =
  | { readonly path: string; readonly reach: 'exact' | 'route' | 'below' }
  | { readonly path: string; readonly endings: readonly string[] }
  | { readonly pattern: RegExp };

/** `path` without `prefix`, when it ends at a slash or at the end; undefined when it does not start with it. */
function cutPrefix(path: string, prefix: string): string | undefined {
  if (prefix === '') return path;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** Without its one ignorable trailing slash, for comparing with a route. */
export function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
