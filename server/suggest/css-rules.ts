import { CLIENT_PARTS } from '../../injector/jellyfin/parts.ts';
import { alphaOf, isDark } from './css-colours.ts';
import { addressIn, type Declaration } from './css-statements.ts';
import type { Finding } from './finding.ts';
import { pictureAt } from './moved-file.ts';
import { PROPOSE } from './proposals.ts';

/** What a selector with its lines was recognised as, and which of the lines that explains. */
export interface KnownRule extends Pick<Finding, 'what' | 'proposal' | 'advice'> {
  /** Names of the lines that are done with it. */
  readonly done: readonly string[];
}

type Recogniser = (selector: string, lines: readonly Declaration[]) => KnownRule | undefined;

/**
 * Recognises one selector of a rule, with the lines it has; undefined for what no mod does.
 * Source: the custom CSS of public collections for 10.8 to 10.11, and the classes of jellyfin-web 10.8.13 to 12.0.
 */
export function recogniseRule(selector: string, lines: readonly Declaration[]): KnownRule | undefined {
  for (const recognise of RECOGNISERS) {
    const known = recognise(selector, lines);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** What a line says, when the rule has it. */
export const valueIn = (lines: readonly Declaration[], name: string): string | undefined =>
  lines.findLast((line) => line.name === name)?.value;

/** Whether the rule takes its elements out of sight. */
export const isHiding = (lines: readonly Declaration[]): boolean =>
  valueIn(lines, 'display')?.toLowerCase() === 'none';

/** A recogniser of rules that hide what a selector names. */
function hiding(
  matches: (selector: string) => boolean,
  what: string,
  proposal: Finding['proposal'],
): Recogniser {
  return (selector, lines) =>
    isHiding(lines) && matches(selector) ? { what, proposal, done: ['display'] } : undefined;
}

const isOneOf =
  (...selectors: readonly string[]) =>
  (selector: string): boolean =>
    selectors.includes(selector);

/** What the last element of a selector is asked for; none of it is in brackets. */
const lastOf = (selector: string): string => selector.split(/[ >+~]/).at(-1) ?? '';

/** The last element of a selector is of this class, whatever else is asked of it. */
const endsInClass =
  (name: string) =>
  (selector: string): boolean =>
    !/[([:]/.test(selector) && lastOf(selector).split('.').includes(name);

const RECOGNISERS: readonly Recogniser[] = [
  hiding(
    isOneOf('#loginPage h1', '#loginPage .sectionTitle', '#loginPage h1.sectionTitle'),
    'hides "Please sign in"',
    PROPOSE.hiddenHeading(),
  ),
  hiding(
    isOneOf(
      'body:has(#loginPage:not(.hide)) .skinHeader',
      'body:has(#loginPage:not(.hide)) .skinHeader.semiTransparent',
    ),
    'hides the bar on top of the login page',
    PROPOSE.hiddenTopBar(),
  ),
  hiding(
    endsInClass('btnForgotPassword'),
    'hides the Forgot Password button',
    PROPOSE.hiddenForgotPassword(),
  ),
  hiding(
    isOneOf(
      '.section0 .sectionTitle',
      '#indexPage .section0 .sectionTitle',
      '.homePage .section0 .sectionTitle',
    ),
    'hides "My Media"',
    PROPOSE.hiddenParts('my-media-title'),
  ),
  hiding(
    isOneOf(
      '.mainDrawer:has(.navMenuOption-selected[href^="#/movies.html"])+.skinHeader .emby-tab-button[data-index="2"]',
    ),
    'hides the tab Trailers of movie libraries',
    PROPOSE.hiddenParts('trailers'),
  ),
  hidesPart,
  loginBackground,
  glassOf(
    ['.skinHeader-withBackground', '.skinHeader', '.skinHeader.semiTransparent'],
    'makes the bar on top transparent',
    PROPOSE.transparentHeader,
  ),
  glassOf(['div.mainDrawer', '.mainDrawer'], 'makes the drawer transparent', PROPOSE.transparentDrawer),
  backdrop,
  scrollbar,
];

/** Elements of parts that are told by one class or id of their own. */
const PARTS = new Map(
  Object.entries(CLIENT_PARTS).flatMap(([name, { selectors }]) =>
    selectors.flatMap((selector): [string, string][] => {
      const last = /[.#][\w-]+$/.exec(selector)?.[0];
      const isShared = last === undefined || ['.sectionTitle', '.checkboxContainer'].includes(last);
      return isShared || /:/.test(selector) ? [] : [[last, name]];
    }),
  ),
);

function hidesPart(selector: string, lines: readonly Declaration[]): KnownRule | undefined {
  if (!isHiding(lines) || /[([:]/.test(selector)) return undefined;
  const last = lastOf(selector);
  const part = [...PARTS].find(
    ([sign]) => last === sign || last.startsWith(`${sign}.`) || last.endsWith(sign),
  )?.[1];
  return part === undefined
    ? undefined
    : { what: `hides ${part}`, proposal: PROPOSE.hiddenParts(part), done: ['display'] };
}

const BACKGROUND = ['background', 'background-image'];
/** What the mod does to a picture anyway. */
const COVERING = ['background-size', 'background-position', 'background-repeat', 'background-attachment'];

function loginBackground(selector: string, lines: readonly Declaration[]): KnownRule | undefined {
  if (!['#loginPage', 'div#loginPage', '#loginPage.page'].includes(selector)) return undefined;
  const line = lines.find(({ name, value }) => BACKGROUND.includes(name) && addressIn(value) !== undefined);
  const address = addressIn(line?.value ?? '');
  // The splash screen of the server stays with Jellyfin; pictures in the text of a rule have no file.
  if (address === undefined || /^data:/i.test(address) || /\/branding\/splashscreen/i.test(address))
    return undefined;
  const { file, advice } = pictureAt(address);
  return {
    what: 'puts a picture behind the login page',
    proposal: PROPOSE.loginBackground(file),
    advice,
    done: [...BACKGROUND, ...COVERING],
  };
}

function glassOf(
  selectors: readonly string[],
  what: string,
  propose: typeof PROPOSE.transparentHeader,
): Recogniser {
  return (selector, lines) => {
    const colour = valueIn(lines, 'background-color') ?? valueIn(lines, 'background');
    const alpha = colour === undefined ? undefined : alphaOf(colour);
    if (!selectors.includes(selector) || colour === undefined || alpha === undefined || alpha >= 1)
      return undefined;
    const proposal = propose({ strength: Math.round(alpha * 100), isDark: isDark(colour) });
    return { what, proposal, done: ['background', 'background-color'] };
  };
}

function backdrop(selector: string, lines: readonly Declaration[]): KnownRule | undefined {
  const colour = valueIn(lines, 'background-color') ?? valueIn(lines, 'background');
  const alpha = colour === undefined ? undefined : alphaOf(colour);
  if (selector !== '.backgroundContainer.withBackdrop' || colour === undefined || alpha === undefined)
    return undefined;
  if (!isDark(colour)) return undefined;
  return {
    what: 'lets pictures behind pages show more or less',
    proposal: PROPOSE.backdropBrightness(Math.round((1 - alpha) * 100)),
    done: ['background', 'background-color'],
  };
}

const ROOTS = ['body', 'html', '*', ':root'];

function scrollbar(selector: string, lines: readonly Declaration[]): KnownRule | undefined {
  const known = (...done: string[]): KnownRule => ({
    what: 'hides scroll bars',
    proposal: PROPOSE.hiddenScrollbar(),
    done,
  });
  const names = ['-ms-overflow-style', 'scrollbar-width'].filter(
    (name) => valueIn(lines, name)?.toLowerCase() === 'none',
  );
  if (ROOTS.includes(selector) && names.length > 0) return known(...names);
  const isBar = /^(?:\*|body|html|:root)?::-webkit-scrollbar$/.test(selector);
  if (isBar && isHiding(lines)) return known('display');
  return isBar && /^0(?:px)?$/.test(valueIn(lines, 'width') ?? '') ? known('width', 'height') : undefined;
}
