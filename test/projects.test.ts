import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, PROGRAM_FILES, projectOf, ROOT, reachOf, testFiles } from './support/runner/projects.ts';

const inTests = (path: string): string => join(ROOT, 'test', path);

describe('the imports of a source', () => {
  it('are what it loads: no types, and nothing that only looks like an import', () => {
    const source = [
      "import type { A } from './a.ts';",
      "import { type B } from './b.ts';",
      "import { type C, d } from 'c';",
      "import './d.ts';",
      "export * from './e.ts';",
      "export type { F } from './f.ts';",
      "export { g } from './g.ts';",
      'await import("./h.ts");',
      'await import(g);',
      "// import './i.ts';",
      "const text = `import './j.ts';`;",
    ].join('\n');
    expect(importsOf('some.ts', source)).toEqual(['c', './d.ts', './e.ts', './g.ts', './h.ts']);
  });

  it('of what cannot be parsed are not guessed', () => {
    expect(() => importsOf('some.ts', 'import from;')).toThrow(SyntaxError);
  });
});

describe('a test file belongs to', () => {
  it.each([
    ['unit', 'server/secrets/token.test.ts', undefined],
    // What it needs stands in its own imports, behind a support file, and behind two of them.
    ['integration', 'server/commands/command-line.test.ts', 'node:child_process'],
    ['integration', 'deploy/fail2ban.test.ts', inTests('support/network/fail2ban.ts')],
    ['integration', 'server/https.test.ts', inTests('support/network/certificates.ts')],
    ['browser', 'journeys/methods.test.ts', 'playwright-core'],
    ['browser', 'ui/pages.test.ts', 'playwright-core'],
  ] as const)('%s: %s', (project, file, reached) => {
    expect(projectOf(inTests(file))).toBe(project);
    if (reached !== undefined) expect([...reachOf(inTests(file))]).toContain(reached);
  });

  it('faults by its folder, whatever it imports', () => {
    expect(projectOf(inTests('faults/methods.test.ts'))).toBe('faults');
  });
});

describe('the projects', () => {
  const files = testFiles();

  it('have each test file once, and none is empty', () => {
    const all = Object.values(files).flat();
    expect(new Set(all).size).toBe(all.length);
    for (const [project, own] of Object.entries(files)) expect(own.length, project).toBeGreaterThan(9);
  });

  it('keep everything that installs, starts or opens something out of unit', () => {
    const support = [
      'runner/debian-program',
      'network/certificates',
      'program/program',
      'network/listen',
      'mail/smtp-inbox',
      'program/gatehouse',
      'program/house',
    ];
    const paths = support.map((name) => inTests(`support/${name}.ts`));
    const reachedBy = (names: readonly string[]) =>
      new Set(names.flatMap((name) => [...reachOf(join(ROOT, name))]));
    expect(paths.filter((path) => !reachedBy(files.integration).has(path))).toEqual([]);
    expect(paths.filter((path) => reachedBy(files.unit).has(path))).toEqual([]);
  });

  it('install every program there is a support file for, when a test reaches that file', () => {
    const folder = inTests('support');
    const files = globSync('**/*.ts', { cwd: folder }).map((name) => name.replaceAll(sep, '/'));
    const installing = files.filter((name) =>
      importsOf(name, readFileSync(join(folder, name), 'utf8')).some((path) =>
        path.endsWith('/debian-program.ts'),
      ),
    );
    // By npm, which brings the oldest Node.js there is for us.
    const byNpm = ['program/node-22.ts'];
    // Its test installs that by itself: nearly all who reach the file only ask for the real time.
    expect([...installing, ...byNpm].toSorted()).toEqual([...PROGRAM_FILES, 'clock/faketime.ts'].toSorted());
  });
});
