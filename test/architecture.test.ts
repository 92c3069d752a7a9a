import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Source files below a folder, relative to the root. */
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

interface Import {
  readonly from: string;
  /** A file of ours relative to the root, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, named, lazy]) => {
    const target = named ?? lazy ?? '';
    const to = target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target;
    return { from: file, to, isType: type !== undefined };
  });
}

const OURS = ['injector', 'server', 'ui'].flatMap(sources);
const IMPORTS = OURS.flatMap(importsOf);

/** Imports from files of one place to files of ours outside the places it may know. */
function strays(from: RegExp, mayKnow: readonly RegExp[]): string[] {
  return IMPORTS.filter((one) => from.test(one.from) && /^(injector|server|ui|test|build)\//.test(one.to))
    .filter((one) => !from.test(one.to) && !mayKnow.some((place) => place.test(one.to)))
    .map((one) => `${one.from} -> ${one.to}`);
}

it('the imports are found at all', () => {
  expect(IMPORTS.length).toBeGreaterThan(300);
});

describe('arrows point one way', () => {
  it.each([
    ['the injector knows neither server nor ui', /^injector\//, []],
    [
      'the pages know the contract and the languages only',
      /^ui\//,
      [/^server\/contract\.ts$/, /^injector\/kit\/translations\.ts$/],
    ],
    ['the server composes the injector and knows no page', /^server\//, [/^injector\//]],
    [
      'what is known of Jellyfin knows nothing but HTTP',
      /^injector\/jellyfin\//,
      [/^injector\/(http|upstream)\//],
    ],
    ['HTTP knows nothing of ours', /^injector\/http\//, []],
    ['the kit knows Jellyfin only', /^injector\/kit\//, [/^injector\/jellyfin\//]],
    [
      'a mod knows the kit, Jellyfin, and types of the client',
      /^injector\/mods\//,
      [/^injector\/kit\//, /^injector\/jellyfin\//, /^injector\/client\/client-mod\.ts$/],
    ],
    [
      'rewriting knows no mod and no proxy',
      /^injector\/rewrite\//,
      [/^injector\/kit\//, /^injector\/jellyfin\//, /^injector\/(http|upstream)\//],
    ],
    [
      'the proxy knows no mod',
      /^injector\/proxy\//,
      [/^injector\/(kit|jellyfin|http|upstream|rewrite|static)\//],
    ],
    [
      'the static cache knows no mod and no proxy',
      /^injector\/static\//,
      [/^injector\/(kit|jellyfin|http|upstream|rewrite)\//],
    ],
    ['the way to Jellyfin knows HTTP only', /^injector\/upstream\//, [/^injector\/http\//]],
    [
      'use cases know ports, not adapters',
      /^server\/reset\//,
      [
        /^server\/(ports|contract|log)\.ts$/,
        /^server\/outbox\/outbox-store\.ts$/,
        /^injector\/kit\/translations\.ts$/,
      ],
    ],
  ] as [string, RegExp, RegExp[]][])('%s', (_rule, from, mayKnow) => {
    expect(strays(from, mayKnow)).toEqual([]);
  });

  it('only the program and its commands read the process', () => {
    const code = (file: string): string =>
      readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
    const readers = OURS.filter((file) => /\bprocess\.(env|argv|exit|cwd|stdout)\b/.test(code(file)));

    expect(readers.filter((file) => !/^server\/(main|serve)\.ts$|^server\/commands\//.test(file))).toEqual(
      [],
    );
  });
});

it('no file is over 250 lines', () => {
  const all = [...OURS, ...sources('test'), ...sources('build')];
  const long = all.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

it('no file is named after nothing in particular', () => {
  const vague = /(^|[-/])(utils?|helpers?|common|types|manager|service|handler|misc)\.ts$/;
  expect(OURS.filter((file) => vague.test(file) && file !== 'server/reset-service.ts')).toEqual([]);
});

it('every exported function, class and interface says what it is for', () => {
  const silent = OURS.flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const isExport = /^export (async )?(function|class|interface|const|type) /.test(line);
      const before = lines.slice(0, index).findLast((earlier) => earlier.trim() !== '') ?? '';
      return isExport && !before.trim().endsWith('*/') && !/^export type \w+ = z\.infer/.test(line)
        ? [`${file}:${index + 1}`]
        : [];
    });
  });
  expect(silent).toEqual([]);
});
