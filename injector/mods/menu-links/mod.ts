import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { iconName, linkTarget } from '../../kit/link-target.ts';

const link = z.strictObject({
  name: z.string().trim().min(1).max(60).meta({ description: 'What the menu shows.' }),
  url: linkTarget().meta({
    description:
      'Where it leads, in a new tab: a whole address, a path as seen from /web/, or mailto: with an address.',
  }),
  icon: iconName().default('link').meta({ description: 'Name of a Material icon.' }),
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
