import type { Exchange } from './recorded.ts';
import type { RawAnswer } from './raw-exchange.ts';

/** Values that no two servers share, by JSON key in PascalCase. */
const VARIABLE = new Set([
  'AccessToken',
  'CachePath',
  'Code',
  'DateAdded',
  'DateCreated',
  'DateLastActivity',
  'DateModified',
  'LastActivityDate',
  'LastLoginDate',
  'LogPath',
  'PinExpirationDate',
  'Secret',
  'ServerName',
  'Size',
  'TraceId',
  'TranscodingTempPath',
  'WebPath',
]);

/** The day in the name of a log file. Source: Jellyfin begins a new one each day, by the clock of its own zone. */
const LOG_FILE = /^log_\d{8}\.log$/;

/** Keys that come and go with what happened before the recording. */
const HISTORICAL = new Set(['LastActivityDate', 'LastLoginDate']);

/** Header values of which only the presence can be compared. */
const VARIABLE_HEADERS = new Set(['Date', 'X-Response-Time-ms']);

/** What two answers are compared with. */
export interface Terms {
  /** The fake's values in place of which the recording has its own words: its port, its folders. */
  wordsOf(text: string): string;
  /** Further JSON keys whose values may differ in this exchange. */
  variable: readonly string[];
}

function pascal(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function compareLists(
  was: readonly unknown[],
  is: readonly unknown[],
  at: string,
  variable: ReadonlySet<string>,
): string[] {
  const [first] = was;
  const isActivity = was.some((item) => typeof item === 'object' && item !== null && 'Severity' in item);
  if (isActivity) return compareActivity(was, is, at);
  if (typeof first !== 'object' || first === null) {
    const sorted = (list: readonly unknown[]): string => JSON.stringify([...list].sort());
    return sorted(was) === sorted(is) ? [] : [`${at}: was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`];
  }
  // The recording keeps one entry of a list; the fake's must have one that is like it.
  const attempts = is.map((item) => compareValues(first, item, `${at}[]`, variable));
  const [best] = attempts.sort((a, b) => a.length - b.length);
  return best ?? [`${at}: was a list with entries, is empty`];
}

/** Entries of the activity log are compared with one of their type. */
function compareActivity(was: readonly unknown[], is: readonly unknown[], at: string): string[] {
  const typeOf = (item: unknown): unknown => (item as Record<string, unknown>)['Type'];
  const types = new Set(was.map(typeOf));
  const faults = is
    .filter((item) => types.has(typeOf(item)))
    .map((item) => {
      const same = was.filter((old) => typeOf(old) === typeOf(item));
      const variable = new Set(['Id', 'Name', 'ShortOverview', 'Date', 'UserId']);
      return same
        .map((old) => compareValues(old, item, `${at}.${String(typeOf(item))}`, variable))
        .sort((a, b) => a.length - b.length)[0];
    });
  const seen = new Set(is.map(typeOf));
  const missing = [...types].filter((type) => !seen.has(type)).map((type) => `${at}: no ${String(type)}`);
  return [...missing, ...faults.flatMap((fault) => fault ?? [])];
}

function compareValues(was: unknown, is: unknown, at: string, variable: ReadonlySet<string>): string[] {
  if (kindOf(was) !== kindOf(is)) return [`${at}: was ${kindOf(was)}, is ${kindOf(is)}`];
  if (Array.isArray(was) && Array.isArray(is)) return compareLists(was, is, at, variable);
  if (typeof was !== 'object' || was === null || typeof is !== 'object' || is === null) {
    const isSame = was === is || (LOG_FILE.test(String(was)) && LOG_FILE.test(String(is)));
    return isSame ? [] : [`${at}: was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`];
  }
  const left = was as Record<string, unknown>;
  const right = is as Record<string, unknown>;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) => {
    const place = `${at}.${key}`;
    const isHistorical = HISTORICAL.has(pascal(key));
    if (!(key in left)) return isHistorical ? [] : [`${place}: was absent`];
    if (!(key in right)) return isHistorical ? [] : [`${place}: is absent`];
    if (VARIABLE.has(pascal(key)) || variable.has(pascal(key))) {
      const same = kindOf(left[key]) === kindOf(right[key]);
      return same ? [] : [`${place}: was ${kindOf(left[key])}, is ${kindOf(right[key])}`];
    }
    return compareValues(left[key], right[key], place, variable);
  });
}

function compareHeaders(was: readonly string[], is: readonly string[]): string[] {
  const nameOf = (line: string): string => line.slice(0, line.indexOf(':'));
  const names = (lines: readonly string[]): string => lines.map(nameOf).join(', ');
  if (names(was) !== names(is)) return [`headers: were ${names(was)}; are ${names(is)}`];
  return was.flatMap((line, at) => {
    const name = nameOf(line);
    return VARIABLE_HEADERS.has(name) || line === is[at] ? [] : [`header: was ${line}; is ${is[at]}`];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Everything in which an answer of the fake differs from the recorded one; empty if it does not. */
export function differences(was: Exchange, is: RawAnswer, terms: Terms): string[] {
  const faults = was.status === is.status ? [] : [`status: was ${was.status}, is ${is.status}`];
  const headers = is.headers.map((line) => terms.wordsOf(line));
  // Lengths too: our stand-ins for the web client's files are as long as the real ones.
  faults.push(...compareHeaders(was.headers, headers));
  const text = terms.wordsOf(is.body.toString('utf8'));
  if (was.body === '{unseen}') return is.body.length > 0 ? faults : [...faults, 'body: is empty'];
  const before = parse(was.body ?? '');
  const after = parse(text);
  if (before === undefined || after === undefined) {
    if ((was.body ?? '') !== text) faults.push(`body: was ${was.body ?? 'empty'}, is ${text.slice(0, 200)}`);
    return faults;
  }
  return [...faults, ...compareValues(before, after, '$', new Set(terms.variable))];
}
