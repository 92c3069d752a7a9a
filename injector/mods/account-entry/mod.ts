import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';
import texts from './texts.json' with { type: 'json' };

/** What the browser part is given. */
export type AccountEntryOptions = {
  readonly text: OwnWords;
  /** Whether it is in the menu behind the person's picture, too. */
  readonly inMenu: boolean;
};

const NEEDS_RESET =
  'leads to My Account, which is part of the reset service: add `reset: { method: link }`, or remove this';

/** Leads people from their settings to My Account, where they say how a message reaches them. */
export const accountEntry = defineMod({
  name: 'account-entry',
  title: 'An entry for password recovery in the settings',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    inMenu: z.boolean().default(true).meta({
      description:
        'Whether it is in the menu behind the picture of the person, too, which only the modern layout of Jellyfin 12 has.',
    }),
    text: writtenText(60)
      .optional()
      .meta({
        description:
          'Your own words for the entry, as plain text: one text for everybody, or one for each language ({ en: …, de: … }). ' +
          'Without it, it is called "Password recovery", in the language of the person, if it is one of ours.',
      }),
  }),
  example: { inMenu: true, text: { en: 'Password and addresses', de: 'Passwort und Adressen' } },
  defaults: {
    description: 'With `reset` it is on when the file does not name it.',
    fill: (written, { reset }) => (written === undefined && reset === undefined ? undefined : { ...written }),
  },
  check: (written, { reset }) =>
    written !== undefined && written !== false && reset === undefined ? [{ message: NEEDS_RESET }] : [],
  hooks({ text, inMenu }) {
    const given: AccountEntryOptions = { text: text === undefined ? texts.entry : toWords(text), inMenu };
    return { client: given };
  },
});
