import { z } from 'zod';
import { TITLE_SELECTOR } from '../../jellyfin/web-client.ts';
import { defineMod } from '../../kit/define-mod.ts';

/** Shows a name of your own in the browser's tab instead of "Jellyfin" or the server's name. */
export const pageTitle = defineMod({
  name: 'page-title',
  title: 'Your own title in the browser tab',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    title: z.string().trim().min(1).max(100).meta({
      description:
        'Shown in the tab wherever Jellyfin would say "Jellyfin" or the name of the server; titles of single pages stay.',
    }),
  }),
  example: { title: 'Ada’s films' },
  hooks: ({ title }) => ({
    html: (page) => {
      page(TITLE_SELECTOR).text(title);
    },
    client: { title },
  }),
});
