import { z } from 'zod';
import { CLIENT_PARTS, type ClientPart, type ClientPartName } from '../../jellyfin/parts.ts';
import { defineMod } from '../../kit/define-mod.ts';

/** What the browser part is given: the pages on which it has to tell the rules that they show. */
export type HideOptions = { readonly pages: readonly ('movies' | 'shows')[] };

const NAMES = Object.keys(CLIENT_PARTS) as [ClientPartName, ...ClientPartName[]];
const MEANINGS = NAMES.map((name) => `"${name}" is ${CLIENT_PARTS[name].what}`).join(', ');

/** Takes parts of the client out of sight. They are hidden, not forbidden: who knows their address still gets there. */
export const hide = defineMod({
  name: 'hide',
  title: 'Hide parts of the client',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    parts: z
      .array(z.enum(NAMES))
      .min(1)
      .meta({ description: `What nobody sees; hidden, not forbidden. Names: ${MEANINGS}.` }),
  }),
  example: { parts: ['quick-connect', 'cast', 'sync-play', 'my-media-title'] },
  hooks({ parts }) {
    const chosen = NAMES.filter((name) => parts.includes(name)).map((name): ClientPart => CLIENT_PARTS[name]);
    const selectors = chosen.flatMap(({ selectors: places, page }) =>
      places.map((place) => (page === undefined ? place : `html[data-hide="${page}"] ${place}`)),
    );
    const pages = (['movies', 'shows'] as const).filter((page) => chosen.some((part) => part.page === page));
    const given: HideOptions = { pages };
    const css = `${selectors.join(',\n')} { display: none !important; }`;
    return pages.length === 0 ? { css } : { css, client: given };
  },
});
