import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildClient } from '../../../build/client.ts';
import { buildWeb } from '../../../build/web.ts';
import { ensureChromium } from '../browser/chromium.ts';
import { ensureCompose } from '../deploy/compose.ts';
import { ensureDebootstrap } from '../deploy/debootstrap.ts';
import { ensureNspawn } from '../deploy/machine.ts';
import { ensureSystemd } from '../deploy/systemd.ts';
import { ensureSlapd } from '../imports/slapd.ts';
import { ensurePostfix } from '../mail/postfix.ts';
import { ensureApache } from '../network/apache.ts';
import { ensureCaddy } from '../network/caddy.ts';
import { ensureFail2ban } from '../network/fail2ban.ts';
import { ensureHaproxy } from '../network/haproxy.ts';
import { ensureNginx } from '../network/nginx.ts';
import { ensureNode22 } from '../program/node-22.ts';
import { ensurePostgres } from '../storage/postgres.ts';
import { PROGRAM_FILES, reachOf } from './projects.ts';

const SUPPORT = join(import.meta.dirname, '..');

const PROGRAMS: Readonly<Record<(typeof PROGRAM_FILES)[number], () => unknown>> = {
  'browser/chromium.ts': ensureChromium,
  'network/nginx.ts': ensureNginx,
  'network/caddy.ts': ensureCaddy,
  'network/apache.ts': ensureApache,
  'network/haproxy.ts': ensureHaproxy,
  'storage/postgres.ts': ensurePostgres,
  'network/fail2ban.ts': ensureFail2ban,
  'mail/postfix.ts': ensurePostfix,
  'deploy/debootstrap.ts': ensureDebootstrap,
  'deploy/machine.ts': ensureNspawn,
  'deploy/compose.ts': ensureCompose,
  'deploy/systemd.ts': ensureSystemd,
  'program/node-22.ts': ensureNode22,
  'imports/slapd.ts': ensureSlapd,
};

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the browser parts of the injector, built of the sources of now. */
    clientFolder: string;
  }
}

/**
 * Before the first test of a project: installs the programs that the files of this run use, and no other, and builds
 * what runs in a browser. Here and not in the tests, as installing takes longer than a test may, and one build is enough for all.
 *
 * @returns What removes that build.
 */
export async function setup({ vitest, provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const reached = new Set(vitest.state.getPaths().flatMap((file) => [...reachOf(file)]));
  for (const name of PROGRAM_FILES) {
    if (reached.has(join(SUPPORT, name))) PROGRAMS[name]();
  }
  if (!existsSync('dist/client') || !existsSync('dist/ui')) await buildWeb();
  if (!reached.has(join(SUPPORT, 'browser/built-client.ts'))) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-client-'));
  await buildClient(join(SUPPORT, '../..'), folder);
  provide('clientFolder', folder);
  return () => rm(folder, { recursive: true });
}
