import type { PathRule } from '../../injector/jellyfin/path.ts';
import type { TakenPath } from '../../injector/taken-paths.ts';

/**
 * A plain spelling of a path, before the query: all read it in one way. No percent sign, doubled slash, segment that begins
 * with a dot, backslash, semicolon, or byte beyond ASCII. Most of what clients ask for is spelled so.
 */
const PLAIN = String.raw`^(?![^?]*(?://|/\.))(?<gatehouse_plain>/[\w.~@=,:+/-]*)(?:\?|$)`;

/**
 * Ways that go to Jellyfin once Gatehouse takes no request, with the bytes that Gatehouse was sent: those by which nothing is
 * opened. Past the throttle a sign-in goes only when no byte of it reached Gatehouse, so that nobody gets there by breaking an
 * answer off.
 */
const WITHOUT_GATEHOUSE = '^(?:(?:front|rewritten|kept) |login [0-]+(?:, [0-]+)*$)';

/**
 * Lines of a `server` block that tell, from the request line as it came, who answers: `$gatehouse_upstream`. nginx itself decodes
 * and resolves a path before it picks a location, otherwise than Jellyfin: so nothing is told by locations, and whatever is not
 * plain goes to Gatehouse. `if` with nothing but `set` does as it looks in a `server` block, and is in reach of people whose proxy
 * lets them write into one only; a `map` belongs beside it.
 *
 * @param paths.basePath Jellyfin's base URL, `paths.strippedPath` what nginx strips; empty for none.
 */
export function splitRules(
  taken: readonly TakenPath[],
  paths: { readonly basePath: string; readonly strippedPath: string },
  urls: { readonly gatehouse: string; readonly jellyfin: string },
): string[] {
  const front = `${paths.strippedPath}${paths.basePath}`;
  return [
    '# The path, where it is spelled plainly; nothing for every other spelling.',
    'set $gatehouse_path "";',
    `if ($request_uri ~ "${PLAIN}") { set $gatehouse_path $gatehouse_plain; }`,
    '',
    '# What Gatehouse answers, changes or guards in the configuration in force, below any base URL; the last line counts.',
    'set $gatehouse_way jellyfin;',
    ...taken
      .map(
        ({ rule, taking }) =>
          `if ($gatehouse_path ~* "${patternOf(rule, front)}") { set $gatehouse_way ${taking}; }`,
      )
      // Listed in the order of Gatehouse's steps, where the first one counts.
      .reverse(),
    'if ($gatehouse_path = "") { set $gatehouse_way odd; }',
    '',
    `set $gatehouse_upstream ${urls.gatehouse};`,
    `if ($gatehouse_way = jellyfin) { set $gatehouse_upstream ${urls.jellyfin}; }`,
  ];
}

/** Lines of the location for what nginx could not hand over: who answers while Gatehouse is down, and who does not. */
export const FALLBACK_RULES: readonly string[] = [
  '# While Gatehouse is down: what is guarded or answered by Gatehouse stays closed.',
  'set $gatehouse_down "$gatehouse_way $upstream_bytes_sent";',
  'if ($gatehouse_way = jellyfin) { return 502; }',
  `if ($gatehouse_down !~ "${WITHOUT_GATEHOUSE}") { return 503; }`,
];

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
