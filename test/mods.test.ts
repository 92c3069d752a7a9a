import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MODS } from '../injector/mods/index.ts';
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

  it('adds these rules, says these texts, and hands this to the browser', () => {
    expect(plan.css.trim()).toBe(parts.get('css') ?? '');
    expect(stringsOf(plan)).toEqual(parse(parts.get('strings') ?? '{}'));
    expect(Object.fromEntries(plan.defaults)).toEqual(parse(parts.get('settings') ?? '{}'));
    const given = plan.client.map(({ options }) => options);
    expect(given).toEqual(parts.has('browser') ? [parse(parts.get('browser') ?? '')] : []);
  });
});

describe('mods that are on together', () => {
  const pairs = cases.flatMap((one) =>
    cases.filter((other) => one.mod < other.mod).map((other) => ({ one, other })),
  );

  it.each(pairs)(
    '$one.mod ($one.name) and $other.mod ($other.name) may run in either order',
    ({ one, other }) => {
      const used = [one, other].map(({ mod, parts }) => {
        const found = MODS.find(({ name }) => name === mod);
        if (found === undefined) throw new Error(mod);
        return { mod: found, options: parse(parts.get('options') ?? '') };
      });
      const forth = planOf(used);
      const back = planOf(used.toReversed());
      expect(applyToPage(forth, PAGE)).toBe(applyToPage(back, PAGE));
      expect(applyToJson(forth, 'config', CONFIG)).toBe(applyToJson(back, 'config', CONFIG));
      expect(applyToJson(forth, 'manifest', MANIFEST)).toBe(applyToJson(back, 'manifest', MANIFEST));
      expect(applyToJson(forth, 'branding', BRANDING)).toBe(applyToJson(back, 'branding', BRANDING));
      expect(stringsOf(forth)).toEqual(stringsOf(back));
    },
  );
});
