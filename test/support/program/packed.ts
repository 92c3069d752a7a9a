import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../runner/projects.ts';

/** What `npm pack` makes. */
export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  /** Paths in the package. */
  readonly paths: readonly string[];
}

/** Builds, where a source is newer than the build, and packs what npm would publish. */
export function packPackage(folder: string): Packed {
  // The executable builds what is stale, and says its version.
  execFileSync(process.execPath, [join(ROOT, 'bin/gatehouse.mjs'), '--version'], { stdio: 'ignore' });
  const told = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Up to npm 11 a list, from 12 on by the name of the package.
  const [packed] = Object.values(JSON.parse(told)) as [
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] },
  ];
  return {
    file: join(folder, packed.filename),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    paths: packed.files.map(({ path }) => path),
  };
}

/**
 * Puts a tarball into `node_modules` of a folder as npm does, with what it depends on and nothing else, without a network: its
 * dependencies are those of the lock file, from our own `node_modules`.
 */
export function installPacked(folder: string, { file }: Pick<Packed, 'file'>): void {
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'jellyfin-gatehouse');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', file, '-C', own, '--strip-components=1']);
  for (const path of productionPackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path), {
      recursive: true,
      filter: (from) => !isNested(path, from),
    });
  }
  mkdirSync(join(modules, '.bin'));
  symlinkSync('../jellyfin-gatehouse/bin/gatehouse.mjs', join(modules, '.bin/gatehouse'));
}

/** Folders of what is installed without development dependencies, those that are there for this system. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; devOptional?: true }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)));
}

/** What is installed within another package stands in the lock itself. */
const isNested = (path: string, from: string): boolean => from.startsWith(join(ROOT, path, 'node_modules'));
