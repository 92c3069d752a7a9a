import { describe, expect, it } from 'vitest';
import { toTranslations, writtenText } from '../../../injector/kit/written-text.ts';

describe('toTranslations', () => {
  it.each([
    ['Ask Ada.', undefined, { en: 'Ask Ada.' }],
    [{ en: 'Ask', de: 'Frag' }, undefined, { en: 'Ask', de: 'Frag' }],
    [{ 'pt-BR': 'Pergunte', de: 'Frag' }, undefined, { 'pt-br': 'Pergunte', de: 'Frag', en: 'Pergunte' }],
    [{ de: 'Frag' }, { en: 'ours', fr: 'le nôtre' }, { en: 'ours', fr: 'le nôtre', de: 'Frag' }],
    // Words of an admin's own are not mixed with ours where they are said in English.
    [{ en: 'Ask' }, { en: 'ours', fr: 'le nôtre' }, { en: 'Ask' }],
  ])('%j beside %j is %j', (written, standIn, expected) => {
    expect(toTranslations(written, standIn)).toEqual(expected);
  });
});

describe('the option for such a text', () => {
  it.each(['Ask Ada.', { en: 'Ask' }, { 'zh-Hant-TW': 'x' }])('takes %j', (value) => {
    expect(writtenText(100).safeParse(value).error).toBeUndefined();
  });

  it.each([
    [{}, 'must have one text at least'],
    [{ English: 'Ask' }, 'must have languages as names, such as en, de or pt-BR'],
    [{ 'en" onload="': 'Ask' }, 'must have languages as names'],
    [null, 'must be one text, or a text for each language'],
    [3, 'must be one text, or a text for each language'],
    [{ en: '' }, '>=1'],
    [{ en: 'x'.repeat(101) }, '<=100'],
  ])('refuses %j', (value, message) => {
    expect(JSON.stringify(writtenText(100).safeParse(value).error?.issues)).toContain(message);
  });
});
