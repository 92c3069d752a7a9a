import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { iconName, linkTarget } from '../../kit/link-target.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';

/** What the browser part is given. */
export interface LoginButtons {
  readonly buttons: readonly {
    readonly name: OwnWords;
    readonly url: string;
    /** Class of a Material icon; left out: none. */
    readonly icon?: string;
    readonly opensNewTab: boolean;
  }[];
}

const button = z.strictObject({
  name: writtenText(60).meta({
    description:
      'What the button says: one text for everybody, or one for each language ({ en: …, de: … }), where the others get ' +
      'English, or the first.',
  }),
  url: linkTarget().meta({
    description: 'Where it leads: a whole address, a path as seen from /web/, or mailto: with an address.',
  }),
  icon: iconName().optional().meta({ description: 'Name of a Material icon in front of the name.' }),
  opens: z
    .enum(['new-tab', 'same-tab'])
    .default('new-tab')
    .meta({ description: 'Where the page opens: "new-tab" or "same-tab".' }),
});

/** Adds buttons that lead elsewhere, below those of the sign-in form and above the disclaimer. */
export const loginButtons = defineMod({
  name: 'login-buttons',
  title: 'Buttons with links below the sign-in form',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    buttons: z.array(button).min(1).max(10).meta({ description: 'The buttons, in this order.' }),
  }),
  example: {
    buttons: [
      {
        name: { en: 'Ask for an account', de: 'Konto anfragen' },
        url: 'https://join.example.org',
        icon: 'person_add',
        opens: 'new-tab',
      },
    ],
  },
  hooks: ({ buttons }) => ({
    css: `.login-buttons-button { text-decoration: none; }
.login-buttons-button > .material-icons { margin: 0 0.5em; vertical-align: middle; }`,
    client: {
      buttons: buttons.map(({ name, url, icon, opens }) => ({
        name: toWords(name),
        url,
        ...(icon === undefined ? {} : { icon }),
        opensNewTab: opens === 'new-tab',
      })),
    },
  }),
});
