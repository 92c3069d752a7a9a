import type { TakenPath, Taking } from '../../injector/taken-paths.ts';
import { type EndingPath, escaped, type NamedPath, patternOf } from './path-patterns.ts';

/**
 * A plain spelling of a path, before the query: all read it in one way. No percent sign, doubled slash, segment that begins
 * with a dot, backslash, semicolon, or byte beyond ASCII. Most of what clients ask for is spelled so.
 */
const PLAIN = String.raw`^(?<gatehouse_plain>(?:/(?![/.])[\w.~@=,:+-]*+)++)(?:\?|$)`;

/** Before the path, when a byte of the request has reached Gatehouse: `$upstream_bytes_sent` is then no row of zeroes. */
const SENT = String.raw`^(?![0-]+(?:,\ [0-]+)*\ ).*`;

/**
 * Lines of a `server` block that tell, from the request line as it came, who answers: `$gatehouse_upstream`. nginx itself decodes
 * and resolves a path before it picks a location, otherwise than Jellyfin: so nothing is told by locations, and whatever is not
 * plain goes to Gatehouse. `if` with nothing but `set` does as it looks in a `server` block, and is in reach of people whose proxy
 * lets them write into one only; a `map` belongs beside it. As few regular expressions as can be: each costs every request.
 *
 * @param paths.basePath Jellyfin's base URL, `paths.strippedPath` what nginx strips; empty for none.
 */
export function splitRules(
  taken: readonly TakenPath[],
  paths: { readonly basePath: string; readonly strippedPath: string },
  urls: { readonly gatehouse: string; readonly jellyfin: string },
): string[] {
  const toGatehouse = `{ set $gatehouse_upstream ${urls.gatehouse}; }`;
  return [
    '# To Jellyfin goes what is spelled plainly, but for what Gatehouse answers, changes or guards in the configuration in force,',
    '# below any base URL.',
    `set $gatehouse_upstream ${urls.gatehouse};`,
    'set $gatehouse_path "";',
    `if ($request_uri ~ "${PLAIN}") {`,
    '    set $gatehouse_path $gatehouse_plain;',
    `    set $gatehouse_upstream ${urls.jellyfin};`,
    '}',
    ...oneOf('$gatehouse_path', '', patternsOf(taken, paths), toGatehouse),
  ];
}

/**
 * Lines of the location for what nginx could not hand over: what does not go to Jellyfin instead. Past the throttle a sign-in
 * goes only when no byte of it reached Gatehouse, so that nobody gets there by breaking an answer off.
 */
export function fallbackRules(
  taken: readonly TakenPath[],
  paths: { readonly basePath: string; readonly strippedPath: string },
  urls: { readonly jellyfin: string },
): string[] {
  const those = (...takings: readonly Taking[]) =>
    patternsOf(
      taken.filter(({ taking }) => takings.includes(taking)),
      paths,
    );
  const login = those('login');
  return [
    '# While Gatehouse is down: what is guarded or answered by Gatehouse stays closed, and a sign-in that it has begun to read.',
    `if ($gatehouse_upstream = ${urls.jellyfin}) { return 502; }`,
    'if ($gatehouse_path = "") { return 503; }',
    ...oneOf('$gatehouse_path', '', those('own', 'answered', 'guarded'), '{ return 503; }'),
    ...(login.length === 0
      ? []
      : [
          'set $gatehouse_sent "$upstream_bytes_sent $gatehouse_path";',
          ...oneOf('$gatehouse_sent', SENT, login, '{ return 503; }'),
        ]),
  ];
}

/** Finds the letter behind the slash that a pattern begins with; of the front page's that of a base URL, or none. */
const BEGIN = /^(?:\/(?=\w)|\(\?<!\.\)\/(?:\(\?:)?(?=[\w$]))(\w?)(?![?*{])/;

/**
 * One pattern a line, as `--check` compares them; tried only where a slash stands before a letter that one of them has there,
 * which is a third of the time where none is met.
 */
function oneOf(variable: string, before: string, patterns: readonly string[], then: string): string[] {
  const begins = patterns.map((pattern) => BEGIN.exec(pattern)?.[1]);
  const letters = [...new Set(begins)].sort().join('');
  const ahead = begins.includes(undefined) ? '' : `(?=/(?:[${letters}]|$))`;
  return [
    `if (${variable} ~* "(?x)${before}${ahead}(?:`,
    ...patterns.map((pattern, index) => `    ${index === 0 ? '' : '| '}${pattern}`),
    `)") ${then}`,
  ];
}

/** Each once, however often it is taken. */
function patternsOf(
  taken: readonly TakenPath[],
  { strippedPath, basePath }: { readonly basePath: string; readonly strippedPath: string },
): string[] {
  const patterns = taken.map(({ rule }) =>
    'endings' in rule ? keptPattern(rule) : slashPatternOf(rule, `${strippedPath}${basePath}`),
  );
  return [...new Set(patterns)];
}

/**
 * As `patternOf`, and beginning with a slash whatever it is for: nginx then looks where one stands, and nowhere else. One `^`
 * among them would take that away from all.
 */
function slashPatternOf(rule: NamedPath, front: string): string {
  if (!('path' in rule) || rule.path !== '/') return patternOf(rule, front);
  return front === '' ? '(?<!.)/$' : `(?<!.)/(?:${escaped(front.slice(1))}/?)?$`;
}

/**
 * From each place only as far as the next one, which is looked at by itself: that keeps it in time in proportion to the length.
 */
function keptPattern({ path, endings }: EndingPath): string {
  const folder = `${escaped(path)}/`;
  return `${folder}(?:(?!${folder}).)*+$(?<=${endings.map(escaped).join('|')})`;
}
