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
}

/** Every import of a file, those of types and those by `import()` among them. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s+[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...found].map(([, named, bare, lazy]) => {
    const target = named ?? bare ?? lazy ?? '';
    const to = target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target;
    return { from: file, to };
  });
}

const OURS = ['injector', 'server', 'ui'].flatMap(sources);
const IMPORTS = OURS.flatMap(importsOf);

/** The rooms of `server/`: each imports only from those after it, types included. */
const SERVER_ROOMS = [
  ...['main', 'commands', 'middleware', 'program', 'setup'],
  ...['admin', 'account', 'reset', 'login', 'doctor', 'rescue', 'own-mods'],
  ...['suggest', 'reverse-proxy', 'imports', 'outbox', 'messages', 'channels'],
  ...['contacts', 'health', 'audit', 'storage', 'machine'],
  ...['jellyfin', 'split', 'http', 'config', 'secrets', 'qr', 'ports', 'errors', 'log', 'concurrency'],
];

/** The rooms of `injector/` in the same way; `(root)` are the files in no folder. */
const INJECTOR_ROOMS = [
  ...['(root)', 'answers', 'admission', 'check', 'static', 'rewrite', 'mods', 'client', 'files', 'kit'],
  ...['jellyfin', 'upstream', 'addresses', 'http'],
];

/** The room of a file: its folder below `server/` or `injector/`, and for a file in none its name or `(root)`. */
function roomOf(file: string): string {
  const [house, room = '', ...rest] = file.split('/');
  if (rest.length > 0) return room;
  return house === 'server' ? room.replace(/\.ts$/, '') : '(root)';
}

/** Imports between the rooms of one house that go against their order, or to or from a room that is not in it. */
function arrowsUp(imports: readonly Import[], house: string, rooms: readonly string[]): string[] {
  const isHere = (file: string): boolean => file.startsWith(`${house}/`);
  return imports
    .filter(({ from, to }) => isHere(from) && isHere(to))
    .filter(({ from, to }) => {
      const [above, below] = [rooms.indexOf(roomOf(from)), rooms.indexOf(roomOf(to))];
      return above === -1 || below === -1 || above > below;
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** Circles among files, each as the way around: `a.ts -> b.ts -> a.ts`. Empty when there are none. */
function circles(imports: readonly Import[]): string[] {
  const below = Map.groupBy(imports, (one) => one.from);
  const done = new Set<string>();
  const found: string[] = [];
  function follow(file: string, way: readonly string[]): void {
    const at = way.indexOf(file);
    if (at !== -1) found.push([...way.slice(at), file].join(' -> '));
    if (at !== -1 || done.has(file)) return;
    for (const { to } of below.get(file) ?? []) follow(to, [...way, file]);
    done.add(file);
  }
  for (const file of below.keys()) follow(file, []);
  return found;
}

/** Imports from files of one place to files of ours outside the places it may know. */
function strays(from: RegExp, mayKnow: readonly RegExp[]): string[] {
  return IMPORTS.filter((one) => from.test(one.from) && /^(injector|server|ui|test|build)\//.test(one.to))
    .filter((one) => !from.test(one.to) && !mayKnow.some((place) => place.test(one.to)))
    .map((one) => `${one.from} -> ${one.to}`);
}

it('the imports are found at all', () => {
  expect(IMPORTS.length).toBeGreaterThan(300);
});

describe('rooms', () => {
  it.each([
    ['server', SERVER_ROOMS],
    ['injector', INJECTOR_ROOMS],
  ])('0 arrows up in %s/', (house, rooms) => {
    expect(arrowsUp(IMPORTS, house, rooms)).toEqual([]);
  });

  it('0 circles', () => {
    expect(circles(IMPORTS)).toEqual([]);
  });

  it('an arrow up, a room that is in no order and a circle are found where there are any', () => {
    const drawn = (...arrows: [string, string][]): Import[] => arrows.map(([from, to]) => ({ from, to }));
    const up = drawn(['server/ports/a.ts', 'server/reset/b.ts'], ['server/reset/b.ts', 'server/ports/a.ts']);
    const odd = drawn(['server/cellar/c.ts', 'server/ports/a.ts'], ['injector/d.ts', 'injector/http/e.ts']);

    expect(arrowsUp(up, 'server', SERVER_ROOMS)).toEqual(['server/ports/a.ts -> server/reset/b.ts']);
    expect(arrowsUp(odd, 'server', SERVER_ROOMS)).toEqual(['server/cellar/c.ts -> server/ports/a.ts']);
    expect(arrowsUp(odd, 'injector', INJECTOR_ROOMS)).toEqual([]);
    expect(circles(odd)).toEqual([]);
    expect(circles(up)).toEqual(['server/ports/a.ts -> server/reset/b.ts -> server/ports/a.ts']);
    expect(circles(drawn(['a.ts', 'b.ts'], ['b.ts', 'c.ts'], ['c.ts', 'b.ts']))).toEqual([
      'b.ts -> c.ts -> b.ts',
    ]);
    expect(circles(drawn(['a.ts', 'a.ts']))).toEqual(['a.ts -> a.ts']);
  });

  it('storage, jellyfin and split do not know one another', () => {
    const adapter = /^server\/(storage|jellyfin|split)\//;
    const met = IMPORTS.filter(({ from, to }) => adapter.test(from) && adapter.test(to))
      .filter(({ from, to }) => roomOf(from) !== roomOf(to))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(met).toEqual([]);
  });
});

describe('arrows point one way', () => {
  it.each([
    ['the injector knows neither server nor ui', /^injector\//, []],
    [
      'the pages know the contracts and the languages only',
      /^ui\//,
      [/^server\/http\/((account|link)-)?contract\.ts$/, /^injector\/kit\/translations\.ts$/],
    ],
    ['the server composes the injector and knows no page', /^server\//, [/^injector\//]],
    [
      'what is known of Jellyfin knows nothing but HTTP',
      /^injector\/jellyfin\//,
      [/^injector\/(http|upstream)\//],
    ],
    ['HTTP knows nothing of ours', /^injector\/http\//, []],
    ['the kit knows Jellyfin and addresses only', /^injector\/kit\//, [/^injector\/(jellyfin|addresses)\//]],
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
      /^injector\/(answers|admission|addresses)\//,
      [/^injector\/(kit|jellyfin|http|upstream|rewrite|static)\//],
    ],
    [
      'files that options name know the kit, addresses and HTTP',
      /^injector\/files\//,
      [/^injector\/(kit|addresses|http)\//],
    ],
    [
      'the static cache knows no mod and no proxy',
      /^injector\/static\//,
      [/^injector\/(kit|jellyfin|http|upstream|rewrite)\//],
    ],
    ['the way to Jellyfin knows HTTP only', /^injector\/upstream\//, [/^injector\/http\//]],
    [
      'what suggests mods knows what is known of Jellyfin, and no other room of the server',
      /^server\/suggest\//,
      [/^injector\/(jellyfin|upstream)\//, /^injector\/kit\/define-mod\.ts$/],
    ],
    [
      'use cases of administrators know ports, contacts and errors: no adapter, no command line',
      // What answers the calls of the API, and puts them together, knows what it puts together.
      /^server\/admin\/(?!api\/)/,
      [
        /^server\/(ports|contacts|errors|log|secrets)\//,
        /^server\/config\/(config|reset-config)\.ts$/,
        /^injector\/(jellyfin\/user-names|kit\/translations)\.ts$/,
      ],
    ],
    [
      'use cases of a reset know ports, not adapters',
      // Those that put the service together know what they put together; `account-parts` and `admin-parts` are what others are handed.
      /^server\/reset\/(?!(compose|reset-service|account-parts|admin-parts|service-parts)\.ts$)/,
      [
        /^server\/(ports|log|secrets)\//,
        /^server\/http\/(contract|use-cases)\.ts$/,
        /^server\/config\/(config|reset-config)\.ts$/,
        /^server\/login\/login-throttle\.ts$/,
        /^injector\/(kit\/translations|addresses\/client-network|answers\/reset-port)\.ts$/,
      ],
    ],
  ] as [string, RegExp, RegExp[]][])('%s', (_rule, from, mayKnow) => {
    expect(strays(from, mayKnow)).toEqual([]);
  });

  it('only the program and its commands read the process', () => {
    const code = (file: string): string =>
      readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
    const rest = OURS.filter((file) => !file.startsWith('server/commands/'));
    const readers = rest.filter((file) => /\bprocess\.(env|argv|exit|cwd|stdout)\b/.test(code(file)));

    expect(
      readers.filter((file) => !/^server\/(main|program\/(serve|shutdown|configuration))\.ts$/.test(file)),
    ).toEqual([]);
  });
});

it('no file is over 250 lines', () => {
  const all = [...OURS, ...sources('test'), ...sources('build')];
  const long = all.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

it('no file is named after nothing in particular', () => {
  const vague = /(^|[-/])(utils?|helpers?|common|types|manager|service|handler|misc)\.ts$/;
  // These say which service: the reset service, and the section of the configuration that is called so.
  const exact = [
    'server/config/sections/service.ts',
    'server/ports/reset-service.ts',
    'server/reset/reset-service.ts',
  ];
  expect(OURS.filter((file) => vague.test(file) && !exact.includes(file))).toEqual([]);
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
