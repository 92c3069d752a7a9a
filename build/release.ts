import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { create, extract } from 'tar';
import { STARTER } from '../server/config/starter.ts';

const ROOT = join(import.meta.dirname, '..');

/** What deploy/install.sh needs beside the package of npm. */
const DEPLOY = ['deploy/install.sh', 'deploy/systemd', 'deploy/fail2ban', 'LICENSE', 'CHANGELOG.md'];

/**
 * Makes a release for machines like this one: `gatehouse-VERSION-linux-x64.tar.gz`, with the program as npm packs it, what it needs
 * from others by the lock file, the Node.js that runs this, a list of all that (CycloneDX), and what installs it. `dist/` must
 * be built. No script of a package runs.
 *
 * @param folder Where it goes.
 * @param root Folder of `package.json`. @default the repository
 * @returns Path of the release.
 */
export async function makeRelease(folder: string, root = ROOT): Promise<string> {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const stage = mkdtempSync(join(tmpdir(), 'gatehouse-release-'));
  try {
    const npm = (cwd: string, ...words: readonly string[]): string =>
      execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', stage);
    const top = `gatehouse-${version}`;
    const tree = join(stage, top);
    mkdirSync(tree);
    await extract({ file: join(stage, `${name}-${version}.tgz`), cwd: tree, strip: 1 });
    cpSync(join(root, 'package-lock.json'), join(tree, 'package-lock.json'));
    npm(tree, 'ci', '--omit=dev', '--ignore-scripts', '--prefer-offline');
    // What is not there is not listed: --omit=dev of `npm sbom` leaves out what tools of development use too.
    npm(tree, 'pkg', 'delete', 'devDependencies', 'scripts', 'allowScripts');
    writeFileSync(join(tree, 'sbom.cdx.json'), npm(tree, 'sbom', '--sbom-format=cyclonedx'));
    rmSync(join(tree, 'package-lock.json'));
    addNode(tree);
    for (const file of DEPLOY) {
      const target = join(tree, file.replace(/^deploy\//, ''));
      cpSync(join(root, file), target, { recursive: true });
    }
    writeFileSync(join(tree, 'config.starter.yaml'), STARTER);
    mkdirSync(folder, { recursive: true });
    const file = resolve(folder, `${top}-${process.platform}-${process.arch}.tar.gz`);
    await create({ file, cwd: stage, gzip: true, portable: true, noMtime: true }, [top]);
    return file;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** The Node.js that was tested, so that a machine needs none; its licence wants to come along. */
function addNode(tree: string): void {
  mkdirSync(join(tree, 'node/bin'), { recursive: true });
  cpSync(process.execPath, join(tree, 'node/bin/node'), { dereference: true });
  const beside = ['LICENSE', '../LICENSE'].map((name) => join(dirname(process.execPath), name));
  const licence = beside.find((path) => existsSync(path));
  if (licence !== undefined) cpSync(licence, join(tree, 'node/LICENSE'));
}

if (import.meta.main) {
  if (process.platform === 'win32') throw new Error('build:release makes releases for Linux; run it there');
  process.stdout.write(`${await makeRelease(process.argv[2] ?? join(ROOT, 'release'))}\n`);
}
