import { join } from 'node:path';
import { MOD_LIST } from '../injector/mods/index.ts';
import { CHANNELS } from '../server/channels/registry.ts';
import { readConfig } from '../server/config/load.ts';
import { CACHE_FOLDER, NGINX_MODES, type NginxMode } from '../server/reverse-proxy/nginx-choice.ts';
import { writeNginxConfig } from '../server/reverse-proxy/nginx-config.ts';
import { type NginxSetup, readNginxSetup } from '../server/reverse-proxy/nginx-setup.ts';
import { codeBlock, putMarked } from './marked-text.ts';

/** The page with the texts. */
export const NGINX_PAGE = 'docs/reverse-proxy.md';

/** What the page is about. */
const CONFIG = join(import.meta.dirname, 'nginx-page.yaml');

const TEXTS: Readonly<Record<NginxMode, string>> = await textsOf();

/** Puts what `gatehouse nginx` prints between the marks of each mode. @throws {Error} when a mark is missing. */
export function putNginxTexts(page: string): string {
  let text = page;
  for (const mode of NGINX_MODES) text = putMarked(NGINX_PAGE, text, mode, codeBlock('nginx', TEXTS[mode]));
  return text;
}

/** What of a machine with nothing special the texts are written for. */
export async function readPageSetup(): Promise<NginxSetup> {
  const { config } = await readConfig({
    configPath: CONFIG,
    environment: {},
    mods: MOD_LIST,
    channels: CHANNELS,
  });
  return await readNginxSetup(config, MOD_LIST);
}

async function textsOf(): Promise<Record<NginxMode, string>> {
  const setup = await readPageSetup();
  const write = (mode: NginxMode): string =>
    writeNginxConfig(setup, {
      ...{ mode, isSnippet: false, isTls: true, serverName: 'media.example.org' },
      ...{ gatehouse: undefined, jellyfin: undefined, resolver: undefined, cache: CACHE_FOLDER },
    });
  return { full: write('full'), split: write('split') };
}
