import { describe, expect, it } from 'vitest';
import type { JsonChange } from '../../../injector/kit/define-mod.ts';
import { rewriteJson } from '../../../injector/rewrite/rewrite-file.ts';

function rewrite(text: string, changes: Record<string, JsonChange>) {
  const failures: unknown[] = [];
  const owned = Object.entries(changes).map(
    ([key, change]) => [key, [{ mod: `mod-${key}`, change }]] as const,
  );
  const made = rewriteJson(text, new Map(owned), (failure) => failures.push(failure));
  return { made, failures };
}

describe('a JSON document', () => {
  it('gets its values from the mods, each from what Jellyfin sent', () => {
    const { made, failures } = rewrite('{"Title":"a","Other":1}', { Title: (value) => `${value}!` });
    expect(made).toBe('{"Title":"a!","Other":1}');
    expect(failures).toEqual([]);
  });

  it.each([
    ['as Jellyfin spelled it', '{"loginDisclaimer":"a"}', '{"loginDisclaimer":"new"}'],
    ['in capitals', '{"LOGINDISCLAIMER":"a"}', '{"LOGINDISCLAIMER":"new"}'],
    ['when it is missing', '{"CustomCss":"a"}', '{"CustomCss":"a","LoginDisclaimer":"new"}'],
    [
      'when it is missing among small letters',
      '{"customCss":"a"}',
      '{"customCss":"a","loginDisclaimer":"new"}',
    ],
    ['when some begin small and some do not', '{"a":1,"B":2}', '{"a":1,"B":2,"LoginDisclaimer":"new"}'],
    ['when some have a small letter later', '{"1a":1}', '{"1a":1,"LoginDisclaimer":"new"}'],
    ['in an empty one', '{}', '{"LoginDisclaimer":"new"}'],
    ['behind a byte order mark', '\uFEFF{}', '{"LoginDisclaimer":"new"}'],
  ])('gets a key %s', (_when, text, expected) => {
    expect(rewrite(text, { LoginDisclaimer: () => 'new' }).made).toBe(expected);
  });

  it('gets a key that begins small among small letters as it is', () => {
    expect(rewrite('{"a":1}', { menuLINKS: () => 2 }).made).toBe('{"a":1,"menuLINKS":2}');
  });

  it.each(['', 'nonsense', '[]', '[{"a":1}]', '"text"', '7', 'null', 'true', '{"a":1}\uFEFF', '{"a":1'])(
    'is something else than %j',
    (text) => {
      expect(rewrite(text, { a: () => 1 }).made).toBeUndefined();
    },
  );

  it('keeps a value whose change fails, and says which it was', () => {
    const error = new Error('broken');
    const { made, failures } = rewrite('{"a":1,"b":2}', {
      a: () => {
        throw error;
      },
      b: () => 3,
    });
    expect(made).toBe('{"a":1,"b":3}');
    expect(failures).toEqual([{ mod: 'mod-a', hook: 'json a', error }]);
  });
});
