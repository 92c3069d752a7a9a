import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineMod, type Hooks } from '../../../injector/kit/define-mod.ts';
import { createPlan } from '../../../injector/kit/plan.ts';
import { MAX_RESULT_CHARACTERS, rewriteFile } from '../../../injector/rewrite/rewrite-file.ts';

/** A file to be rewritten, as the worker gets it. */
type Order = Parameters<typeof rewriteFile>[1];

const PAGE = '<html><head></head><body></body></html>';

function rewrite(hooksOf: Record<string, Hooks>, order: Partial<Order> & { readonly text: string }) {
  const plan = createPlan({
    mods: Object.entries(hooksOf).map(([name, hooks]) => {
      const options = z.strictObject({});
      return defineMod({ name, title: name, jellyfin: '*', options, example: {}, hooks: () => hooks });
    }),
    enabled: hooksOf,
    jellyfinVersion: undefined,
    onFailure: ({ error }) => {
      throw error;
    },
  });
  const stages: unknown[] = [];
  const failures: { mod: string; hook: string; error: unknown }[] = [];
  const { text, ...rest } = order;
  const made = rewriteFile(
    plan,
    {
      ...{ route: 'config', contentType: 'application/json', extras: {}, without: [] },
      ...rest,
      bytes: Buffer.from(text),
    },
    (...stage) => stages.push(stage),
    (failure) => failures.push(failure),
  );
  return { text: made?.toString(), stages, failures };
}

const json = (text: string, order: Partial<Order> = {}) => ({ ...order, text });
const page = (order: Partial<Order> = {}): Partial<Order> & { readonly text: string } => ({
  ...{ route: 'page', contentType: 'text/html', text: PAGE },
  ...order,
});

describe('a file', () => {
  it('is changed by the mods of its own document only', () => {
    const mod: Hooks = { json: { config: { a: () => 1 }, branding: { a: () => 2 } }, html: () => undefined };
    expect(rewrite({ mod }, json('{"a":0}')).text).toBe('{"a":1}');
    expect(rewrite({ mod }, json('{"a":0}', { route: 'branding' })).text).toBe('{"a":2}');
    expect(rewrite({ mod }, json('{"a":0}', { route: 'manifest' })).text).toBe('{"a":0}');
    expect(rewrite({ mod }, page()).text).toBe(PAGE);
  });

  it('stays as it is when it cannot be decoded, or is no document', () => {
    const mod: Hooks = { json: { config: { a: () => 1 } } };
    expect(rewrite({ mod }, json('{}', { contentType: 'text/json; charset=latin1' })).text).toBeUndefined();
    expect(rewrite({ mod }, json('[]')).text).toBeUndefined();
    // A page of other letters must say what it is; a document need not.
    expect(rewrite({ mod }, { ...page(), text: '<p>é' }).text).toBeUndefined();
    expect(rewrite({ mod }, json('{"b":"é"}')).text).toBe('{"b":"é","a":1}');
  });

  it('keeps its byte order mark', () => {
    expect(rewrite({}, json('\uFEFF{"a":1}')).text).toBe('\uFEFF{"a":1}');
  });

  it('has the script and the stylesheet of the engine', () => {
    expect(rewrite({}, page({ extras: { scriptUrl: 's', styleUrl: 't' } })).text).toBe(
      '<html><head><script src="s"></script><link rel="stylesheet" href="t"></head><body></body></html>',
    );
  });

  it('is made without the mods that take no part', () => {
    const hooks = (name: string): Hooks => ({
      json: { config: { [name]: () => name } },
      html: (made) => void made('body').append(`<${name}></${name}>`),
      tags: [{ tag: 'meta', attributes: { name }, place: 'head-end' }],
    });
    const mods = { a: hooks('a'), b: hooks('b') };
    expect(rewrite(mods, json('{}', { without: ['a'] })).text).toBe('{"b":"b"}');
    expect(rewrite(mods, page({ without: ['a'] })).text).toBe(
      '<html><head><meta name="b"></head><body><b></b></body></html>',
    );
  });
});

describe('a hook', () => {
  it('is told of before it runs, and its end after it', () => {
    const mod: Hooks = { json: { config: { a: () => 1 } }, html: () => undefined };
    expect(rewrite({ mod }, json('{}')).stages).toEqual([['mod', 'json a'], []]);
    expect(rewrite({ mod }, page()).stages).toEqual([['mod', 'html'], []]);
  });

  it('that gives a promise is left out and reported, and the promise harms nobody', async () => {
    const late = (): unknown => Promise.reject(new Error('nobody hears it'));
    const mod: Hooks = { json: { config: { a: late } }, html: late as () => void };
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    for (const order of [json('{"a":0}'), page()]) {
      const { text, failures } = rewrite({ mod }, order);
      expect(text).toBe(order.text);
      expect(failures).toMatchObject([{ mod: 'mod', error: expect.any(TypeError) }]);
      expect(String(failures[0]?.error)).toContain('must be done when it returns');
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  it('that makes the file too large is left out and reported', () => {
    const large = 'x'.repeat(MAX_RESULT_CHARACTERS);
    const mod: Hooks = {
      json: { config: { a: () => large } },
      html: (made) => void made('body').text(large),
    };
    for (const order of [json('{"a":0}'), page()]) {
      const { text, failures } = rewrite({ mod }, order);
      expect(text).toBe(order.text);
      expect(failures).toMatchObject([
        { mod: 'mod', error: new RangeError('the hook made the file too large') },
      ]);
    }
  });

  it('may make a value of just as many characters as are allowed, or take one away', () => {
    const largest = 'x'.repeat(MAX_RESULT_CHARACTERS - 2);
    expect(rewrite({ a: { json: { config: { a: () => largest } } } }, json('{}')).failures).toEqual([]);
    const { text, failures } = rewrite({ a: { json: { config: { a: () => undefined } } } }, json('{"a":1}'));
    expect([text, failures]).toEqual(['{}', []]);
  });
});

describe('our plugin', () => {
  const plugin = 'ours';

  it.each([
    ['{}', '{"plugins":["ours"]}'],
    ['{"plugins":null}', '{"plugins":["ours"]}'],
    ['{"plugins":["theirs"]}', '{"plugins":["theirs","ours"]}'],
    ['{"plugins":["ours","theirs"]}', '{"plugins":["ours","theirs"]}'],
  ])('makes %s %s', (text, expected) => {
    expect(rewrite({}, json(text, { plugin })).text).toBe(expected);
  });

  it('comes after what a mod makes of the list', () => {
    const mod: Hooks = { json: { config: { plugins: (value) => [...(value as string[]), 'mod'] } } };
    const made = rewrite({ mod }, json('{"plugins":["theirs"]}', { plugin }));
    expect(made.text).toBe('{"plugins":["theirs","mod","ours"]}');
    expect(made.failures).toEqual([]);
  });

  it('is there also when a mod fails at the list, or takes it away', () => {
    const fail = (): never => {
      throw new Error('broken');
    };
    const failed = rewrite(
      { mod: { json: { config: { plugins: fail } } } },
      json('{"plugins":["a"]}', { plugin }),
    );
    expect(failed.text).toBe('{"plugins":["a","ours"]}');
    expect(failed.failures).toMatchObject([{ mod: 'mod', hook: 'json plugins' }]);
    const taken = rewrite(
      { mod: { json: { config: { plugins: () => undefined } } } },
      json('{"plugins":["a"]}', { plugin }),
    );
    expect(taken.text).toBe('{"plugins":["ours"]}');
  });

  it('goes into no other document', () => {
    expect(rewrite({}, json('{}', { plugin, route: 'branding' })).text).toBe('{}');
  });

  it('is not the fault of a mod', () => {
    expect(rewrite({}, json('{"plugins":["a"]}', { plugin })).stages).toEqual([]);
  });
});
