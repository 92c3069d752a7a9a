import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findConflicts, ModConflictError } from '../../../injector/kit/conflicts.ts';
import { defineMod, type Hooks, type Mod } from '../../../injector/kit/define-mod.ts';
import type { ModFailure } from '../../../injector/kit/mod-failures.ts';
import { createPlan, ModVersionError } from '../../../injector/kit/plan.ts';

function modOf(name: string, hooks: (options: { text?: string }) => Hooks, jellyfin = '>=10.8 <13'): Mod {
  const options = z.strictObject({ text: z.string().optional() });
  return defineMod({ name, title: name, jellyfin, options, example: {}, hooks });
}

function plan(mods: readonly Mod[], enabled: Record<string, unknown>, version = '10.11.11') {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const failures: ModFailure[] = [];
  const made = createPlan({
    mods,
    enabled,
    jellyfinVersion: version === '' ? undefined : { major, minor, patch },
    onFailure: (failure) => failures.push(failure),
  });
  return { ...made, failures };
}

describe('a plan', () => {
  it('holds the mods that are on, in the order of the list and not of the configuration', () => {
    const mods = [
      modOf('a', () => ({ css: 'a{}' })),
      modOf('b', () => ({})),
      modOf('c', () => ({ css: 'c{}' })),
    ];
    const made = plan(mods, { c: {}, a: {} });
    expect(made.hooks.map(({ mod }) => mod)).toEqual(['a', 'c']);
    expect(made.css).toBe('/* a */\na{}\n/* c */\nc{}\n');
  });

  it('keeps the owner of everything it holds', () => {
    const tag = { tag: 'meta', place: 'head-end' } as const;
    const change = (value: unknown) => value;
    const run = () => undefined;
    const made = plan(
      [
        modOf('a', ({ text }) => ({
          tags: [tag],
          html: run,
          client: { text: text ?? '' },
          json: { config: { menuLinks: change } },
          strings: { HeaderPasswordReset: { en: 'Done' } },
        })),
      ],
      { a: { text: 'hello' } },
    );
    expect(made.tags).toEqual([{ mod: 'a', tag }]);
    expect(made.htmlHooks).toEqual([{ mod: 'a', run }]);
    expect(made.client).toEqual([{ name: 'a', options: { text: 'hello' } }]);
    expect(made.jsonChanges.get('config')?.get('menuLinks')).toEqual([{ mod: 'a', change }]);
    expect(made.strings.get('HeaderPasswordReset')).toEqual({ mod: 'a', translations: { en: 'Done' } });
    expect(made.failures).toEqual([]);
  });

  it('holds nothing for a mod that does nothing', () => {
    const nothing = { css: '', tags: [], client: [], htmlHooks: [], leftOut: [] };
    expect(plan([modOf('a', () => ({}))], { a: {} })).toMatchObject(nothing);
  });

  it.each([
    ['10.7.7', false],
    ['10.8.0', true],
    ['12.0.0', true],
    ['13.0.0', false],
    ['', true],
  ])('on Jellyfin "%s" a mod for >=10.8 <13 takes part: %s', (version, isIn) => {
    const made = plan([modOf('a', () => ({}))], { a: {} }, version);
    expect(made.hooks.length).toBe(isIn ? 1 : 0);
    expect(made.leftOut.length).toBe(isIn ? 0 : 1);
    expect(made.failures.map(({ mod, hook }) => `${mod} ${hook}`)).toEqual(isIn ? [] : ['a jellyfin']);
    for (const { error } of made.failures) expect(error).toBeInstanceOf(ModVersionError);
  });

  it('leaves out a mod whose hooks throw, says so once, and keeps the others', () => {
    const error = new Error('no such thing');
    const broken = modOf('broken', () => {
      throw error;
    });
    const made = plan([broken, modOf('fine', () => ({ css: 'b{}' }))], { broken: {}, fine: {} });
    expect(made.failures).toEqual([{ mod: 'broken', hook: 'hooks', error }]);
    expect(made.leftOut).toEqual([{ mod: 'broken', reason: 'no such thing' }]);
    expect(made.css).toContain('b{}');
  });
});

describe('the hooks of a mod', () => {
  it('are asked for once a configuration, by whatever looks at it: its conflicts, and each version of Jellyfin', () => {
    let asked = 0;
    const mods = [
      modOf('a', () => {
        asked += 1;
        return { css: 'a{}' };
      }),
    ];
    const enabled = { a: {} };
    expect(findConflicts({ mods, enabled })).toEqual([]);
    expect(plan(mods, enabled).css).toContain('a{}');
    expect(plan([...mods, modOf('off', () => ({}))], enabled, '12.0.0').css).toContain('a{}');
    expect(asked).toBe(1);
    plan(mods, { a: {} });
    expect(asked).toBe(2);
  });

  it('stand in the plan with the options they came from, for the process in which they run', () => {
    const made = plan([modOf('a', () => ({})), modOf('b', () => ({}), '<10.9')], { a: { text: 'x' }, b: {} });
    expect(made.hooks.map(({ mod, options }) => ({ mod, options }))).toEqual([
      { mod: 'a', options: { text: 'x' } },
    ]);
  });
});

describe('the id of a plan', () => {
  const mods = [modOf('a', ({ text }) => ({ css: `.a{content:"${text}"}` })), modOf('b', () => ({}))];

  it('is the same for the same mods and options', () => {
    expect(plan(mods, { a: { text: 'x' } }).id).toBe(plan(mods, { a: { text: 'x' } }).id);
  });

  it('changes with an option, with a mod, and with the code of a mod', () => {
    const other = modOf('a', ({ text }) => ({ css: `.a{content:"${text}"}`, tags: [] }));
    const ids = [
      plan(mods, { a: { text: 'x' } }),
      plan(mods, { a: { text: 'y' } }),
      plan(mods, { a: { text: 'x' }, b: {} }),
      plan([other], { a: { text: 'x' } }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('the id of a plan, also where nothing else of it shows the difference,', () => {
  const on = { a: {}, b: {} };
  /** The id with a mod that does what it is given, beside another. */
  const idOf = (hooks: Hooks, options: object = {}): string =>
    plan([modOf('a', () => hooks), modOf('b', () => ({}))], { ...on, a: options }).id;
  const change = (value: unknown) => value;

  it.each<[string, Hooks, Hooks]>([
    [
      'a text',
      { strings: { HeaderPasswordReset: { en: 'a' } } },
      { strings: { HeaderPasswordReset: { en: 'b' } } },
    ],
    ['code for the page', { html: () => undefined }, { html: () => void 'other' }],
    ['a document', { json: { config: { a: change } } }, { json: { branding: { a: change } } }],
    ['a key', { json: { config: { a: change } } }, { json: { config: { b: change } } }],
    ['code for a value', { json: { config: { a: change } } }, { json: { config: { a: () => 'other' } } }],
    ['an element', { tags: [] }, { tags: [{ tag: 'meta', place: 'head-end' }] }],
    ['what the browser is given', { client: 1 }, { client: 2 }],
  ])('changes with %s', (_what, one, other) => {
    expect(idOf(one)).not.toBe(idOf(other));
    expect(idOf(one)).toBe(idOf({ ...one }));
  });

  it('changes with an option, and with a mod that is left out', () => {
    expect(idOf({}, { text: 'x' })).not.toBe(idOf({}, { text: 'y' }));
    const old = modOf('b', () => ({}), '<10.9');
    expect(plan([modOf('a', () => ({})), old], on).id).not.toBe(plan([modOf('a', () => ({}))], on).id);
  });

  it('does not change with a mod that is off, and is safe in a URL', () => {
    const [a, b, off] = [modOf('a', () => ({})), modOf('b', () => ({})), modOf('off', () => ({}))];
    expect(plan([a, b, off], on).id).toBe(plan([a, b], on).id);
    expect(plan([a, b], on).id).toMatch(/^[\w-]{22}$/);
  });
});

describe('mods that want the same thing', () => {
  const text = (name: string) => modOf(name, () => ({ strings: { ButtonForgotPassword: { en: name } } }));
  const title = (name: string, key: string) =>
    modOf(name, () => ({ json: { branding: { [key]: () => name } } }));

  it('are named with it, all at once', () => {
    const mods = [text('a'), text('b'), title('c', 'LoginDisclaimer'), title('d', 'loginDisclaimer')];
    const enabled = { a: {}, b: {}, c: {}, d: {} };
    expect(() => plan(mods, enabled)).toThrow(
      new ModConflictError([
        { thing: 'the text "ButtonForgotPassword"', mods: ['a', 'b'] },
        { thing: '"logindisclaimer" in /branding/configuration', mods: ['c', 'd'] },
      ]),
    );
    expect(() => plan(mods, enabled)).toThrow(
      'mods "a" and "b" both change the text "ButtonForgotPassword"; turn one of them off\n' +
        'mods "c" and "d" both change "logindisclaimer" in /branding/configuration; turn one of them off',
    );
  });

  it('are told to leave one when there are three', () => {
    expect(() => plan([text('a'), text('b'), text('c')], { a: {}, b: {}, c: {} })).toThrow(
      'mods "a", "b" and "c" all change the text "ButtonForgotPassword"; leave only one of them on',
    );
  });

  it('do no harm when only one of them is on or fits this Jellyfin', () => {
    const old = modOf('old', () => ({ strings: { ButtonForgotPassword: { en: 'old' } } }), '<10.9');
    expect(plan([text('a'), text('b')], { b: {} }).strings.get('ButtonForgotPassword')?.mod).toBe('b');
    expect(plan([text('a'), old], { a: {}, old: {} }).strings.get('ButtonForgotPassword')?.mod).toBe('a');
  });
});
