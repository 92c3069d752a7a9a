import type { Finding } from './finding.ts';
import { PROPOSE } from './proposals.ts';

type Known = Pick<Finding, 'what' | 'proposal' | 'advice'>;

const NO_MOD = 'No mod does this.';
/** What may be done with a script that is not ours to judge. */
export const ADVICE_FOR_SCRIPTS =
  'Not recognised. Read it first: it can do whatever the person who is signed in can do. If you trust it, custom-script takes it as file, from beside config.yaml or by its address.';

/** Scripts by address. Source: public collections of changes for 10.8 to 10.11. */
const BY_ADDRESS: readonly (readonly [RegExp, Known])[] = [
  [
    /holidays\.js|seasonal\/|snowstorm|snowflakes/i,
    {
      what: 'shows snow, hearts and the like in season',
      proposal: PROPOSE.seasons(),
      advice: 'The calendar is that of the mod; its option rules has yours.',
    },
  ],
  [/pause-?screen/i, { what: 'shows what is on while it is paused', proposal: PROPOSE.pauseScreen() }],
  [
    /featured/i,
    {
      what: 'shows chosen films on the home page',
      proposal: PROPOSE.featured(),
      advice: 'It shows what is new; name a collection or playlist in show for films of your choice.',
    },
  ],
  [/logobacklink/i, { what: 'makes the logo of a film lead to its series', advice: NO_MOD }],
  [/updoot/i, { what: 'adds comments and votes', advice: `${NO_MOD} menu-links can lead to its page.` }],
  [/quality-?tags/i, { what: 'marks pictures with their resolution', advice: NO_MOD }],
  [/avatars/i, { what: 'adds a library of avatars', advice: `${NO_MOD} menu-links can lead to its page.` }],
  [
    /jellyfin-?enhanced|javascript-?injector|filetransformation|inplayerepisodepreview|homescreensections|mediabar/i,
    { what: 'is part of a plugin of the server', advice: 'Leave it to the plugin.' },
  ],
];

/** Recognises a script by its address; always says something. */
export function recogniseScript(address: string): Known {
  const known = BY_ADDRESS.find(([pattern]) => pattern.test(address))?.[1];
  return known ?? { what: `runs the script ${address.slice(0, 200)}`, advice: ADVICE_FOR_SCRIPTS };
}

/** The title that scripts of this kind set; the name Jellyfin has is what they look for. */
const TITLE = /document\.title\s?=\s?["']([^"'\\<]+)["']/g;

/** Recognises a script that stands in the page; always says something. */
export function recogniseInlineScript(text: string): Known {
  const title = [...text.matchAll(TITLE)]
    .map(([, one = '']) => one.trim())
    .find((one) => one !== 'Jellyfin' && one !== '');
  if (title !== undefined)
    return { what: 'sets the title of the tab', proposal: PROPOSE.pageTitle(title.slice(0, 100)) };
  if (/requests?Tab/i.test(text)) {
    return {
      what: 'draws a tab for requests',
      advice: 'It goes with the frame in home-html.*.chunk.js; home-tab does both.',
    };
  }
  if (/#footer\b/.test(text)) {
    return {
      what: 'shows and hides the notice at the foot',
      advice: 'It goes with the notice; announcement does both.',
    };
  }
  if (/["']appfooter["']|\.appfooter\b/.test(text))
    return {
      what: 'hides the bar of the music player while the mouse rests',
      proposal: PROPOSE.musicBar(),
      advice: 'An edge of it stays with the mod, and the mouse on that brings it back.',
    };
  const begin = text.trim().replace(/\s+/g, ' ').slice(0, 60);
  return {
    what: `runs a script of ${text.length} characters that begins with ${begin}`,
    advice: ADVICE_FOR_SCRIPTS,
  };
}
