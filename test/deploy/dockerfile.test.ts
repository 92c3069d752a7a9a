import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDockerfile, toVariable } from '../support/deploy/dockerfile.ts';
import { ROOT } from '../support/runner/projects.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const packages = JSON.parse(read('package.json'));
const stages = readDockerfile();
const last = stages.at(-1);

/** What is taken from the repository. */
const sources = stages.flatMap(({ steps }) =>
  steps
    .filter(({ keyword, flags }) => keyword === 'COPY' && flags['from'] === undefined)
    .flatMap(({ words }) => words.slice(0, -1)),
);

describe('deploy/Dockerfile', () => {
  it('builds on, and for, the Node.js that tests run on', () => {
    const version = packages.devDependencies.node;
    expect(new Set(stages.map(({ from }) => from))).toEqual(new Set([`node:${version}-slim`]));
  });

  it('carries the version of the program', () => {
    const given = last?.steps.filter(({ keyword }) => keyword === 'ARG').map(toVariable);
    expect(given).toContainEqual({ VERSION: packages.version });
  });

  it('takes from the repository what is there and is sent to the builder, and nothing else is sent', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect(
      sources.filter((source) => !sent.some((one) => source === one || source.startsWith(`${one}/`))),
    ).toEqual([]);
    expect(
      sent.filter((one) => !sources.some((source) => source === one || source.startsWith(`${one}/`))),
    ).toEqual([]);
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  it('runs scripts of packages in no stage that goes into the image, and has no tool of development there', () => {
    const installs = stages
      .find(({ name }) => name === 'modules')
      ?.steps.filter(({ keyword }) => keyword === 'RUN');
    expect(installs?.[0]?.text).toContain('npm ci --omit=dev --ignore-scripts');
    const from = last?.steps.flatMap(({ flags }) => flags['from'] ?? []);
    expect(from).toEqual(['modules', 'build']);
  });
});
