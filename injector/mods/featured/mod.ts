import { z } from 'zod';
import { plainId } from '../../jellyfin/items.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { UNSEEN } from '../../kit/css-values.ts';
import { defineMod, type Json } from '../../kit/define-mod.ts';
import { toTranslations, writtenText } from '../../kit/written-text.ts';

const itemId = z
  .string()
  .regex(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, {
    error: 'must be an id of 32 digits, as the address of the item in Jellyfin ends in (id=…)',
  })
  .transform(plainId);

/** Shows chosen films and series at the top of the home page, one after the other. */
export const featured = defineMod({
  name: 'featured',
  title: 'Chosen films and series at the top of home',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    show: z
      .union([z.literal('newest'), itemId, z.array(itemId).min(1).max(20)], {
        error: 'must be newest, the id of a collection or playlist, or a list of ids of items',
      })
      .default('newest')
      .meta({
        description:
          'What is shown: "newest" for what came last, the id of a collection or playlist, or a list of ids of items. Nobody sees what Jellyfin does not let them see.',
      }),
    most: z.number().int().min(1).max(20).default(8).meta({ description: 'How many are shown at most.' }),
    seconds: z
      .union([z.literal(0), z.number().int().min(4).max(120)], { error: 'must be 0, or 4 to 120 seconds' })
      .default(8)
      .meta({
        description:
          'How long each is shown; 0 stays with the first until somebody goes on. It stays for people who want less motion, and while somebody points at it.',
      }),
    title: writtenText(80).optional().meta({
      description:
        'Heading above it, as plain text: one for everybody, or one for each language ({ en: …, de: … }). Without it there is none.',
    }),
  }),
  example: { show: 'newest', most: 8, seconds: 8, title: { en: 'Our picks', de: 'Unsere Auswahl' } },
  hooks: ({ show, most, seconds, title }) => ({
    css: RULES,
    client: {
      show: typeof show === 'string' ? show : [...show],
      most,
      seconds,
      ...(title === undefined ? {} : { title: toTranslations(title) as unknown as Json }),
    },
  }),
});

const RULES = `.featured { position: relative; margin: 1em 3.3% 1.5em; }
.featured > h2 { margin: 0 0 0.6em; }
.featured-slide { position: relative; display: block; height: 36vw; min-height: 13em; max-height: 26em; overflow: hidden; border-radius: 0.6em; background: #222; color: #fff; text-decoration: none; outline: none; }
.featured-slide[hidden] { display: none; }
.featured-slide:focus { box-shadow: 0 0 0 0.25em #00a4dc; }
.featured-slide img { position: absolute; top: 0; left: 0; width: 100%; height: 100%; object-fit: cover; }
.featured-words { position: absolute; right: 0; bottom: 0; left: 0; padding: 5em 1.5em 3.4em; background: linear-gradient(rgba(0, 0, 0, 0), rgba(0, 0, 0, 0.85)); }
.featured-words h3 { margin: 0; font-size: 1.8em; }
.featured-words p { max-width: 45em; max-height: 4.2em; margin: 0.4em 0 0; overflow: hidden; line-height: 1.4; }
.featured-buttons { position: absolute; right: 0.6em; bottom: 0.4em; }
.featured-buttons button { width: 2.75em; height: 2.75em; margin: 0 0.2em; padding: 0; border: 0; border-radius: 50%; background: rgba(0, 0, 0, 0.5); color: #fff; font-size: 1em; cursor: pointer; }
.featured-buttons button:focus { box-shadow: 0 0 0 0.2em #00a4dc; outline: none; }
.featured-count { ${UNSEEN} }
/* Arrow keys do not find what lies on what they come from. */
.${TV_LAYOUT} .featured-buttons { position: static; margin-top: 0.6em; text-align: right; }
.${TV_LAYOUT} .featured-words { padding-bottom: 1em; }
@media (max-width: 40em) { .featured-words p { display: none; } }`;
