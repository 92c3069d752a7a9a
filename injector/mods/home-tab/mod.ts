import { z } from 'zod';
import { HEADER } from '../../jellyfin/header.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { iconName, pageTarget } from '../../kit/link-target.ts';
import { type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';

/** What the browser part is given. */
export type HomeTabOptions = {
  readonly name: OwnWords;
  readonly icon: string;
  readonly url: string;
  readonly isFrame: boolean;
};

// While the page is open, the tab that the client takes for chosen looks like the others.
const RULES = `.home-tab-panel { position: fixed; right: 0; bottom: 0; left: 0; z-index: 10; display: flex; flex-direction: column; }
.home-tab-panel iframe { flex: 1 1 auto; width: 100%; border: 0; background: transparent; }
.home-tab-panel p { flex: none; margin: 0; padding: 0.4em 3.3%; font-size: 0.85em; text-align: end; }
.home-tab-panel p a { color: inherit; }
.home-tab-open .page { visibility: hidden !important; }
.home-tab-entry { display: inline-block; }
.home-tab-open .home-tab-entry .${HEADER.tabClass} { color: #00a4dc; font-weight: 700; }
.home-tab-open ${HEADER.oldTabs} .${HEADER.chosenTabClass} { color: inherit !important; border-color: transparent !important; }`;

/** Shows a page of the admin's own beside the home page: one for requests, a status page, a guide. */
export const homeTab = defineMod({
  name: 'home-tab',
  title: 'A page of yours beside Home and Favourites',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    name: writtenText(40).meta({
      description: 'What the tab says: one text for everybody, or one for each language ({ en: …, de: … }).',
    }),
    url: pageTarget().meta({
      description:
        'The page: a whole address, or a path as seen from /web/. Inside the client it shows only if it lets itself be framed ' +
        '(no X-Frame-Options, or a frame-ancestors that names this server) and has https where the client has; a page that wants ' +
        'people to sign in may need to be below the same domain.',
    }),
    icon: iconName().default('playlist_add').meta({
      description:
        'Name of a Material icon, for the modern layout of 12; the tabs of the other layouts have words alone.',
    }),
    open: z.enum(['frame', 'new-tab']).default('frame').meta({
      description:
        'Where the page opens: "frame" is inside the client, with a link to a tab of its own, "new-tab" at once in a tab of its own.',
    }),
  }),
  example: {
    name: { en: 'Requests', de: 'Wünsche' },
    url: 'https://requests.example.org',
    icon: 'playlist_add',
    open: 'frame',
  },
  hooks({ name, url, icon, open }) {
    const given: HomeTabOptions = { name: toWords(name), icon, url, isFrame: open === 'frame' };
    return { css: RULES, client: given };
  },
});
