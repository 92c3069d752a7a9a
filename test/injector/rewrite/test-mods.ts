import { z } from 'zod';
import { defineMod, type Hooks } from '../../../injector/kit/define-mod.ts';

/** Address of this module, for the process in which mods run. */
export const TEST_MODS_URL = import.meta.url;

function made(name: string, hooks: Hooks) {
  return defineMod({
    name,
    title: name,
    jellyfin: '>=10.8 <13',
    options: z.strictObject({}),
    example: {},
    hooks: () => hooks,
  });
}

const endless = (): never => {
  for (;;);
};

/** Mods that only tests have: one that behaves, and one for each way to misbehave. */
export const MODS = [
  defineMod({
    name: 'style',
    title: 'Adds a rule',
    jellyfin: '>=10.8 <13',
    options: z.strictObject({ colour: z.string() }),
    example: { colour: 'red' },
    hooks: ({ colour }) => ({ css: `body{color:${colour}}` }),
  }),
  made('broken', {
    html: (document) => {
      document('title').text('half done');
      throw new Error('broken on purpose');
    },
  }),
  made('links', {
    json: {
      config: { menuLinks: (value) => [...(Array.isArray(value) ? value : []), { name: 'a' }] },
      manifest: { name: () => 'Ours' },
      branding: { LoginDisclaimer: () => 'Ours' },
    },
  }),
  made('marks', { html: (document) => void document('body').attr('data-marked', 'yes') }),
  made('loops', { html: endless }),
  made('loops-in-json', { json: { config: { multiserver: endless } } }),
  made('backtracks', { html: () => void /^(a+)+$/.test(`${'a'.repeat(50)}b`) }),
  made('explodes', {
    html: () => {
      const all: unknown[] = [];
      for (;;) all.push({ at: all.length });
    },
  }),
  made('bursts', {
    html: (document) => void document('title').text(Buffer.from('x'.repeat(2 ** 29 - 24)).toString()),
  }),
  made('swells', { html: (document) => void document('title').text('x'.repeat(40 * 1024 * 1024)) }),
  made('promises', { html: (() => new Promise(() => undefined)) as unknown as () => void }),
  made('rejects', { html: (async () => Promise.reject(new Error('later'))) as unknown as () => void }),
  made('leaves', { html: () => process.exit(0) }),
  defineMod({
    name: 'withdraws',
    title: 'Has hooks in the program, and none where they run',
    jellyfin: '>=10.8 <13',
    options: z.strictObject({}),
    example: {},
    hooks() {
      if (process.argv[1]?.includes('worker-main') === true) throw new Error('not in this process');
      return { html: (document) => void document('title').text('never') };
    },
  }),
];
