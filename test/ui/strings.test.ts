import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFiles } from '../../injector/kit/file-option.ts';
import { LANGUAGES, readWords } from '../../injector/kit/translations.ts';
import { forgotPassword } from '../../injector/mods/forgot-password/mod.ts';
import { loadStrings } from '../../ui/language.ts';
import { en } from '../../ui/strings/en.ts';

const INDEX = readFileSync(join(import.meta.dirname, '../../ui/index.html'), 'utf8');

const RULES = { minLength: 11, maxLength: 222 };

/** Every word of a language by its place, functions called. */
function flatten(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') return [[place, String(value(RULES))]];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => flatten(inner, `${place}/${key}`));
}

const english = new Map(flatten(en));

const ALL = await Promise.all(
  LANGUAGES.map(async (language) => [language, await loadStrings(language)] as const),
);

describe.each(ALL)('words in %s', (language, strings) => {
  const words = flatten(strings);

  it('are all there, and none is empty or has blanks at its ends', () => {
    expect(words.map(([place]) => place)).toEqual([...english.keys()]);
    for (const [place, text] of words) expect.soft(text, place).toMatch(/^\S(.*\S)?$/s);
  });

  it('name the lengths in the rules and in what is said of a broken one', () => {
    for (const sentences of [strings.rules, strings.faults]) {
      expect(sentences['too-short'](RULES)).toContain('11');
      expect(sentences['too-long'](RULES)).toContain('222');
    }
  });

  it('name in each rule what its error names: the lengths, and what stands in quotes', () => {
    const named = (text: string) => [...text.matchAll(/\d+|[“”„«]\s?[^”“»]+[”“»]/g)].map(([found]) => found);
    for (const fault of ['too-short', 'too-long', 'common', 'contains-name'] as const)
      expect.soft(named(strings.rules[fault](RULES)), fault).toEqual(named(strings.faults[fault](RULES)));
    expect(named(strings.rules['contains-name'](RULES)).join()).toContain('jellyfin');
  });

  it('head My Account with what Jellyfin’s form calls it where it leads there', () => {
    const { strings: said } = forgotPassword.hooks({ show: 'check-your-messages' }, createFiles({}));
    const words = said?.MessageForgotPasswordInNetworkRequired;
    const text = words && readWords(words).translations[language.toLowerCase()];
    expect(text).toContain(`[${strings.account.title}](gatehouse/account)`);
  });

  it('name the channels in Jellyfin’s form as in My Account', () => {
    const options = { show: 'check-your-messages', channels: ['mail', 'Telegram'] } as const;
    const { strings: said } = forgotPassword.hooks(
      { ...options, channels: [...options.channels] },
      createFiles({}),
    );
    const words = said?.MessageContactAdminToResetPassword;
    const text = words && readWords(words).translations[language.toLowerCase()];
    const paragraphs = text?.split('\n\n') ?? [];
    expect(paragraphs).toHaveLength(4);
    expect(paragraphs[2]?.startsWith(strings.myAccount.reachesBy)).toBe(true);
    expect(paragraphs[2]).toContain(strings.myAccount.mail);
    expect(paragraphs[2]).toContain('Telegram');
  });

  it('say of a changed password in My Account what they say after a reset: that everybody is signed out', () => {
    expect(strings.myAccount.passwords.done.sentences).toEqual(strings.ends.done.sentences);
  });

  it('have a line for whoever has no JavaScript', () => {
    const line = new RegExp(
      `<noscript>.*<p lang="${language}"( dir="rtl")?>[^<]*JavaScript[^<]+</p>.*</noscript>`,
      's',
    );
    expect(INDEX).toMatch(language === 'en' ? /<noscript>\s*<p>This page needs JavaScript\./ : line);
  });

  it('tell each problem and each end in words of its own', () => {
    const problems = Object.values(strings.problems);
    const titles = Object.values(strings.ends).map(({ title }) => title);
    expect(new Set(problems).size).toBe(problems.length);
    expect(new Set(titles).size).toBe(titles.length);
  });

  if (language === 'fr') {
    it('keep the signs of French on the line of their word', () => {
      for (const [place, text] of words) expect.soft(text, place).not.toMatch(/ [?!:;»]|« /);
    });
  }

  if (language === 'en') return;
  it('are translated: no sentence is left in English', () => {
    const left = words.filter(([place, text]) => text.includes(' ') && english.get(place) === text);
    expect(left).toEqual([]);
  });
});
