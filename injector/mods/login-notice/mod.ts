import { z } from 'zod';
import { defineMod, type Hooks } from '../../kit/define-mod.ts';
import { type WrittenText, writtenText } from '../../kit/written-text.ts';

/** What the browser part is given: the tag of the notice to show, by language of the person. */
export interface NoticeLanguages {
  readonly languages: { readonly en: string; readonly [language: string]: string };
}

/** Adds a notice to what Jellyfin's branding settings show below the sign-in form. */
export const loginNotice = defineMod({
  name: 'login-notice',
  title: 'A notice on the login page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    text: writtenText(4000).meta({
      description:
        'The notice, in Markdown; it stands below the sign-in form, after the disclaimer set in Jellyfin if there is one. One ' +
        'text for everybody, or one for each language ({ en: …, de: … }), where the others get English, or the first.',
    }),
  }),
  example: {
    text: {
      en: 'New here? Ask [Ada](mailto:ada@example.org) for an account.',
      de: 'Neu hier? Frag [Ada](mailto:ada@example.org) nach einem Konto.',
    },
  },
  // The client itself renders the text and cleans it (Markdown, then DOMPurify), so it stands where all versions look for it.
  hooks({ text }): Hooks {
    const json = {
      branding: { LoginDisclaimer: (disclaimer: unknown) => append(disclaimer, toMarkdown(text)) },
    };
    if (typeof text === 'string') return { json };
    const tags = tagsOf(text);
    const fallback = tags.includes('en') ? 'en' : (tags[0] ?? 'en');
    const languages = { ...Object.fromEntries(tags.map((tag) => [tag, tag])), en: fallback };
    return { json, css: rulesFor(tags, fallback), client: { languages } };
  },
});

function tagsOf(texts: Exclude<WrittenText, string>): string[] {
  return Object.keys(texts).map((tag) => tag.toLowerCase());
}

/** The answer that carries it is one for everybody, so all languages are in it; what Markdown stands in an element is read as such. */
function toMarkdown(text: WrittenText): string {
  if (typeof text === 'string') return text;
  return Object.entries(text)
    .map(([tag, words]) => `<div class="login-notice" lang="${tag.toLowerCase()}">\n\n${words}\n\n</div>`)
    .join('\n\n');
}

/** One of them shows; also where our part in the browser did not start. */
function rulesFor(tags: readonly string[], fallback: string): string {
  const shown = tags.map((tag) => `html[data-login-notice="${tag}"] .login-notice[lang="${tag}"]`);
  const unasked = `html:not([data-login-notice]) .login-notice[lang="${fallback}"]`;
  return `.login-notice { display: none; }\n${[unasked, ...shown].join(',\n')} { display: block; }`;
}

function append(disclaimer: unknown, text: string): unknown {
  const before = typeof disclaimer === 'string' ? disclaimer.trimEnd() : '';
  if (before === '') return text;
  // A blank line makes a paragraph of its own; an answer that went through us before already has it.
  return before === text || before.endsWith(`\n\n${text}`) ? disclaimer : `${before}\n\n${text}`;
}
