import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDITED_EVENTS } from '../../../server/audit/events.ts';

const ROOT = join(import.meta.dirname, '../../..');

const SOURCES = ['server', 'injector'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('audit/events.ts'))
    .map((path) => readFileSync(path, 'utf8')),
);

/** Names in the code: `event: 'a'`, `const event = x ? 'a' : 'b'`, and those of a queue (`reset-…`, `message-…`). */
function namesInCode(): Set<string> {
  return new Set(
    SOURCES.flatMap((text) => [
      ...[...text.matchAll(/\bevent: '([a-z-]+)'/g)].map((match) => match[1] ?? ''),
      ...[...text.matchAll(/\bevent(?:: |\s=\s)[^;\n,']*?\? '([a-z-]+)' : '([a-z-]+)'/g)].flatMap((match) => [
        match[1] ?? '',
        match[2] ?? '',
      ]),
      ...[...text.matchAll(/event: `\$\{about\}-([a-z]+)`/g)].flatMap((match) => [
        `reset-${match[1]}`,
        `message-${match[1]}`,
      ]),
    ]),
  );
}

/** Rows of the tables in docs/events.md. */
const ROWS = [
  ...readFileSync(join(ROOT, 'docs/events.md'), 'utf8').matchAll(
    /^\| `([a-z-]+)` \| ([^|]+) \| (kept|kept, thinned|log) \| ([^|]*) \|$/gm,
  ),
].map(([, name = '', when = '', kept = '', metric = '']) => ({ name, when, kept, metric: metric.trim() }));

describe('docs/events.md', () => {
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
