import { existsSync } from 'node:fs';
import { buildWeb } from '../../build/web.ts';
import { ensureChromium } from './chromium.ts';
import { ensureFail2ban } from './fail2ban.ts';
import { ensureNginx } from './nginx.ts';
import { ensurePostgres } from './postgres.ts';

/** Before any test: a browser for the journeys, an nginx to compare with, a PostgreSQL to keep things in, and the parts that run in it. */
export async function setup(): Promise<void> {
  ensureChromium();
  // Here and not in the test that needs it: installing takes longer than a test may.
  ensureNginx();
  ensureFail2ban();
  ensurePostgres();
  if (!existsSync('dist/client') || !existsSync('dist/ui')) await buildWeb();
}
