import type { PathRule } from '../../injector/jellyfin/path.ts';

/** A rule that says a whole path, or its beginning. */
export type NamedPath = Exclude<PathRule, { readonly endings: readonly string[] }>;

/** One that says its ending, too. */
export type EndingPath = Extract<PathRule, { readonly endings: readonly string[] }>;

/**
 * A regular expression for plain paths, in any letter case and with anything before; without looking ahead or behind, which some
 * proxies cannot.
 *
 * @param front Path of the front page, as the proxy sees it.
 */
export function patternOf(rule: NamedPath, front: string): string {
  if ('pattern' in rule)
    return rule.pattern.source.replace(/^\^/, '').replace(/\$$/, '/?$').replaceAll('\\/', '/');
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
