import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { ROOT } from '../support/runner/projects.ts';

const PAGES = ['docs/containers.md', 'docs/service.md', 'docs/other-homes.md'];
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Code blocks of a page in one language. */
const blocks = (page: string, language: string): string[] =>
  [...read(page).matchAll(new RegExp(`^ *\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

describe('the pages about homes', () => {
  it.each(PAGES)('%s leads to places that are there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#][^)]*?)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !/^https?:/.test(link));
    for (const link of local) expect(() => read(join('docs', link))).not.toThrow();
    const files = [...read(page).matchAll(/\b(?:deploy|test)\/[\w./-]+\.\w+/g)].map(([file]) => file);
    for (const file of files) expect(() => read(file)).not.toThrow();
  });

  it('name commands and options of Gatehouse that there are', () => {
    const main = read('server/main.ts');
    const commands = PAGES.flatMap((page) =>
      blocks(page, 'sh').flatMap((text) =>
        [...text.matchAll(/(?:^|sudo |gatehouse |reset |-- )gatehouse ([a-z]+)\b/gm)].map(([, name]) => name),
      ),
    );
    const known = new Set([...main.matchAll(/^ {4}(\w+): (?:lazy|serve)/gm)].map(([, name]) => name));
    const named = new Set(commands);
    expect(named.size).toBeGreaterThan(3);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });

  it('name scripts of npm that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = PAGES.flatMap((page) =>
      [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('show settings that our loader takes', async () => {
    const found = PAGES.flatMap((page) => blocks(page, 'yaml')).map((text) => parse(text));
    const services = found.map((one) => (one.services ?? one).gatehouse);
    expect(services.length).toBe(2);
    for (const { environment } of services) {
      const ours = Object.entries(environment).filter(([name]) => name.startsWith('GATEHOUSE_'));
      const whole = { GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096', ...Object.fromEntries(ours) };
      await loadConfig({ environment: whole, mods: MOD_LIST, channels: CHANNELS });
    }
  });
});
