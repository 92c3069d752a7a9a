import { isHiding, valueIn } from './css-rules.ts';
import { addressIn, readDeclarations, readStatements, type Statement } from './css-statements.ts';
import type { Finding } from './finding.ts';
import { PROPOSE } from './proposals.ts';

/** Rules that do something only together. */
export interface KnownBlock extends Pick<Finding, 'what' | 'proposal' | 'advice'> {
  /** The rules it was recognised by, which are done with it. */
  readonly taken: readonly Statement[];
}

type Recogniser = (statements: readonly Statement[]) => KnownBlock | undefined;

/**
 * Finds what takes several rules, such as an animation and what it moves; each once.
 * Source: the custom CSS of public collections for 10.8 to 10.11.
 */
export function recogniseBlocks(statements: readonly Statement[]): KnownBlock[] {
  const found: KnownBlock[] = [];
  let rest = statements;
  for (const recognise of RECOGNISERS) {
    const block = recognise(rest);
    if (block === undefined) continue;
    found.push(block);
    const taken = new Set(block.taken);
    rest = rest.filter((statement) => !taken.has(statement));
  }
  return found;
}

const linesOf = ({ body }: Statement) => readDeclarations(body) ?? [];
const withHeads = (statements: readonly Statement[], heads: readonly string[]): Statement[] =>
  statements.filter(({ head }) => heads.includes(head));

/** Heads of the login page "of awesome", which moves the splash screen of the server behind a card. */
const NETFLIX = [
  ...['#loginPage', 'div#loginPage', '#loginPage h1', '#loginPage h1::after', '#loginPage h1:after'],
  ...['.skinHeader.semiTransparent.noHeaderRight', '.inputContainer', '#loginPage .inputContainer'],
  ...['#loginPage .padded-left.padded-right.padded-bottom-page', '#loginPage .readOnlyContent'],
  ...[
    '.manualLoginForm',
    '.visualLoginForm',
    '#divUsers',
    '#loginPage .emby-input',
    '#loginPage .inputLabel',
  ],
  '#loginPage .inputLabel.inputLabelFocused,#loginPage .inputLabel:not(.inputLabel-float)',
  '#loginPage .inputContainer:focus,#loginPage .inputContainer:focus-within',
];
const FORM = '#loginPage .padded-left.padded-right.padded-bottom-page';
const LEAST_OF_NETFLIX = 8;

function netflixLogin(statements: readonly Statement[]): KnownBlock | undefined {
  const splash = statements.find(
    (one) =>
      one.head === '#loginPage' &&
      linesOf(one).some(({ value }) => /\/branding\/splashscreen/i.test(addressIn(value) ?? '')),
  );
  const card = statements.find(
    (one) => one.head === FORM && valueIn(linesOf(one), 'position') === 'absolute',
  );
  const taken = withHeads(statements, NETFLIX);
  if (splash === undefined || card === undefined || taken.length < LEAST_OF_NETFLIX) return undefined;
  return {
    what: 'lays the login page out as a card on the splash screen',
    proposal: PROPOSE.netflixLogin(),
    advice: 'The splash screen behind it stays a setting of Jellyfin (Branding); it does not move.',
    taken: [...taken, ...keyframesOf(statements, linesOf(splash))],
  };
}

/** The keyframes that the lines of a rule name. */
function keyframesOf(statements: readonly Statement[], lines: ReturnType<typeof linesOf>): Statement[] {
  const animation = valueIn(lines, 'animation') ?? valueIn(lines, 'animation-name') ?? '';
  const names = animation.split(/[ ,]+/);
  return statements.filter(({ head }) => names.includes(/^@keyframes (\S+)$/i.exec(head)?.[1] ?? ' '));
}

function loginHeading(statements: readonly Statement[]): KnownBlock | undefined {
  const heading = statements.find((one) => one.head === '#loginPage h1' && isOnly(one, 'display', 'none'));
  const margin = statements.filter(
    (one) => one.head === FORM && linesOf(one).every(({ name }) => name === 'margin-top'),
  );
  if (heading === undefined || margin.length === 0) return undefined;
  return { what: 'hides "Please sign in"', proposal: PROPOSE.hiddenHeading(), taken: [heading, ...margin] };
}

function isOnly(statement: Statement, name: string, value: string): boolean {
  const [line, ...others] = linesOf(statement);
  return line?.name === name && line.value === value && others.length === 0;
}

function loginTopBar(statements: readonly Statement[]): KnownBlock | undefined {
  const hidden = withHeads(statements, ['body:has(#loginPage:not(.hide)) .skinHeader']).filter((one) =>
    isHiding(linesOf(one)),
  );
  const shown = withHeads(statements, ['body:not(:has(#loginPage:not(.hide))) .skinHeader']).filter((one) =>
    isOnly(one, 'display', 'flex'),
  );
  if (hidden.length === 0 || shown.length === 0) return undefined;
  return {
    what: 'hides the bar on top of the login page',
    proposal: PROPOSE.hiddenTopBar(),
    taken: [...hidden, ...shown],
  };
}

const LOGO_TITLE = '#itemDetailPage .itemName.infoText.parentNameLast>bdi:nth-child(1)';
const LOGO_OTHERS = [
  '.hide+.detailPageWrapperContainer .itemName>bdi:nth-child(1)',
  '#itemDetailPage .parentName>bdi:nth-child(1)',
  '.hide+.parentName>bdi:nth-child(1)',
];

function detailsLogo(statements: readonly Statement[]): KnownBlock | undefined {
  const title = withHeads(statements, [LOGO_TITLE]).filter((one) => isHiding(linesOf(one)));
  if (title.length === 0) return undefined;
  return {
    what: 'shows the logo of a film in place of its title',
    proposal: PROPOSE.detailsLogo(),
    taken: [...title, ...withHeads(statements, LOGO_OTHERS)],
  };
}

/** Rules below `@media` that move nothing but pictures behind pages. */
const isOfBackdrops = ({ head, body }: Statement): boolean =>
  /^@media /i.test(head) &&
  readStatements(body ?? '').every((inner) => inner.head === '.backdropImage' && inner.body !== undefined);

function panAndZoom(statements: readonly Statement[]): KnownBlock | undefined {
  const moved = withHeads(statements, ['.backdropImage']).filter(
    (one) => keyframesOf(statements, linesOf(one)).length > 0,
  );
  const last = moved.at(-1);
  if (last === undefined) return undefined;
  const media = statements.filter(isOfBackdrops);
  const inner = media.flatMap(({ body }) => readStatements(body ?? ''));
  const keyframes = [...moved, ...inner].flatMap((one) => keyframesOf(statements, linesOf(one)));
  const animation = linesOf(last).findLast(({ name }) => name.startsWith('animation'))?.value ?? '';
  const seconds = Number(/(?:^| )(\d{1,4})s(?: |$)/.exec(animation)?.[1] ?? 60);
  return {
    what: 'moves the pictures behind pages',
    proposal: PROPOSE.panAndZoom(Math.min(600, Math.max(10, seconds))),
    taken: [...moved, ...media, ...new Set(keyframes)],
  };
}

function fonts(statements: readonly Statement[]): KnownBlock | undefined {
  const faces = statements.filter(({ head }) => head.toLowerCase() === '@font-face');
  const families = faces.map((face) => unquoted(valueIn(linesOf(face), 'font-family') ?? ''));
  const users = statements.filter((one) => {
    const [line, ...others] = linesOf(one);
    const isWhole = ['html', 'body', '*', 'html,body', 'body,html', ':root'].includes(one.head);
    const first = unquoted(line?.value.split(',', 1)[0] ?? '');
    return isWhole && line?.name === 'font-family' && others.length === 0 && families.includes(first);
  });
  const user = users[0];
  if (user === undefined) return undefined;
  const family = unquoted(linesOf(user)[0]?.value.split(',', 1)[0] ?? '');
  return {
    what: `uses the font ${family}`,
    proposal: PROPOSE.fonts(family),
    advice:
      'Put the files of the font (woff2, woff, ttf or otf) into the folder fonts beside config.yaml; in the web folder they are in fonts/.',
    taken: [...faces.filter((_, index) => families[index] === family), ...users],
  };
}

const unquoted = (text: string): string => text.trim().replace(/^["']|["']$/g, '');

/** Layers that a script with snow on the whole page needs. */
const SNOW_LAYERS = [
  '.content-primary,.padded-bottom-page,.page,.pageWithAbsoluteTabs .pageTabContent',
  ...['.videoPlayerContainer', '.skinHeader.osdHeader', '.backgroundContainer', '.htmlvideoplayer'],
];

function snowLayers(statements: readonly Statement[]): KnownBlock | undefined {
  const layers = withHeads(statements, SNOW_LAYERS).filter((one) =>
    linesOf(one).every(({ name }) => name === 'z-index'),
  );
  if (layers[0] === undefined || !layers.some(({ head }) => head === SNOW_LAYERS[0])) return undefined;
  return { what: 'puts pages in front of the snow of a script', proposal: PROPOSE.seasons(), taken: layers };
}

function footer(statements: readonly Statement[]): KnownBlock | undefined {
  const box = withHeads(statements, ['#footer']).filter(
    (one) => valueIn(linesOf(one), 'position') === 'fixed',
  );
  if (box.length === 0) return undefined;
  const parts = withHeads(statements, ['#footer span', '#footer:after', '#footer::after']);
  const words = parts.map((one) => valueIn(linesOf(one), 'content')).find((value) => value !== undefined);
  const isOff = box.some((one) => isHiding(linesOf(one)));
  const text = unquoted(words ?? '').trim();
  return {
    what: 'shows a notice at the foot of every page',
    proposal: isOff || text === '' ? undefined : PROPOSE.announcement(text),
    advice: isOff
      ? 'It is switched off, so nothing is proposed.'
      : 'For a day with a beginning and an end, such as maintenance, there is the mod maintenance.',
    taken: [...box, ...parts],
  };
}

const RECOGNISERS: readonly Recogniser[] = [
  ...[netflixLogin, loginHeading, loginTopBar, detailsLogo, panAndZoom, fonts, snowLayers, footer],
];
