import type { PathRule } from '../../injector/jellyfin/path.ts';
import type { TakenPath } from '../../injector/taken-paths.ts';

/**
 * A plain spelling of a path, before the query: all read it in one way. No percent sign, doubled slash, segment that begins
 * with a dot, backslash, semicolon, or byte beyond ASCII. Most of what clients ask for is spelled so.
 */
const PLAIN = String.raw`^(?![^?]*(?://|/\.))(?<gatehouse_plain>/[\w.~@=,:+/-]*)(?:\?|$)`;

/**
 * Ways of paths once Gatehouse takes no request: to Jellyfin, when that opens nothing. Past the throttle a sign-in goes only when
 * no byte of it reached Gatehouse, so that nobody gets there by breaking an answer off.
 */
const WITHOUT_GATEHOUSE = [
  '"~^(?:front|rewritten|kept) " jellyfin;',
  '"~^login [0-]+(?:, [0-]+)*$" jellyfin;',
  '"~^jellyfin " away;',
] as const;

/**
 * The maps that tell, from the request line as it came, who answers. nginx itself decodes and resolves a path before it picks a
 * location, otherwise than Jellyfin: so nothing is told by locations, and whatever is not plain goes to Gatehouse.
 *
 * @param paths.basePath Jellyfin's base URL, `paths.strippedPath` what nginx strips; empty for none.
 */
export function splitMaps(
  taken: readonly TakenPath[],
  paths: { readonly basePath: string; readonly strippedPath: string },
  urls: { readonly gatehouse: string; readonly jellyfin: string },
): string[] {
  const front = `${paths.strippedPath}${paths.basePath}`;
  return [
    '# The path, where it is spelled plainly; nothing for every other spelling.',
    'map $request_uri $gatehouse_path {',
    '    default "";',
    `    "~${PLAIN}" $gatehouse_plain;`,
    '}',
    '',
    // `odd` is a spelling that is not plain.
    '# What Gatehouse answers, changes or guards in the configuration in force, below any base URL; the first line counts.',
    'map $gatehouse_path $gatehouse_way {',
    '    default jellyfin;',
    '    "" odd;',
    ...taken.map(({ rule, taking }) => `    "~*${patternOf(rule, front)}" ${taking};`),
    '}',
    '',
    'map $gatehouse_way $gatehouse_upstream {',
    `    default ${urls.gatehouse};`,
    `    jellyfin ${urls.jellyfin};`,
    '}',
    '',
    '# While Gatehouse is down: who answers then. What is guarded or answered by Gatehouse stays closed.',
    'map "$gatehouse_way $upstream_bytes_sent" $gatehouse_down {',
    '    default closed;',
    ...WITHOUT_GATEHOUSE.map((line) => `    ${line}`),
    '}',
  ];
}

/**
 * A regular expression for plain paths, in any letter case and with anything before. In time in proportion to the length.
 *
 * @param front Path of the front page, as nginx sees it.
 */
export function patternOf(rule: PathRule, front: string): string {
  if ('pattern' in rule)
    return rule.pattern.source.replace(/^\^/, '').replace(/\$$/, '/?$').replaceAll('\\/', '/');
  if ('endings' in rule) return `^(?=.*(?:${rule.endings.map(escaped).join('|')})$).*${escaped(rule.path)}/`;
  if (rule.path === '/') return front === '' ? '^/$' : `^(?:${escaped(front)})?/?$`;
  const path = escaped(rule.path);
  switch (rule.reach) {
    case 'exact':
      return `${path}$`;
    case 'route':
      return `${path}/?$`;
    case 'below':
      return `${path}(?:/|$)`;
  }
}

/** A path as a regular expression that means it alone. */
export function escaped(path: string): string {
  return path.replace(/[^\w/-]/g, (sign) => `\\${sign}`);
}
