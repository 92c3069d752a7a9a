import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startFileServer } from '../../support/network/file-server.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const MOD =
  'name: film-night\ntitle: Film night\ncss: "h1 { background: url(https://pictures.example.org/x.png) }"\n';

/** Really runs the program in a folder, with nobody at a terminal. */
function gatehouse(args: readonly string[], cwd: string) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1' };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

async function home(mods = '{}'): Promise<string> {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: http://127.0.0.1:8096 }\nmods: ${mods}\n`);
  return folder;
}

async function modFolder(modYaml: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = join(await tempFolder(), 'film-night');
  await mkdir(folder);
  for (const [file, text] of Object.entries({ 'mod.yaml': modYaml, ...more }))
    await writeFile(join(folder, file), text);
  return folder;
}

describe('gatehouse mods new', () => {
  it('makes a mod that works at once and is listed, and no second one in its place', async () => {
    const folder = await home('{ film-night: true }');
    const made = await gatehouse(['mods', 'new', 'film-night'], folder);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('mods:\n  film-night: true\n');
    expect(await gatehouse(['check', '--offline'], folder)).toMatchObject({ code: 0, err: '' });
    const list = await gatehouse(['mods', 'list'], folder);
    expect(list.out).toContain(
      'film-night  Film night\n  Jellyfin >=10.8 <13\n  on\n  your own, in mods/film-night\n',
    );
    const again = await gatehouse(['mods', 'new', 'film-night'], folder);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('mods/film-night is there already');
  });

  it('shows fields that are all taken once their # is gone', async () => {
    const folder = await home('{ film-night: true }');
    await gatehouse(['mods', 'new', 'film-night'], folder);
    const file = join(folder, 'mods/film-night/mod.yaml');
    const text = (await readFile(file, 'utf8'))
      .replaceAll(/^#(?! )/gm, '')
      .replaceAll(/^# {2}(?=\S)/gm, '  ');
    await writeFile(file, text.replace(/^#( {2}- \{| {2}\w)/gm, '$1'));
    for (const name of ['look.css', 'clock.js']) await writeFile(join(folder, 'mods/film-night', name), '');
    await mkdir(join(folder, 'mods/film-night/pictures'));
    await writeFile(join(folder, 'mods/film-night/pictures/garden.jpg'), sampleFile('jpg'));
    const { out, err } = await gatehouse(['mods', 'list'], folder);
    expect(err).toBe('');
    expect(out).toContain('  RUNS CODE IN BROWSERS: clock.js, 1 text replaced in the client’s own\n');
  });

  it.each(['Film-Night', 'page-title', '../x'])('refuses the name %s', async (name) => {
    const folder = await home();
    const { code, out } = await gatehouse(['mods', 'new', name], folder);
    expect([code, out]).toEqual([1, '']);
    expect(await readdir(folder)).toEqual(['config.yaml']);
  });
});

describe('gatehouse mods add', () => {
  it('shows what a mod changes, and adds it only when told so', async () => {
    const folder = await home();
    const source = await modFolder(MOD, { 'LICENSE.txt': 'x'.repeat(1500) });
    const asked = await gatehouse(['mods', 'add', source], folder);
    expect(asked.code).toBe(64);
    expect(asked.out).toContain('  may load from: pictures.example.org\n');
    expect(asked.out).toContain('    LICENSE.txt  1.5 kB\n');
    expect(asked.out).not.toContain('RUNS CODE');
    expect(asked.err).toContain('say --yes to add it');
    expect(await readdir(join(folder, 'mods'))).toEqual([]);

    expect(await gatehouse(['mods', 'add', source, '--yes'], folder)).toMatchObject({ code: 0, err: '' });
    expect((await readdir(join(folder, 'mods/film-night'))).sort()).toEqual(['LICENSE.txt', 'mod.yaml']);
    const again = await gatehouse(['mods', 'add', source, '--yes'], folder);
    expect(again.code).toBe(1);
    expect(again.err).toContain('is there already');
  });

  it('takes an archive, and says in capital letters that a mod runs code', async () => {
    const folder = await home();
    const code = 'scripts: [clock.js]\nreplacements: [{ find: "Next Up", replace: Go on }]\n';
    const source = await modFolder(`${MOD}${code}`, { 'clock.js': 'void 0;' });
    const file = join(folder, 'film-night.tgz');
    await create({ gzip: true, file, cwd: join(source, '..') }, ['film-night']);
    const added = await gatehouse(['mods', 'add', 'film-night.tgz', '--yes'], folder);
    expect(added.code).toBe(0);
    expect(added.out).toContain('  text in files of the client: "Next Up" becomes "Go on" (script)\n');
    expect(added.out).toContain(
      'RUNS CODE IN BROWSERS: clock.js, 1 text replaced in the client’s own\nITS CODE CAN DO WHATEVER',
    );
    expect(await readFile(join(folder, 'mods/film-night/clock.js'), 'utf8')).toBe('void 0;');
  });

  it('tells what is wrong with the mod, by the name of what was added', async () => {
    const { code, err } = await gatehouse(
      ['mods', 'add', await modFolder(`${MOD}csss: x\n`), '--yes'],
      await home(),
    );
    expect(code).toBe(78);
    expect(err).toMatch(/film-night\/mod\.yaml:4:1 csss: is not a field; did you mean css\?\n$/);
  });

  it('takes no address with a password, and does not repeat it', async () => {
    const address = 'https://anna:secret@example.org/mod.tgz';
    const { code, err } = await gatehouse(['mods', 'add', address, '--yes'], await home());
    expect(code).toBe(64);
    expect(err).toContain('an address begins with https:// or http://');
    expect(err).not.toContain('secret');
  });

  it('follows no link', async () => {
    const source = await modFolder(MOD);
    await symlink('/etc/hostname', join(source, 'host.txt'));
    const { code, err } = await gatehouse(['mods', 'add', source, '--yes'], await home());
    expect(code).toBe(1);
    expect(err).toContain('"host.txt" is a link, or no regular file');
  });
});

describe('gatehouse mods add ADDRESS', { timeout: 60_000 }, () => {
  const atHome = async (): Promise<string> => {
    const folder = await home();
    const config = join(folder, 'config.yaml');
    await writeFile(config, `${await readFile(config, 'utf8')}files: { allowPrivate: [127.0.0.1] }\n`);
    return folder;
  };

  async function archive(modYaml: string, more: Readonly<Record<string, string>> = {}): Promise<Buffer> {
    const source = await modFolder(modYaml, more);
    const file = join(source, '../mod.tgz');
    await create({ gzip: true, file, cwd: join(source, '..') }, ['film-night']);
    return await readFile(file);
  }

  it('says where it came from, adds it only when told so, and keeps its SHA-256 in mods.lock.yaml', async () => {
    const folder = await atHome();
    const bytes = await archive(`${MOD}scripts: [clock.js]\n`, { 'clock.js': 'void 0;' });
    const { url, files } = await startFileServer({ '/v1.tgz': bytes });
    files['/latest'] = (response) => response.writeHead(302, { Location: '/v1.tgz' }).end();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const asked = await gatehouse(['mods', 'add', `${url}/latest`], folder);
    expect(asked.code).toBe(64);
    expect(asked.out).toContain(
      `from ${url}/latest\nwhich leads to ${url}/v1.tgz\n${bytes.length} bytes, sha256 ${sha256}\n\nfilm-night  Film night\n`,
    );
    expect(asked.out).toContain('RUNS CODE IN BROWSERS: clock.js\nITS CODE CAN DO WHATEVER');
    expect(await readdir(folder)).not.toContain('mods.lock.yaml');
    expect(await readdir(join(folder, 'mods'))).toEqual([]);

    const added = await gatehouse(['mods', 'add', `${url}/latest`, '--yes'], folder);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(await readFile(join(folder, 'mods/film-night/clock.js'), 'utf8')).toBe('void 0;');
    expect(parse(await readFile(join(folder, 'mods.lock.yaml'), 'utf8'))).toEqual({
      added: {
        [`${url}/latest`]: {
          ...{ mod: 'film-night', sha256, bytes: bytes.length, movedTo: `${url}/v1.tgz` },
          fetched: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        },
      },
    });
    const list = await gatehouse(['mods', 'list'], folder);
    expect(list.out).toMatch(/your own, in mods\/film-night\n {2}from \S+\/latest, \d{4}-\d\d-\d\d\n/);
  });

  it('does not take by --yes what is different now, and asks nobody at home where the configuration is broken', async () => {
    const folder = await atHome();
    const { url, asked } = await startFileServer({ '/mod.tgz': await archive(MOD) });
    const sha256 = '0'.repeat(64);
    const entry = `{ mod: film-night, sha256: "${sha256}", bytes: 1, fetched: 2026-11-29 }`;
    await writeFile(join(folder, 'mods.lock.yaml'), `added:\n  ${url}/mod.tgz: ${entry}\n`);
    const other = await gatehouse(['mods', 'add', `${url}/mod.tgz`, '--yes'], folder);
    expect(other.code).toBe(1);
    expect(other.out).toContain(
      `\nIT IS NOT WHAT IT WAS ON 2026-11-29, when film-night was added from there (sha256 ${sha256})\n`,
    );
    expect(other.err).toContain('--yes does not take what is different now');
    expect(await readdir(join(folder, 'mods'))).toEqual([]);
    expect(asked).toEqual(['/mod.tgz']);

    await writeFile(join(folder, 'config.yaml'), 'mods: { film-night: true }\n');
    const broken = await gatehouse(['mods', 'add', `${url}/mod.tgz`, '--yes'], folder);
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.err).toContain('files.allowPrivate is not known');
    expect(broken.err).toContain('add 127.0.0.1 to files.allowPrivate');
    expect(asked).toEqual(['/mod.tgz']);
  });
});
