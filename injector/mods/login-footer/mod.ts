import { z } from 'zod';
import { LOGIN_PAGE } from '../../jellyfin/login-page.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { linkTarget } from '../../kit/link-target.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';

/** What the browser part is given. */
export interface LoginFooter {
  readonly text?: OwnWords;
  readonly links: readonly { readonly name: OwnWords; readonly url: string }[];
}

const link = z.strictObject({
  name: writtenText(100).meta({
    description: 'What the link says: one text for everybody, or one for each language ({ en: …, de: … }).',
  }),
  url: linkTarget().meta({
    description:
      'Where it leads, in a new tab: a whole address, a path as seen from /web/, or mailto: with an address.',
  }),
});

/** Adds a line of text and links at the bottom of the login page. */
export const loginFooter = defineMod({
  name: 'login-footer',
  title: 'Text and links at the bottom of the login page',
  jellyfin: '>=10.8 <13',
  options: z
    .strictObject({
      text: writtenText(1000)
        .optional()
        .meta({
          description:
            'Plain text, in which whole addresses (https://…) become links: one text for everybody, or one for each language ' +
            '({ en: …, de: … }), where the others get English, or the first.',
        }),
      links: z
        .array(link)
        .max(10)
        .default([])
        .meta({ description: 'Links in a row below the text, such as one to an imprint.' }),
    })
    .refine(({ text, links }) => text !== undefined || links.length > 0, {
      error: 'needs text or links, or there is nothing to show',
    }),
  example: {
    text: { en: 'Family and friends only.', de: 'Nur für Familie und Freunde.' },
    links: [{ name: { en: 'Imprint', de: 'Impressum' }, url: 'https://www.example.org/imprint' }],
  },
  hooks: ({ text, links }) => ({
    css: `${LOGIN_PAGE.page} { display: flex; flex-direction: column; }
${LOGIN_PAGE.content} { flex: none; margin-top: 0; margin-bottom: 0; }
.login-footer { flex: none; align-self: stretch; margin: auto 0 -3.5em; padding: 1em 3.3% 0; text-align: center; }
.login-footer > p { margin: 0 0 0.5em; white-space: pre-line; overflow-wrap: anywhere; }
.login-footer > p > a { color: inherit; text-decoration: underline; }
.login-footer > p > a + a { margin-left: 1.5em; }
.login-footer > p > a:focus { outline: 2px solid currentColor; outline-offset: 2px; }`,
    client: {
      ...(text === undefined ? {} : { text: toWords(text) }),
      links: links.map(({ name, url }) => ({ name: toWords(name), url })),
    },
  }),
});
