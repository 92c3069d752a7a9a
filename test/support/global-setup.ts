import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWeb } from '../../build/web.ts';
import { ensureChromium } from './chromium.ts';
import { ensureFail2ban } from './fail2ban.ts';
import { ensureNginx } from './nginx.ts';
import { ensurePostfix } from './postfix.ts';
import { ensurePostgres } from './postgres.ts';
import { PROGRAM_FILES, reachOf } from './projects.ts';

const PROGRAMS: Readonly<Record<(typeof PROGRAM_FILES)[number], () => unknown>> = {
  'chromium.ts': ensureChromium,
  'nginx.ts': ensureNginx,
  'postgres.ts': ensurePostgres,
  'fail2ban.ts': ensureFail2ban,
  'postfix.ts': ensurePostfix,
};

/**
 * Before the first test of a project: installs the programs that the files of this run use, and no other, and builds
 * what runs in a browser. Here and not in the tests, as installing takes longer than a test may.
 */
export async function setup({ vitest }: TestProject): Promise<void> {
  const reached = new Set(vitest.state.getPaths().flatMap((file) => [...reachOf(file)]));
  for (const name of PROGRAM_FILES) {
    if (reached.has(join(import.meta.dirname, name))) PROGRAMS[name]();
  }
  if (!existsSync('dist/client') || !existsSync('dist/ui')) await buildWeb();
}
