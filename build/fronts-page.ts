import { FRONTS, type FrontName } from '../server/reverse-proxy/fronts.ts';
import { NGINX_PAGE, readPageSetup } from './nginx-page.ts';

/** What marks the text as what it is, for whoever shows the page in colours. */
const LANGUAGES: Readonly<Record<FrontName, string>> = {
  caddy: 'caddyfile',
  apache: 'apache',
  haproxy: 'haproxy',
  traefik: 'yaml',
  'traefik-labels': 'yaml',
};

const SETUP = await readPageSetup();

/** Puts what `gatehouse reverse-proxy` prints between the marks of each proxy. @throws {Error} when a mark is missing. */
export function putFrontTexts(page: string): string {
  let text = page;
  for (const [name, language] of Object.entries(LANGUAGES)) {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [before, rest] = text.split(begin);
    const after = rest?.split(end)[1];
    if (after === undefined)
      throw new Error(`${NGINX_PAGE}: put "${begin.trim()}" and "${end}" where the text belongs`);
    const written = FRONTS[name as FrontName](SETUP, { isTls: true, serverName: 'media.example.org' });
    text = `${before}${begin}\`\`\`${language}\n${written}\`\`\`\n${end}${after}`;
  }
  return text;
}
