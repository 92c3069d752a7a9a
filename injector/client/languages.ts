import type { ClientText, LanguageFiles } from './client-data.ts';

/** Texts that languages are added to, by id. */
export type GrowingTexts = { [id: string]: { [language: string]: string } };

/** Loads the texts of the languages that are spoken here. */
export interface Languages {
  /** Settled when the texts of the browser's language are there, or cannot be had, or after a second. */
  readonly ready: Promise<void>;
  /** Loads the texts of a language, once; until they are there, people read English. Never throws. */
  want(locale: string | undefined): void;
}

/** How long the first page waits for texts, in ms: they were asked for before the client's own scripts. */
const PATIENCE_MS = 1000;

/** Where the language of who used the client last is kept: it is asked for at once the next time. */
const MEMORY = 'gatehouse-language';

/**
 * Begins to load the texts of the language that is most likely spoken: of last time, or of the browser.
 *
 * @param texts Those of the parts of mods, by id; what is loaded is put into them.
 * @param strings Those of the client that are said differently; their id is their key behind a dot.
 */
export function createLanguages(
  window: Window & typeof globalThis,
  files: LanguageFiles,
  texts: GrowingTexts,
  strings: { readonly [key: string]: Pick<ClientText, 'translations'> },
): Languages {
  for (const key of Object.keys(strings))
    texts[`.${key}`] = strings[key]?.translations as { [language: string]: string };
  const asked: { [tag: string]: true } = {};

  function load(locale: string | undefined, done: () => void): void {
    const tag = (locale || '').toLowerCase().replace(/_/g, '-');
    const file = fileOf(tag, files.byTag);
    if (file === undefined || asked[tag]) {
      done();
      return;
    }
    asked[tag] = true;
    const request = new window.XMLHttpRequest();
    request.onloadend = () => {
      try {
        const pack = JSON.parse(request.responseText) as { readonly [id: string]: string };
        for (const id of Object.keys(pack)) {
          texts[id] = texts[id] || {};
          // Under the tag that was asked for: whoever looks a text up need not know which languages there are.
          (texts[id] as { [language: string]: string })[tag] = pack[id] as string;
        }
      } catch (_) {
        // It is said in English.
      }
      done();
    };
    request.open('GET', files.url.replace('*', file));
    request.send();
  }

  let last: string | null = null;
  try {
    last = window.localStorage.getItem(MEMORY);
  } catch (_) {
    // A browser that keeps nothing.
  }
  return {
    ready: new Promise((resolve) => {
      window.setTimeout(resolve, PATIENCE_MS);
      load(last || window.navigator.language, resolve);
    }),
    want(locale) {
      if (!locale || locale === last) return;
      last = locale;
      try {
        window.localStorage.setItem(MEMORY, locale);
      } catch (_) {
        // As above.
      }
      load(locale, () => undefined);
    },
  };
}

/** Looks a tag up, with less and less of its end. Source: RFC 4647 section 3.4. */
function fileOf(tag: string, byTag: LanguageFiles['byTag']): string | undefined {
  for (let rest = tag; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))) {
    const file = byTag[rest];
    // A browser may say a language such as `constructor`.
    if (typeof file === 'string') return file;
  }
  return undefined;
}
