import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWeb } from '../../../build/web.ts';
import { ensureChromium } from '../browser/chromium.ts';
import { ensurePostfix } from '../mail/postfix.ts';
import { ensureFail2ban } from '../network/fail2ban.ts';
import { ensureNginx } from '../network/nginx.ts';
import { ensurePostgres } from '../storage/postgres.ts';
import { PROGRAM_FILES, reachOf } from './projects.ts';

const SUPPORT = join(import.meta.dirname, '..');

const PROGRAMS: Readonly<Record<(typeof PROGRAM_FILES)[number], () => unknown>> = {
  'browser/chromium.ts': ensureChromium,
  'network/nginx.ts': ensureNginx,
  'storage/postgres.ts': ensurePostgres,
  'network/fail2ban.ts': ensureFail2ban,
  'mail/postfix.ts': ensurePostfix,
};

/**
 * Before the first test of a project: installs the programs that the files of this run use, and no other, and builds
 * what runs in a browser. Here and not in the tests, as installing takes longer than a test may.
 */
export async function setup({ vitest }: TestProject): Promise<void> {
  const reached = new Set(vitest.state.getPaths().flatMap((file) => [...reachOf(file)]));
  for (const name of PROGRAM_FILES) {
    if (reached.has(join(SUPPORT, name))) PROGRAMS[name]();
  }
  if (!existsSync('dist/client') || !existsSync('dist/ui')) await buildWeb();
}
