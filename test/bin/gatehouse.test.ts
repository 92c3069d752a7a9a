import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/files/temp-folder.ts';
import { ROOT } from '../support/runner/projects.ts';

/** What `npm run build` does there: a program that says its arguments, and the marks of a whole build. */
const BUILD = `
const { mkdirSync, writeFileSync } = require('node:fs');
for (const folder of ['dist/server', 'dist/ui', 'dist/client']) mkdirSync(folder, { recursive: true });
writeFileSync('dist/client/runtime.js', '');
writeFileSync('dist/ui/index.html', '');
writeFileSync('dist/server/main.js', 'console.log(process.argv.slice(2).join(" "))');
console.log('words of the build');
process.exit(Number(process.env.BUILD_CODE ?? 0));
`;

/** A copy of the repository in which everything but `bin/` is pretended. */
async function checkout({ hasTools = true } = {}): Promise<string> {
  const folder = await tempFolder();
  await cp(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  const { engines } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const manifest = { type: 'module', engines, scripts: { build: 'node build.cjs' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'build.cjs'), BUILD);
  await mkdir(join(folder, 'injector/mods'), { recursive: true });
  await writeFile(join(folder, 'injector/mods/some.ts'), '');
  await mkdir(join(folder, 'node_modules'));
  if (hasTools) await symlink(join(ROOT, 'node_modules/vite'), join(folder, 'node_modules/vite'));
  return folder;
}

function run(
  folder: string,
  args: readonly string[],
  variables: Record<string, string> = {},
  flags: string[] = [],
) {
  const options = { encoding: 'utf8', env: { ...process.env, ...variables } } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(folder, 'bin/gatehouse.mjs'), ...args],
    options,
  );
  return { status, stdout, stderr };
}

const later = async (path: string, seconds: number): Promise<void> => {
  const when = new Date(Date.now() + seconds * 1_000);
  await utimes(path, when, when);
};

describe('the executable', () => {
  it('builds when there is no build, hands on its arguments, and keeps the words of the build out of the output', async () => {
    const folder = await checkout();
    const first = run(folder, ['check', '--config', 'x.yaml']);
    expect(first).toMatchObject({ status: 0, stdout: 'check --config x.yaml\n' });
    expect(first.stderr).toContain('words of the build');
  });

  it('does not build again while no source is newer, whatever folder it is called from', async () => {
    const folder = await checkout();
    run(folder, []);
    expect(run(folder, ['again'])).toEqual({ status: 0, stdout: 'again\n', stderr: '' });
  });

  it('builds again when a source is newer than any part of the build', async () => {
    const folder = await checkout();
    run(folder, []);
    await later(join(folder, 'dist/server/main.js'), 60);
    await later(join(folder, 'injector/mods/some.ts'), 30);
    expect(run(folder, []).stderr).toContain('words of the build');
  });

  it('without the tools uses the build there is, and with neither says what to run', async () => {
    const folder = await checkout({ hasTools: false });
    expect(run(folder, [])).toMatchObject({ status: 1, stdout: '' });
    expect(run(folder, []).stderr).toBe(
      'Gatehouse is not built, and what builds it is not installed; run: npm ci && npm run build\n',
    );
    spawnSync(process.execPath, ['build.cjs'], { cwd: folder });
    await later(join(folder, 'injector/mods/some.ts'), 60);
    const old = run(folder, ['serve']);
    expect(old).toMatchObject({ status: 0, stdout: 'serve\n' });
    expect(old.stderr).toMatch(
      /^the sources are newer than the build that runs, .* npm ci && npm run build\n$/,
    );
  });

  it('runs as a package, where there are no sources', async () => {
    const folder = await checkout({ hasTools: false });
    spawnSync(process.execPath, ['build.cjs'], { cwd: folder });
    await rm(join(folder, 'injector'), { recursive: true });
    expect(run(folder, ['serve'])).toEqual({ status: 0, stdout: 'serve\n', stderr: '' });
  });

  it('starts nothing when the build failed', async () => {
    const failed = run(await checkout(), ['serve'], { BUILD_CODE: '3' });
    expect(failed).toMatchObject({ status: 1, stdout: '' });
    expect(failed.stderr).toContain('The build failed, see above; `npm run build` tries it again.');
  });

  it.each(['20.19.0', '22.18.9', '18.0.0'])(
    'on Node %s says in one sentence which one it needs',
    async (version) => {
      const pretended = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
      const { status, stdout, stderr } = run(await checkout(), ['serve'], {}, ['--import', pretended]);
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: '',
        stderr: `Gatehouse needs Node.js 22.19 or newer, and this is ${version}; install a newer one.\n`,
      });
    },
  );
});
