import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildClient } from './client.ts';

/** Builds everything browsers get: what mods run there into `dist/client`, our own pages into `dist/ui`. */
export async function buildWeb(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  await buildClient(root, join(root, 'dist/client'));
  const configFile = join(root, 'vite.config.ts');
  if (existsSync(configFile) && existsSync(join(root, 'ui/index.html'))) {
    // Relative folders in the configuration are meant as seen from its own place, wherever this runs.
    await build({ configFile, root: join(root, 'ui'), logLevel: 'warn' });
  } else {
    process.stderr.write(
      'build:web: there is no vite.config.ts with ui/index.html, so our own pages are not built\n',
    );
  }
}

if (import.meta.main) await buildWeb();
