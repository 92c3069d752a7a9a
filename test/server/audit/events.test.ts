import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDITED_EVENTS } from '../../../server/audit/events.ts';
import { ADMIN_CALLS } from '../../../server/http/admin-calls.ts';

const ROOT = join(import.meta.dirname, '../../..');

const SOURCES = ['server', 'injector'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('audit/events.ts'))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') })),
);

/** A call of the log, up to where the name of its event begins. */
const CALL =
  /\blog\??\.(?:trace|debug|info|warn|error|fatal)\(\s*(?<entry>\{\s*event(?<value>: [^;\n]*|[,\s]))?/g;

/** Names that the value of `event` can have, by the ways in which the code may write it; empty when it is none of them. */
function namesOf(value: string, text: string): string[] {
  // Each call of the admin API has one of its own, in their table.
  if (/^: call\.event\b/.test(value)) return Object.values(ADMIN_CALLS).map(({ event }) => event);
  const literal = /^: '([a-z-]+)'/.exec(value);
  if (literal !== null) return [literal[1] ?? ''];
  const lane = /^: `\$\{about\}-([a-z]+)`/.exec(value);
  if (lane !== null) return [`reset-${lane[1]}`, `message-${lane[1]}`];
  const choice =
    /^: [^?]*\? '([a-z-]+)' : '([a-z-]+)'/.exec(value) ??
    /\bconst event =[^;]*?\? '([a-z-]+)' : '([a-z-]+)'/.exec(text);
  if (choice !== null) return choice.slice(1);
  const union = /\(\s*event: ('[a-z-]+'(?: \| '[a-z-]+')*)/.exec(text)?.[1] ?? '';
  return union.split(' | ').flatMap((name) => (name === '' ? [] : [name.slice(1, -1)]));
}

/** Every call of the log in the code, with the names of the events that it can write. */
const CALLS = SOURCES.flatMap(({ path, text }) =>
  [...text.matchAll(CALL)].map((match) => ({
    place: `${path}:${text.slice(0, match.index).split('\n').length}`,
    names: match.groups?.['entry'] === undefined ? [] : namesOf(match.groups['value'] ?? '', text),
  })),
);

function namesInCode(): Set<string> {
  return new Set([
    ...CALLS.flatMap(({ names }) => names),
    // Entries that are put together before the log gets them.
    ...SOURCES.flatMap(({ text }) =>
      [...text.matchAll(/\bevent: '([a-z-]+)'/g)].map((match) => match[1] ?? ''),
    ),
  ]);
}

/** Rows of the tables in docs/events.md. */
const ROWS = [
  ...readFileSync(join(ROOT, 'docs/events.md'), 'utf8').matchAll(
    /^\| `([a-z-]+)` \| ([^|]+) \| (kept|kept, thinned|log) \| ([^|]*) \|$/gm,
  ),
].map(([, name = '', when = '', kept = '', metric = '']) => ({ name, when, kept, metric: metric.trim() }));

describe('docs/events.md', () => {
  it('can be compared with every call of the log: each names its event first, in letters that stand there', () => {
    expect(CALLS.length).toBeGreaterThan(90);
    expect(CALLS.filter(({ names }) => names.length === 0).map(({ place }) => place)).toEqual([]);
  });

  it('lists every event the code has, each once, and none else', () => {
    expect(ROWS.map((row) => row.name).sort()).toEqual([...namesInCode()].sort());
  });

  it('says of each whether it is kept and what counts it', () => {
    const said = ROWS.filter((row) => row.kept !== 'log').map(({ name, kept, metric }) => [
      name,
      kept,
      metric,
    ]);
    const inCode = Object.entries(AUDITED_EVENTS).map(([name, { isFloodable, counter }]) => [
      name,
      isFloodable === true ? 'kept, thinned' : 'kept',
      counter === undefined ? '' : `\`${counter.name}\``,
    ]);
    expect(said.sort()).toEqual(inCode.sort());
  });

  it('has at least the fourteen kinds that authentication wants', () => {
    const kinds = [
      ...[
        'reset-asked',
        'reset-limited',
        'reset-unresolved',
        'message-sent',
        'message-delayed',
        'message-dead',
      ],
      ...['password-changed', 'password-not-changed', 'link-refused', 'pin-refused', 'account-unlocked'],
      ...['contact-changed', 'login-held', 'config-refused'],
    ];
    expect(kinds.filter((kind) => AUDITED_EVENTS[kind] === undefined)).toEqual([]);
    expect(kinds.filter((kind) => !namesInCode().has(kind))).toEqual([]);
  });
});
