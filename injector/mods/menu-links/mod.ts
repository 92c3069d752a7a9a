import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { menuLink } from '../../kit/link-target.ts';

/** Adds links to the menu of people who are signed in. */
export const menuLinks = defineMod({
  name: 'menu-links',
  title: 'Links in the menu',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    links: z.array(menuLink()).min(1).max(20).meta({
      description: 'The links, in this order, after those in Jellyfin’s own config.json.',
    }),
  }),
  example: { links: [{ name: 'Wish list', url: 'https://wishes.example.org', icon: 'playlist_add' }] },
  hooks: ({ links }) => ({ menuLinks: links }),
});
