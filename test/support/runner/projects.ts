import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { parseSync } from 'vite';

/** A vitest project: `npm run test:only -- --project unit` runs one of them. */
export type Project = 'unit' | 'integration' | 'browser' | 'faults';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '../../..');

/** What stands in a file's reach besides its imports when it reads what `npm run build:web` makes. */
const BUILT_WEB = 'dist/';

/** Where `npm run build:web` puts things, as tests and their support write it. */
const NAMES_BUILT_WEB = /\bdist\/(?:client|ui)\b|\.\.\/dist'/;

/** A test that reaches one of these talks to something: another process, a socket, or a bundle that has to be built. */
const INTEGRATION: readonly string[] = [
  ...['node:child_process', 'node:worker_threads', 'node:cluster'],
  ...['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'node:dgram'],
  ...['undici', 'ws', 'smtp-server', 'pg', BUILT_WEB],
  // Servers that the product made are opened with it.
  join(import.meta.dirname, '../network/listen.ts'),
  // Built before the first test of a project that has this setup.
  join(import.meta.dirname, '../browser/built-client.ts'),
];

const BROWSER = 'playwright-core';

/** Files of `test/support/` through which tests use a program that `npm ci` does not bring; global-setup.ts installs them. */
export const PROGRAM_FILES = [
  'browser/chromium.ts',
  'network/nginx.ts',
  'network/caddy.ts',
  'network/apache.ts',
  'network/haproxy.ts',
  'storage/postgres.ts',
  'network/fail2ban.ts',
  'mail/postfix.ts',
  'deploy/debootstrap.ts',
  'deploy/machine.ts',
  'deploy/compose.ts',
  'deploy/systemd.ts',
  'program/node-22.ts',
  'imports/slapd.ts',
] as const;

const FAULTS = join(ROOT, 'test/faults');

/**
 * Tells where a test file runs, from its folder (`test/faults`) and from what it and its support files import.
 *
 * @param file Absolute path. @throws {SyntaxError} for a file that cannot be parsed.
 */
export function projectOf(file: string): Project {
  if (file.startsWith(FAULTS + sep)) return 'faults';
  const reached = reachOf(file);
  if (reached.has(BROWSER)) return 'browser';
  return INTEGRATION.some((name) => reached.has(name)) ? 'integration' : 'unit';
}

/** All test files by project, as paths from the root with slashes; what vitest includes. */
export function testFiles(): Readonly<Record<Project, readonly string[]>> {
  const files: Record<Project, string[]> = { unit: [], integration: [], browser: [], faults: [] };
  for (const name of globSync('test/**/*.test.ts', { cwd: ROOT }).sort()) {
    files[projectOf(join(ROOT, name))].push(name.replaceAll(sep, '/'));
  }
  return files;
}

/**
 * Collects what a test file loads: packages by name, files below `test/` by absolute path, and `dist/` for the built
 * web part. Imports of types load nothing; sources of the product are not followed, as what they may open a test has
 * to talk to with something of its own.
 */
export function reachOf(file: string, reached: Set<string> = new Set()): ReadonlySet<string> {
  for (const name of loadedBy(file)) {
    if (reached.has(name)) continue;
    reached.add(name);
    if (name.startsWith(join(ROOT, 'test') + sep) && name.endsWith('.ts')) reachOf(name, reached);
  }
  return reached;
}

/** Support files are reached from nearly every test: each is parsed once. */
const known = new Map<string, readonly string[]>();

function loadedBy(file: string): readonly string[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const text = readFileSync(file, 'utf8');
  const names = importsOf(file, text).map((name) =>
    name.startsWith('.') ? join(dirname(file), name) : name,
  );
  if (NAMES_BUILT_WEB.test(text)) names.push(BUILT_WEB);
  known.set(file, names);
  return names;
}

/** The modules a source loads, as they are written there. @throws {SyntaxError} for what cannot be parsed. */
export function importsOf(file: string, text: string): string[] {
  const { module, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const isLoaded = (entries: readonly { readonly isType: boolean }[]): boolean =>
    entries.length === 0 || entries.some(({ isType }) => !isType);
  return [
    ...module.staticImports
      .filter(({ entries }) => isLoaded(entries))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest === null || isType ? [] : moduleRequest.value,
      ),
    ),
    // Of those put together while the program runs nothing is known.
    ...module.dynamicImports
      .map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end))
      .filter((written) => /^(['"]).*\1$/.test(written))
      .map((written) => written.slice(1, -1)),
  ];
}
