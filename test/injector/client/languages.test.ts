import { expect, it } from 'vitest';
import { createLanguages, type GrowingTexts } from '../../../injector/client/languages.ts';

/** A window of which every request can be answered by hand. */
function windowOf(language: string, kept: Record<string, string> = {}) {
  const asked: { url: string; answer: (text: string) => void }[] = [];
  class Request {
    responseText = '';
    onloadend = () => {};
    url = '';
    open(_method: string, url: string) {
      this.url = url;
    }
    send() {
      const answer = (text: string) => {
        this.responseText = text;
        this.onloadend();
      };
      asked.push({ url: this.url, answer });
    }
  }
  const localStorage = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  };
  const window = { XMLHttpRequest: Request, navigator: { language }, localStorage, setTimeout: () => 0 };
  return { window: window as unknown as Window & typeof globalThis, asked, kept };
}

const FILES = { url: '../gatehouse/mods/h-*.json', byTag: { de: 'de', pt: 'pt-br', 'pt-br': 'pt-br' } };

it('loads the language of the browser at once, under the tag that is looked up', async () => {
  const { window, asked } = windowOf('pt-PT');
  const texts: GrowingTexts = { 'a.close': { en: 'Close' } };
  const help = { isHtml: false, translations: { en: 'Help' } };
  const languages = createLanguages(window, FILES, texts, { Help: help });
  expect(asked.map(({ url }) => url)).toEqual(['../gatehouse/mods/h-pt-br.json']);
  asked[0]?.answer('{"a.close":"Fechar",".Help":"Ajuda","b.later":"Depois"}');
  await languages.ready;
  expect(texts['a.close']).toEqual({ en: 'Close', 'pt-pt': 'Fechar' });
  expect(help.translations).toEqual({ en: 'Help', 'pt-pt': 'Ajuda' });
  expect(texts['b.later']).toEqual({ 'pt-pt': 'Depois' });
});

it('loads another language when the client speaks it, once, and begins with it the next time', () => {
  const { window, asked, kept } = windowOf('en-GB');
  const languages = createLanguages(window, FILES, {}, {});
  for (const locale of ['en-us', undefined, 'de', 'de', 'da', 'de']) languages.want(locale);
  expect(asked.map(({ url }) => url)).toEqual(['../gatehouse/mods/h-de.json']);
  const again = windowOf('en-GB', kept);
  createLanguages(again.window, FILES, {}, {});
  expect(again.asked.map(({ url }) => url)).toEqual(['../gatehouse/mods/h-de.json']);
});

it.each(['', 'no JSON', '404 page'])(
  'stays English where what comes is %j, and nobody waits',
  async (text) => {
    const { window, asked } = windowOf('de');
    const texts: GrowingTexts = { 'a.close': { en: 'Close' } };
    const { ready } = createLanguages(window, FILES, texts, {});
    asked[0]?.answer(text);
    await ready;
    expect(texts).toEqual({ 'a.close': { en: 'Close' } });
  },
);

it.each(['en', 'xx', 'constructor', ''])('asks for nothing in %j', async (language) => {
  const { window, asked } = windowOf(language);
  await createLanguages(window, FILES, {}, {}).ready;
  expect(asked).toEqual([]);
});
