import { z } from 'zod';
import { HEADER } from '../../jellyfin/header.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { pageTarget } from '../../kit/link-target.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';

/** Pages of the client that the logo may lead to. */
const LOGO_PAGES = ['home', 'settings', 'search'] as const;

/** What the browser part is given: one of `page` and `url` is null. */
export type LogoLinkOptions = {
  readonly page: (typeof LOGO_PAGES)[number] | null;
  readonly url: string | null;
  readonly isNewTab: boolean;
  /** What screen readers say of it; null: the name of the server. */
  readonly name: OwnWords | null;
};

const WRONG_TARGET =
  'use home, settings, search, an address that begins with https:// or http://, or a path such as ../gatehouse/account';

/** Makes the logo in the bar at the top lead somewhere. */
export const logoLink = defineMod({
  name: 'logo-link',
  title: 'Make the logo lead somewhere',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    to: z
      .union([z.enum(LOGO_PAGES), pageTarget()], {
        error: WRONG_TARGET,
      })
      .default('home')
      .meta({
        description:
          'Where a press on the logo, or in the modern layout of 12 on the name of the server, leads: "home", "settings", "search", ' +
          'a whole address, or a path as seen from /web/. Where a page shows its own title in place of the logo, nothing changes.',
      }),
    name: writtenText(60).optional().meta({
      description: 'What screen readers say of the logo, and its tooltip. Default: the name of the server.',
    }),
    newTab: z.boolean().default(false).meta({ description: 'Whether an address opens in a new tab.' }),
  }),
  example: { to: 'https://start.example.org', name: { en: 'Start page', de: 'Startseite' }, newTab: false },
  hooks({ to, name, newTab }) {
    const page = LOGO_PAGES.find((name) => name === to) ?? null;
    const given: LogoLinkOptions = {
      page,
      url: page === null ? to : null,
      isNewTab: newTab,
      name: name === undefined ? null : toWords(name),
    };
    return { css: `${HEADER.oldTitle}.${HEADER.logoClass} { cursor: pointer; }`, client: given };
  },
});
