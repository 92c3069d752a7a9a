import { FRONTS, type FrontName } from '../server/reverse-proxy/fronts.ts';
import type { NginxMode } from '../server/reverse-proxy/nginx-choice.ts';
import { codeBlock, putMarked } from './marked-text.ts';
import { NGINX_PAGE, readPageSetup } from './nginx-page.ts';

/** What the page shows: the mark, the proxy, the mode, and what marks the text as what it is, for whoever shows it in colours. */
const TEXTS: readonly (readonly [mark: string, name: FrontName, mode: NginxMode, language: string])[] = [
  ['caddy', 'caddy', 'full', 'caddyfile'],
  ['caddy-split', 'caddy', 'split', 'caddyfile'],
  ['apache', 'apache', 'full', 'apache'],
  ['haproxy', 'haproxy', 'full', 'haproxy'],
  ['traefik', 'traefik', 'full', 'yaml'],
  ['traefik-labels', 'traefik-labels', 'full', 'yaml'],
];

const SETUP = await readPageSetup();

/** Puts what `gatehouse reverse-proxy` prints between the marks of each proxy. @throws {Error} when a mark is missing. */
export function putFrontTexts(page: string): string {
  let text = page;
  for (const [mark, name, mode, language] of TEXTS) {
    const written = FRONTS[name](SETUP, { mode, isTls: true, serverName: 'media.example.org' });
    // Two documents are two files.
    const blocks = written.split('---\n').map((part) => codeBlock(language, part));
    text = putMarked(NGINX_PAGE, text, mark, blocks.join('\n'));
  }
  return text;
}
