import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { isLinkTarget } from '../../kit/web-address.ts';

const link = z.strictObject({
  name: z.string().trim().min(1).max(60).meta({ description: 'What the menu shows.' }),
  url: z
    .string()
    .max(2000)
    .refine(isLinkTarget, {
      error: 'use an address that begins with https:// or http://, or a path such as ../gatehouse/account',
    })
    .meta({ description: 'Where it leads, in a new tab: a whole address, or a path as seen from /web/.' }),
  icon: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/, { error: 'use the name of a Material icon, e.g. movie_filter' })
    .default('link')
    .meta({ description: 'Name of a Material icon.' }),
});

/** Adds links to the menu of people who are signed in. */
export const menuLinks = defineMod({
  name: 'menu-links',
  title: 'Links in the menu',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    links: z.array(link).min(1).max(20).meta({
      description: 'The links, in this order, after those in Jellyfin’s own config.json.',
    }),
  }),
  example: { links: [{ name: 'Wish list', url: 'https://wishes.example.org', icon: 'playlist_add' }] },
  hooks: ({ links }) => ({ menuLinks: links }),
});
