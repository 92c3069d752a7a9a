import { z } from 'zod';
import { ANCHORS } from '../../jellyfin/anchors.ts';
import { SEEN_AGAIN, UNSEEN } from '../../kit/css-values.ts';
import { defineMod } from '../../kit/define-mod.ts';

const SHOWN = '.details-logo-shown';
const TITLE = `${SHOWN} ${ANCHORS.detailName.selector} h1`;

/** Shows the logo of a film or series in place of its title, where Jellyfin has one; the title is still read aloud. */
export const detailsLogo = defineMod({
  name: 'details-logo',
  title: 'The logo of a film in place of its title',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    height: z.number().min(2).max(12).default(4).meta({
      description:
        'Height of the logo in lines of text. On television sets 10.8 has no logos, and the title stays.',
    }),
  }),
  example: { height: 4 },
  hooks: ({ height }) => ({
    css: [
      '.details-logo { display: none; }',
      `${SHOWN} .details-logo { display: block; height: ${height}em; max-width: 100%; object-fit: contain; object-position: left center; }`,
      `.layout-mobile ${SHOWN} .details-logo { margin: 0.4em auto; object-position: center; }`,
      `${SHOWN} ${ANCHORS.detailLogo.selector} { display: none; }`,
      `${TITLE} { ${UNSEEN} }`,
      // The title of an episode's page is a link to its series.
      `${TITLE}:focus-within { ${SEEN_AGAIN} }`,
    ].join('\n'),
    client: {},
  }),
});
