import { load } from 'cheerio';
import { SHIPPED_BODY, SHIPPED_SPLASH } from '../../injector/jellyfin/shipped-client.ts';
import { addressIn, readDeclarations, readStatements } from './css-statements.ts';
import type { Finding } from './finding.ts';
import { pictureAt, styleAt } from './moved-file.ts';
import { recogniseInlineScript, recogniseScript } from './page-scripts.ts';
import { PROPOSE } from './proposals.ts';
import { type CssReading, recogniseCss } from './recognise-css.ts';

const WHERE = 'index.html';
/** Scripts and style sheets that the client is built of, by their addresses. */
const OWN_SCRIPT = /^(?:[\w.%@-]+\.(?:bundle|chunk)|serviceworker)\.js(?:\?[0-9a-f]*)?$/;
const OWN_STYLE = /^[\w.%@-]+\.[0-9a-f]{20}\.css(?:\?[0-9a-f]*)?$/;
const OWN_ICON = /(?:^|\/)(?:favicon\.)?[0-9a-f]{20}\.ico$|(?:^|\/)favicon\.ico$/;

/** Recognises what was added to the page of the client. Never throws. */
export function recognisePage(html: string): CssReading {
  const page = load(html);
  const findings: Finding[] = [];
  const found = (one: Omit<Finding, 'where'>): void => void findings.push({ where: WHERE, ...one });
  const title = page('head > title').first().text().trim();
  if (title !== '' && title !== 'Jellyfin')
    found({ what: 'sets the title of the tab', proposal: PROPOSE.pageTitle(title.slice(0, 100)) });

  const footer = page('#footer').first().text().replace(/\s+/g, ' ').trim();
  for (const element of page('script').toArray()) {
    const script = page(element);
    const source = script.attr('src');
    // A library that only the notice needs goes with it.
    if (source !== undefined && page('#footer').length > 0 && /jquery/i.test(source)) continue;
    if (source === undefined) found(recogniseInlineScript(script.text()));
    else if (!OWN_SCRIPT.test(source)) found(recogniseScript(source));
  }
  for (const element of page('link[rel~="stylesheet"][href]').toArray()) {
    const address = page(element).attr('href') ?? '';
    if (!OWN_STYLE.test(address)) found(styleLink(address));
  }
  for (const element of page('link[rel~="icon"][href]').toArray()) {
    const address = page(element).attr('href') ?? '';
    if (OWN_ICON.test(address)) continue;
    const { file, advice } = pictureAt(address);
    found({ what: 'sets the icon of the tab', proposal: PROPOSE.icons(file), advice });
  }
  const rests = page('style')
    .toArray()
    .map((element) => readStyle(page(element).text(), found));
  if (footer !== '') {
    const advice =
      'For a day with a beginning and an end, such as maintenance, there is the mod maintenance.';
    found({
      what: 'shows a notice at the foot of every page',
      proposal: PROPOSE.announcement(footer.slice(0, 1000)),
      advice,
    });
  }
  if (page('snowflake, .snowflakes, .pyro').length > 0) found(recogniseScript('seasonal/'));
  const others = page('body > *')
    .not(`${SHIPPED_BODY}, script, style, link, noscript, #footer, snowflake, .snowflakes, .pyro`)
    .toArray();
  for (const element of others) {
    const { tagName } = element;
    found({
      what: `has an element <${tagName}> of its own`,
      advice: 'Not recognised. custom-html takes elements that show text, links and pictures.',
    });
  }
  return { findings, rest: rests.filter((rest) => rest !== '').join('\n') };
}

function styleLink(address: string): Omit<Finding, 'where'> {
  if (/seasonal\//i.test(address)) return recogniseScript(address);
  const { file, advice } = styleAt(address);
  return advice === undefined
    ? { what: 'links a theme', proposal: PROPOSE.theme(file) }
    : { what: 'links a style sheet', proposal: PROPOSE.styleFile(file), advice };
}

/** Of the client's own rules only the logo of the start is looked at; the rest of others is answered. */
function readStyle(css: string, found: (one: Finding) => void): string {
  if (/\.mainDrawerHandle|\.preload|\.splashLogo/.test(css)) {
    for (const one of splashOf(css, WHERE)) found(one);
    return '';
  }
  const { findings, rest } = recogniseCss(css, WHERE);
  for (const one of findings) found(one);
  return rest;
}

/** Recognises another logo of the start in the client's own rules, in the page up to 10.8 and a style sheet of its own later. */
export function splashOf(css: string, where: string): Finding[] {
  const lines = readStatements(css)
    .flatMap((one) => (one.head.startsWith('@media') ? readStatements(one.body ?? '') : one))
    .filter(({ head }) => head === '.splashLogo')
    .flatMap(({ body }) => readDeclarations(body) ?? []);
  const address = lines
    .filter(({ name }) => name === 'background-image')
    .map(({ value }) => addressIn(value))
    .find((one) => one !== undefined && !SHIPPED_SPLASH.test(one));
  if (address === undefined) return [];
  const { file, advice } = pictureAt(address);
  return [
    { where, what: 'shows another logo while the client starts', proposal: PROPOSE.splashLogo(file), advice },
  ];
}
