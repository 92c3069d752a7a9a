import type { TakenPath, Taking } from '../../injector/taken-paths.ts';
import { type EndingPath, escaped, type NamedPath, patternOf } from './path-patterns.ts';

/**
 * A plain spelling of a path, before the query: with `ODD`, all read it in one way. No percent sign, backslash, semicolon, or byte
 * beyond ASCII. Most of what clients ask for is spelled so. One repetition and one look ahead: each choice costs every request.
 */
const PLAIN = String.raw`^(?<gatehouse_path>/[\w/.~@=,:+-]*+)(?![^?])`;

/** What makes a path of these signs odd all the same: a doubled slash, and a segment that begins with a dot. */
const ODD = '/[/.]';

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
    `if ($request_uri ~ "${PLAIN}") { set $gatehouse_upstream ${urls.jellyfin}; }`,
    ...oneOf('$gatehouse_path', '', [ODD, ...patternsOf(taken, paths)], toGatehouse),
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
    ...oneOf('$gatehouse_path', '', [ODD, ...those('own', 'answered', 'guarded')], '{ return 503; }'),
    ...(login.length === 0
      ? []
      : [
          'set $gatehouse_sent "$upstream_bytes_sent $gatehouse_path";',
          ...oneOf('$gatehouse_sent', SENT, login, '{ return 503; }'),
        ]),
  ];
}

/**
 * One pattern a line, as `--check` compares them; tried only where what stands behind a slash may begin one of them, which is
 * half of the time where none is met.
 */
function oneOf(variable: string, before: string, patterns: readonly string[], then: string): string[] {
  return [
    `if (${variable} ~* "(?x)${before}${aheadOf(patterns)}(?:`,
    ...patterns.map((pattern, index) => `    ${index === 0 ? '' : '| '}${pattern}`),
    `)") ${then}`,
  ];
}

/** What a pattern begins with behind its slash: a segment, and the first letter of the next, or of the one behind an id. */
const BEGIN = /^\/(\w)([\w-]*(?:\/(?:\(\[\^\/\]\+\)\/)?\w)?)(?![?*+{])/;
/** Of the front page's, the letter of a base URL, or none. */
const FRONT_BEGIN = /^\(\?<!\.\)\/(?:\(\?:(?=\w))?([\w$])/;

/**
 * Looks at the letter behind a slash, which sends most paths on, and then at what follows it; empty where a pattern begins in
 * any other way.
 */
function aheadOf(patterns: readonly string[]): string {
  const letters = new Set<string>();
  const rests = new Map<string, string[]>();
  for (const pattern of patterns) {
    const [, letter, rest] = BEGIN.exec(pattern) ?? FRONT_BEGIN.exec(pattern) ?? [];
    if (pattern === ODD) letters.add('.').add('/');
    else if (letter === undefined) return '';
    // The end of a path is no letter, and gets by.
    else if (letter !== '$') rests.set(letter, [...(rests.get(letter) ?? []), rest ?? '']);
  }
  // Those with the most patterns first: they are the ones worth sparing.
  const others = [...rests]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([letter, all]) => {
      const shortest = all.filter((rest, index) =>
        all.every((other, n) => n === index || !begins(rest, other, n < index)),
      );
      return shortest.includes('') ? [] : [`${letter}(?!${shortest.join('|')})`];
    });
  const first = [...letters, ...rests.keys()].sort().join('');
  return `(?!/[^${first}])${others.length === 0 ? '' : `(?!/(?:${others.join('|')}))`}`;
}

/** Whether `other` says as much in fewer letters, or in as many and came before. */
function begins(rest: string, other: string, isBefore: boolean): boolean {
  return rest.startsWith(other) && (rest !== other || isBefore);
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
