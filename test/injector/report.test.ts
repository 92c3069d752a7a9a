import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createInjector } from '../../injector/create-injector.ts';
import { defineMod } from '../../injector/kit/define-mod.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { modList } from '../support/mods/mod-list.ts';

const about = { title: 'A mod', options: z.strictObject({}), example: {} };
const good = defineMod({
  ...about,
  name: 'good',
  jellyfin: '>=10.8 <13',
  hooks: () => ({ css: 'p{margin:0}' }),
});
const broken = defineMod({
  ...about,
  name: 'broken',
  jellyfin: '>=10.8 <13',
  hooks: () => {
    throw new Error('broken on purpose\nat line 7');
  },
});

it('says of each mod that is switched on whether it takes part, and why not, in one line', async () => {
  const log = createKeptLog();
  const clientFolder = join(import.meta.dirname, '../../dist/client');
  const injector = createInjector({ mods: modList([good, broken]), clientFolder, log });
  onTestFinished(() => injector.close());
  const settings = { jellyfinUrl: 'http://127.0.0.1:9', trustedProxies: [] };
  await injector.configure({ ...settings, enabledMods: { good: {}, broken: {} } }, undefined);
  expect(injector.report().mods).toEqual([
    { name: 'good', leftOut: undefined },
    { name: 'broken', leftOut: 'hooks: broken on purpose' },
  ]);

  await injector.configure({ ...settings, enabledMods: { good: {} } }, undefined);
  expect(injector.report().mods).toEqual([{ name: 'good', leftOut: undefined }]);
});
