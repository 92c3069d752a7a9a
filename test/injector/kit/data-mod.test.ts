import { describe, expect, it } from 'vitest';
import {
  carriedMod,
  createDataMod,
  loadEnabledMods,
  optionsToCarry,
  runsCode,
} from '../../../injector/kit/data-mod.ts';
import { createDataModSchema } from '../../../injector/kit/data-mod-schema.ts';
import { keyOf, type ServedFile } from '../../../injector/kit/file-option.ts';
import { createPlan } from '../../../injector/kit/plan.ts';
import { MOD_LIST } from '../../../injector/mods/index.ts';

const EVERYTHING = {
  name: 'film-night',
  title: 'Film night',
  css: 'body { background: url("asset:garden") } h1 { font-family: Ours }\n@font-face { font-family: Ours; src: url(asset:ours) }',
  styles: ['look.css'],
  texts: { ButtonForgotPassword: { en: 'Help', de: 'Hilfe' } },
  tags: [
    { tag: 'link', attributes: { rel: 'icon', href: 'asset:garden' } },
    { tag: 'p', text: 'asset:garden' },
  ],
  menuLinks: [{ name: 'Wishes', url: 'https://wishes.example.org' }],
  assets: { garden: './pictures/garden.jpg', ours: 'fonts/Ours.woff2' },
  defaults: { screensaver: 'none', enableThemeSongs: { value: false, force: true } },
  json: { config: { multiserver: true }, branding: { SplashscreenEnabled: false } },
  replacements: [{ find: '.card{', replace: '.card{margin:0;', count: 2, in: 'style' }],
  scripts: ['clock.js'],
};

const SERVED: Record<string, ServedFile> = {
  'style mods/film-night/look.css': { href: '../gatehouse/mods/s.css', text: 'h2 { color: red }' },
  'picture mods/film-night/pictures/garden.jpg': { href: '../gatehouse/mods/g.jpg' },
  'fonts mods/film-night/fonts': {
    href: '',
    entries: [
      { name: 'Other.woff2', href: '../gatehouse/mods/o.woff2' },
      { name: 'Ours.woff2', href: '../gatehouse/mods/f.woff2' },
    ],
  },
  'script mods/film-night/clock.js': { href: '../gatehouse/mods/c.js', text: '' },
};

const definition = createDataModSchema('film-night').parse(EVERYTHING);

function planWith(served: Record<string, ServedFile>) {
  const mod = createDataMod(definition);
  const failures: string[] = [];
  const plan = createPlan({
    mods: [mod],
    enabled: { 'film-night': optionsToCarry(mod, {}) },
    files: served,
    jellyfinVersion: undefined,
    onFailure: ({ error }) => failures.push(String(error)),
  });
  return { plan, failures };
}

describe('a mod that is data', () => {
  it('does all that its mod.yaml says', () => {
    const { plan, failures } = planWith(SERVED);
    expect(failures).toEqual([]);
    expect(plan.css).toContain('background: url("../../web/../gatehouse/mods/g.jpg")');
    expect(plan.css).toContain('src: url("../../web/../gatehouse/mods/f.woff2")');
    expect(plan.css).toContain('h2 { color: red }');
    expect(plan.tags.map(({ tag }) => tag)).toEqual([
      { tag: 'link', attributes: { rel: 'icon', href: '../gatehouse/mods/g.jpg' }, place: 'head-end' },
      { tag: 'p', text: 'asset:garden', place: 'body-end' },
      { tag: 'script', attributes: { src: '../gatehouse/mods/c.js', defer: true }, place: 'head-end' },
    ]);
    expect(plan.strings.get('ButtonForgotPassword')?.translations).toEqual({ en: 'Help', de: 'Hilfe' });
    expect(plan.menuLinks.map(({ link }) => link)).toEqual([
      { name: 'Wishes', url: 'https://wishes.example.org', icon: 'link' },
    ]);
    expect([...plan.defaults]).toEqual([
      ['enableThemeSongs', { value: 'false', isForced: true }],
      ['screensaver', { value: 'none', isForced: false }],
    ]);
    expect(plan.replacements.map(({ replacement }) => replacement)).toEqual(EVERYTHING.replacements);
    const change = plan.jsonChanges.get('branding')?.get('SplashscreenEnabled')?.[0]?.change;
    expect(change?.(true)).toBe(false);
  });

  it('survives the way to another process as data, and does the same there', () => {
    const carried = carriedMod(JSON.parse(JSON.stringify(optionsToCarry(createDataMod(definition), {}))));
    const get = (file: Parameters<typeof keyOf>[0]) => SERVED[keyOf(file)] ?? { href: '' };
    const files = { get, find: get };
    const plain = (hooks: unknown) => JSON.stringify(hooks);
    expect(plain(carried?.hooks({}, files))).toBe(plain(createDataMod(definition).hooks({}, files)));
  });

  it('is left out when a file of it cannot be had', () => {
    const { 'fonts mods/film-night/fonts': _, ...others } = SERVED;
    const { plan, failures } = planWith(others);
    expect(plan.leftOut.map(({ mod }) => mod)).toEqual(['film-night']);
    expect(failures.join()).toContain('mods/film-night/fonts: was not read');
  });

  it('says that it runs code exactly when it has a script, or changes one', () => {
    const { scripts: _, ...others } = EVERYTHING;
    const runs = (mod: object) => runsCode(createDataModSchema('film-night').parse(mod));
    expect(runsCode(definition)).toBe(true);
    expect(runs(others)).toBe(false);
    expect(runs({ ...others, replacements: [{ find: 'abcd', replace: '' }] })).toBe(true);
  });

  it('comes behind all mods of ours but those that have the last word, and takes the name of none', async () => {
    const options = { definition };
    const all = await loadEnabledMods(MOD_LIST, {
      'page-title': options,
      'film-night': options,
      'film-night#2': options,
      'custom-css': { css: 'a{}' },
    });
    const names = all.map(({ name }) => name);
    expect(names.slice(-3)).toEqual(['page-title', 'film-night', 'custom-css']);
    expect(all.filter(({ definition }) => definition !== undefined)).toHaveLength(1);
  });
});
