#!/usr/bin/env node
// Old JavaScript on purpose: a Node that is too old for the program must still be able to read this file and say so.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MAIN = join(ROOT, 'dist/server/main.js');

/** What a build is made of; absent in the package. */
const SOURCES = [
  'injector',
  'server',
  'ui',
  'build',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** What each part of a build ends with: the program, the pages, what mods run in the browser. */
const BUILT = [MAIN, join(ROOT, 'dist/ui/index.html'), join(ROOT, 'dist/client/runtime.js')];

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const needed = manifest.engines.node.replace('>=', '');
if (isOlder(process.versions.node, needed)) {
  end(
    `Gatehouse needs Node.js ${needed} or newer, and this is ${process.versions.node}; install a newer one.`,
  );
}
const isCheckout = existsSync(join(ROOT, 'injector'));
if (isCheckout && newestOf(SOURCES) > oldestOf(BUILT)) build();
await import(pathToFileURL(MAIN).href);

/** Builds once after a change, or goes on with the build there is where the tools for it are not installed. */
function build() {
  const isBuilt = oldestOf(BUILT) > 0;
  if (!existsSync(join(ROOT, 'node_modules/vite'))) {
    if (isBuilt) {
      process.stderr.write(
        'the sources are newer than the build that runs, and what builds them is not installed; run: npm ci && npm run build\n',
      );
      return;
    }
    end('Gatehouse is not built, and what builds it is not installed; run: npm ci && npm run build');
  }
  process.stderr.write('building what changed, some ten seconds; the next start is quicker\n');
  // Its words are not the program's: standard output is the log, or what a command answers.
  const stdio = ['ignore', 2, 2];
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio,
    shell: process.platform === 'win32',
  });
  if (status !== 0) end('The build failed, see above; `npm run build` tries it again.');
}

function end(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function isOlder(version, least) {
  const parts = version.split('.').map(Number);
  const [major, minor] = least.split('.').map(Number);
  return parts[0] < major || (parts[0] === major && parts[1] < minor);
}

function newestOf(names) {
  const timeOf = (path) => {
    const file = statSync(path);
    if (!file.isDirectory()) return file.mtimeMs;
    return Math.max(file.mtimeMs, ...readdirSync(path).map((name) => timeOf(join(path, name))));
  };
  return Math.max(
    0,
    ...names
      .map((name) => join(ROOT, name))
      .filter((path) => existsSync(path))
      .map(timeOf),
  );
}

/** When the oldest of them was written; 0 when one is missing. */
function oldestOf(files) {
  return Math.min(...files.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
}
