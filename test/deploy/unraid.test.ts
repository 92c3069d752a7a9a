import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { expect, it } from 'vitest';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { readDockerfile } from '../support/deploy/dockerfile.ts';
import { ROOT } from '../support/runner/projects.ts';

const $ = load(readFileSync(join(ROOT, 'deploy/unraid/gatehouse.xml'), 'utf8'), { xml: true });
const fields = $('Container > Config')
  .toArray()
  .map((field) => ({
    target: $(field).attr('Target') ?? '',
    type: $(field).attr('Type'),
    value: $(field).text(),
  }));

it('the template of unRAID has the port and the folder of the image', () => {
  const steps = readDockerfile().at(-1)?.steps ?? [];
  const said = (keyword: string) => steps.find((step) => step.keyword === keyword)?.words;
  expect(fields.filter(({ type }) => type === 'Port').map(({ target }) => target)).toEqual(said('EXPOSE'));
  expect(fields.filter(({ type }) => type === 'Path').map(({ target }) => target)).toEqual(said('VOLUME'));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect($('Container > Repository').text()).toBe(`gatehouse:${version}`);
});

it('its variables are fields of the configuration, but for those of the image itself', async () => {
  const values: Readonly<Record<string, string>> = {
    GATEHOUSE_JELLYFIN__URL: 'http://192.168.1.5:8096',
    GATEHOUSE_JELLYFIN__API_KEY: '0a1b2c3d',
    GATEHOUSE_LISTEN__TRUSTED_PROXIES: '172.17.0.5',
  };
  const variables = fields.filter(({ type }) => type === 'Variable').map(({ target }) => target);
  expect(variables).toEqual([...Object.keys(values), 'PUID', 'PGID']);
  const config = await loadConfig({ environment: values, mods: MOD_LIST, channels: CHANNELS });
  expect(config.listen.trustedProxies).toEqual(['172.17.0.5']);
});
