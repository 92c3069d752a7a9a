import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildClient } from './client.ts';
import { clientSizes } from './client-sizes.ts';

const ROOT = join(import.meta.dirname, '..');

/**
 * Builds everything browsers get: what mods run there, and our own pages.
 *
 * @param folder Where `client/` and `ui/` go. @default `dist`
 */
export async function buildWeb(folder = join(ROOT, 'dist')): Promise<void> {
  await buildClient(ROOT, join(folder, 'client'));
  const configFile = join(ROOT, 'vite.config.ts');
  if (existsSync(configFile) && existsSync(join(ROOT, 'ui/index.html'))) {
    // Relative folders in the configuration are meant as seen from its own place, wherever this runs.
    const output = { outDir: join(folder, 'ui'), emptyOutDir: true };
    await build({ configFile, root: join(ROOT, 'ui'), logLevel: 'warn', build: output });
  } else {
    process.stderr.write(
      'build:web: there is no vite.config.ts with ui/index.html, so our own pages are not built\n',
    );
  }
}

function describeSizes(sizes: ReadonlyMap<string, number>): string {
  const all = [...sizes].map(([name, bytes]) => `${name} ${bytes}`);
  return `in browsers, bytes after gzip: ${all.join(', ')}`;
}

if (import.meta.main) {
  await buildWeb();
  // Asked for: the first start of a checkout builds too, and whoever starts a program wants its words only.
  if (process.argv.includes('--sizes'))
    process.stdout.write(`${describeSizes(clientSizes(join(ROOT, 'dist/client')))}\n`);
}
