import type { PathRule } from '../../injector/jellyfin/path.ts';
import type { NginxSetup } from './nginx-setup.ts';
import { escaped, patternOf } from './path-patterns.ts';

/**
 * A plain spelling of a path, before the query, as for nginx: no percent sign, doubled slash, segment that begins with a dot,
 * backslash, semicolon, or byte beyond ASCII. Without looking ahead, which Go's regular expressions cannot.
 */
const PLAIN = String.raw`^(/(?:[\w~@=,:+-][\w.~@=,:+-]*/)*(?:[\w~@=,:+-][\w.~@=,:+-]*)?)(?:\?|$)`;

/**
 * The inside of a site that tells, from the request line as it came (`orig_uri`), who answers. Caddy itself compares and hands on
 * a path that it has read, so nothing is told by its paths, and whatever is not plain goes to Gatehouse.
 *
 * Past the throttle no sign-in goes while Gatehouse is down: by then Caddy has thrown its body away.
 *
 * @param gatehouse The lines that hand a request on to it; `jellyfin` the same.
 * Source: Caddy's documentation, "map", "route", "handle_errors"; `http.request.orig_uri` is the target as the client sent it.
 */
export function splitSite(
  { basePath, strippedPath, taken, hosts }: NginxSetup,
  gatehouse: readonly string[],
  jellyfin: readonly string[],
): string[] {
  const front = `${strippedPath}${basePath}`;
  const ways = [...block('handle @gatehouse_straight', jellyfin), ...block('handle', gatehouse)];
  const patterns = taken.map(({ rule }) => goPatternOf(rule, front));
  const lines = patterns.map((pattern, index) => `\`~(?i)${pattern}\` ${taken[index]?.taking}`);
  const names = hosts.map((host) => host.replace(/^\[|\]$/g, ''));
  const down = strippedPath === '' ? jellyfin : [`uri strip_prefix ${strippedPath}`, ...jellyfin];
  return [
    '# The path, where it is spelled plainly; odd for every other spelling.',
    ...block('map {http.request.orig_uri} {gatehouse_path}', [`\`~${PLAIN}\` "\${1}"`, 'default odd']),
    '# What Gatehouse answers, changes or guards in the configuration in force, below any base URL; the first line counts.',
    ...block('map {gatehouse_path} {gatehouse_way}', [
      'odd odd',
      // Caddy refuses a pattern that stands there twice.
      ...lines.filter((_line, index) => patterns.indexOf(patterns[index] ?? '') === index),
      'default jellyfin',
    ]),
    '@gatehouse_straight vars {gatehouse_way} jellyfin',
    ...(names.length === 0
      ? []
      : [
          '# public.url and public.hosts; Gatehouse refuses all other names, and so must Caddy what goes past it.',
          `@gatehouse_stranger not host ${names.join(' ')}`,
        ]),
    '',
    ...block('route', [
      ...(names.length === 0 ? [] : block('handle @gatehouse_stranger', ['respond 421'])),
      ...(strippedPath === ''
        ? ways
        : [
            `redir ${strippedPath} ${strippedPath}/ 301`,
            ...block(`handle_path ${strippedPath}/*`, ways),
            ...block('handle', ['respond 404']),
          ]),
    ]),
    '',
    '# While Gatehouse is down: what opens nothing is answered by Jellyfin, all else stays closed.',
    ...block('handle_errors', [
      '@gatehouse_away vars {gatehouse_way} jellyfin',
      '@gatehouse_without vars_regexp {gatehouse_way} ^(?:front|rewritten|kept)$',
      ...block('handle @gatehouse_away', ['respond 502']),
      ...block('handle @gatehouse_without', down),
      ...block('handle', ['respond 503']),
    ]),
  ];
}

function block(head: string, inside: readonly string[]): string[] {
  return [`${head} {`, ...inside.map((line) => (line === '' ? '' : `\t${line}`)), '}'];
}

function goPatternOf(rule: PathRule, front: string): string {
  if (!('endings' in rule)) return patternOf(rule, front);
  return `${escaped(rule.path)}/.*(?:${rule.endings.map(escaped).join('|')})$`;
}
