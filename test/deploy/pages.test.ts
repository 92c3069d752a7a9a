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
