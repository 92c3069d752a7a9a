import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../injector/kit/plan.ts';
import { applyReplacements, REPLACED_KINDS } from '../injector/kit/replacements.ts';
import { MODS } from '../injector/mods/all.ts';
import { applyToJson, applyToPage, planOf, stringsOf } from './support/mods/apply-plan.ts';
import { readGoldenCases } from './support/mods/golden-case.ts';

const cases = readGoldenCases(join(import.meta.dirname, '../injector/mods'));

const PAGE = '<!DOCTYPE html><html><head><title>Jellyfin</title></head><body></body></html>';
const CONFIG = '{"menuLinks":[],"plugins":["playAccessValidation/plugin"]}';
const MANIFEST =
  '{"name":"Jellyfin","description":"","short_name":"Jellyfin","theme_color":"","background_color":"","icons":[]}';
const BRANDING = '{"LoginDisclaimer":"Friends only.","CustomCss":""}';

/** A plan with the options of a case. */
function planOfCase(mod: string, options: string) {
  const found = MODS.find(({ name }) => name === mod);
  if (found === undefined)
    throw new Error(`injector/mods/${mod} is a folder, but there is no mod of this name in index.ts`);
  return planOf([{ mod: found, options: parse(options) }]);
}

describe.each(cases)('$mod: $name', ({ mod, parts }) => {
  const plan = planOfCase(mod, parts.get('options') ?? '');

  it('changes the page as written, and a second time not at all', () => {
    const before = parts.get('page before');
    const after = parts.get('page after') ?? PAGE;
    expect(applyToPage(plan, before ?? PAGE)).toBe(after);
    expect(applyToPage(plan, after)).toBe(after);
  });

  it.each([
    ['config', CONFIG],
    ['branding', BRANDING],
    ['manifest', MANIFEST],
  ] as const)('changes %s as written, and a second time not at all', (document, untouched) => {
    const before = parts.get(`${document} before`);
    const after = parts.get(`${document} after`) ?? untouched;
    expect(applyToJson(plan, document, before ?? untouched)).toBe(after);
    expect(applyToJson(plan, document, after)).toBe(after);
  });

  it('replaces text in scripts, styles and JSON files as written', async () => {
    const kinds = Object.keys(REPLACED_KINDS) as (keyof typeof REPLACED_KINDS)[];
    const wanted = plan.replacements.map(({ replacement }) => replacement);
    const shown = kinds.filter((kind) => parts.has(`${kind} before`));
    expect(wanted.filter((one) => !shown.includes(one.in))).toEqual([]);
    for (const kind of shown) {
      const before = Buffer.from(parts.get(`${kind} before`) ?? '');
      const ofKind = wanted.filter((one) => one.in === kind);
      expect(ofKind).not.toEqual([]);
      expect(String(await applyReplacements(before, ofKind))).toBe(parts.get(`${kind} after`));
    }
  });

  it('adds these rules, says these texts, and hands this to the browser', () => {
    expect(plan.css.trim()).toBe(parts.get('css') ?? '');
    expect(inLanguagesOf(parse(parts.get('strings') ?? '{}'), stringsOf(plan))).toEqual(
      parse(parts.get('strings') ?? '{}'),
    );
    expect(Object.fromEntries(plan.defaults)).toEqual(parse(parts.get('settings') ?? '{}'));
    const given = plan.client.map(({ options }) => options);
    const agreed = parts.has('browser') ? [parse(parts.get('browser') ?? '')] : [];
    expect(inLanguagesOf(agreed, given)).toEqual(agreed);
  });
});

describe('mods that are on together', () => {
  // Of those that come last the order is part of what they are: theirs is the last word.
  const isFree = ({ mod }: { mod: string }) => MODS.find(({ name }) => name === mod)?.isLast !== true;
  const plans = cases.filter(isFree).map((golden) => {
    const found = MODS.find(({ name }) => name === golden.mod);
    if (found === undefined) throw new Error(golden.mod);
    const used = { mod: found, options: parse(golden.parts.get('options') ?? '') };
    return { ...golden, used, places: placesOf(planOf([used])) };
  });
  const pairs = plans.flatMap((one) =>
    plans
      .filter((other) => one.mod < other.mod && one.places.some((place) => other.places.includes(place)))
      .map((other) => ({ one, other })),
  );

  it.each(MODS)('$name and each other that changes the same file may run in either order', ({ name }) => {
    for (const { one, other } of pairs.filter((pair) => pair.one.mod === name)) {
      const forth = planOf([one.used, other.used]);
      const back = planOf([other.used, one.used]);
      const pair = `${one.mod} (${one.name}) and ${other.mod} (${other.name})`;
      expect(applyToPage(forth, PAGE), pair).toBe(applyToPage(back, PAGE));
      expect(applyToJson(forth, 'config', CONFIG), pair).toBe(applyToJson(back, 'config', CONFIG));
      expect(applyToJson(forth, 'manifest', MANIFEST), pair).toBe(applyToJson(back, 'manifest', MANIFEST));
      expect(applyToJson(forth, 'branding', BRANDING), pair).toBe(applyToJson(back, 'branding', BRANDING));
      expect(stringsOf(forth), pair).toEqual(stringsOf(back));
    }
  });

  it('share files in many pairs, so that the tests above test something', () => {
    expect(pairs.length).toBeGreaterThan(10);
  });
});

/** The texts in those languages that a case has: it is agreed on in some, and a test of their own holds all to the same pieces. */
function inLanguagesOf(agreed: unknown, given: unknown): unknown {
  if (typeof agreed !== 'object' || typeof given !== 'object' || agreed === null || given === null)
    return given;
  if (Array.isArray(given)) return given.map((one, at) => inLanguagesOf(Reflect.get(agreed, at), one));
  const entries = Object.entries(given).filter(([key]) => !('en' in agreed) || key in agreed);
  return Object.fromEntries(entries.map(([key, one]) => [key, inLanguagesOf(Reflect.get(agreed, key), one)]));
}

/** What a plan changes, by place; each mod has rules of its own in the stylesheet, whose order is that of the list. */
function placesOf({ tags, htmlHooks, jsonChanges, menuLinks, strings }: Plan): string[] {
  return [
    ...(tags.length > 0 || htmlHooks.length > 0 ? ['page'] : []),
    ...jsonChanges.keys(),
    ...(menuLinks.length > 0 ? ['config'] : []),
    ...(strings.size > 0 ? ['strings'] : []),
  ];
}
