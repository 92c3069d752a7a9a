import { existsSync } from 'node:fs';
import { buildWeb } from '../../build/web.ts';
import { ensureChromium } from './chromium.ts';

/** Before any test: a browser for the journeys, and the parts that run in it. */
export async function setup(): Promise<void> {
  ensureChromium();
  if (!existsSync('dist/client') || !existsSync('dist/ui')) await buildWeb();
}
