import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { buildClient } from './client.ts';

/**
 * What Chromium 53 does not have of the language's own functions and of the browser's, by where it stands. That is the engine of the
 * oldest televisions that read our scripts (LG's of 2018; Samsung's of that year have 56). Jellyfin's client brings many of these
 * along, but not before its own scripts, where our settings begin, and not the same ones in each version.
 * Source: MDN's browser compatibility data, ECMAScript 2016 to 2025.
 */
const NEWER = {
  /** As in `Object.entries`. */
  statics: {
    Object: ['entries', 'values', 'getOwnPropertyDescriptors', 'fromEntries', 'hasOwn', 'groupBy'],
    Promise: ['allSettled', 'any', 'withResolvers', 'try'],
    Array: ['fromAsync'],
    Map: ['groupBy'],
    URL: ['canParse', 'parse'],
    AbortSignal: ['any', 'timeout'],
    crypto: ['randomUUID'],
    navigator: ['clipboard', 'share', 'locks'],
  },
  /** Called on anything. */
  methods: [
    ...[
      'padStart',
      'padEnd',
      'trimStart',
      'trimEnd',
      'matchAll',
      'replaceAll',
      'isWellFormed',
      'toWellFormed',
    ],
    ...['flat', 'flatMap', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced'],
    ...['finally', 'formatToParts', 'formatRange', 'isDisjointFrom', 'isSubsetOf', 'isSupersetOf'],
    ...[
      'append',
      'prepend',
      'before',
      'after',
      'replaceWith',
      'replaceChildren',
      'moveBefore',
      'toggleAttribute',
    ],
    ...[
      'getRootNode',
      'attachShadow',
      'attachInternals',
      'getAnimations',
      'checkVisibility',
      'requestSubmit',
    ],
    ...['scrollTo', 'scrollBy', 'showPopover', 'hidePopover', 'togglePopover', 'setHTMLUnsafe', 'getHTML'],
  ],
  /** Called or made by their names alone. */
  globals: [
    ...['queueMicrotask', 'structuredClone', 'requestIdleCallback', 'reportError', 'BigInt'],
    ...['WeakRef', 'FinalizationRegistry', 'AggregateError', 'AbortController', 'BroadcastChannel'],
    ...['ResizeObserver', 'PerformanceObserver', 'CSSStyleSheet', 'AbortSignal'],
  ],
} as const;

/** Only `capture` and `passive` are understood; the others are passed over in silence. */
const KNOWN_LISTENER_OPTIONS: readonly string[] = ['capture', 'passive'];

/** Flags, groups by name, looks behind and classes by property of Unicode. */
const NEWER_PATTERN = /\(\?<|\\[pP]\{/;

/**
 * Finds what a script uses that the oldest televisions do not have.
 *
 * @param code A script as it was built, so that all it needs is in it.
 * @returns What it is called, each once, in the order in which it is found.
 * @throws {SyntaxError} for a script that cannot be parsed.
 */
export function findNewerFunctions(code: string): string[] {
  const { program, errors } = parseSync('part.js', code);
  if (errors[0] !== undefined) throw new SyntaxError(errors[0].message);
  const found = new Set<string>();
  const isGlobal = (name: string): boolean => (NEWER.globals as readonly string[]).includes(name);
  new Visitor({
    MemberExpression({ object, property, computed }) {
      if (computed || property.type !== 'Identifier' || object.type !== 'Identifier') return;
      const statics: Readonly<Record<string, readonly string[]>> = NEWER.statics;
      if (Object.hasOwn(statics, object.name) && statics[object.name]?.includes(property.name) === true)
        found.add(`${object.name}.${property.name}`);
    },
    CallExpression({ callee, arguments: [, , options] }) {
      if (callee.type === 'Identifier' && isGlobal(callee.name)) found.add(callee.name);
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      if ((NEWER.methods as readonly string[]).includes(name)) found.add(`.${name}()`);
      if (name !== 'addEventListener' || options?.type !== 'ObjectExpression') return;
      for (const option of options.properties) {
        if (option.type !== 'Property' || option.key.type !== 'Identifier') continue;
        if (!KNOWN_LISTENER_OPTIONS.includes(option.key.name))
          found.add(`addEventListener(…, { ${option.key.name} })`);
      }
    },
    Identifier({ name }) {
      if (name === 'globalThis') found.add(name);
    },
    NewExpression({ callee }) {
      if (callee.type === 'Identifier' && isGlobal(callee.name)) found.add(`new ${callee.name}`);
    },
    Literal(node) {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex;
      if (NEWER_PATTERN.test(pattern) || /[^gimuy]/.test(flags)) found.add(`/${pattern}/${flags}`);
    },
  }).visit(program);
  return [...found];
}

/** Builds what runs in the browser and checks all of it; returns what is wrong, one line each. */
async function checkAll(root: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-client-'));
  try {
    await buildClient(root, folder);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
    const parts = names.map(async (name) => {
      const found = findNewerFunctions(await readFile(join(folder, name), 'utf8'));
      const isOwn = ['runtime.js', 'settings.js', 'languages.js'].includes(name);
      const file = isOwn ? 'injector/client' : `injector/mods/${name.replace(/\.js$/, '')}`;
      return found.map((what) => `${file}: ${what} is not there on old televisions (Chromium 53)`);
    });
    return (await Promise.all(parts)).flat();
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const lines = await checkAll(join(import.meta.dirname, '..'));
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  if (lines.length > 0) process.exitCode = 1;
}
