import { AUDIO_CHANNELS } from '../../injector/jellyfin/client-settings.ts';
import { SHIPPED_NUMBERS, SHIPPED_SWITCHES } from '../../injector/jellyfin/shipped-client.ts';
import type { Finding, Options } from './finding.ts';
import { pictureAt } from './moved-file.ts';
import { PROPOSE } from './proposals.ts';

/** What a file of the client was recognised to do; where is known to who asks. */
export type Found = Omit<Finding, 'where'>;

const SWITCH = /"(\w+)", ?!1\), ?!([01])\)/g;
const EXPORT = /\b(enable\w+):(?:function\(\)\{return |\(\)=>)(\w+)/g;
const BOUND = /[,\s](\w+)=\w+\.(enable\w+)\.bind\(/g;
const NUMBER = /"(libraryPageSize|maxDaysForNextUp)",!1\),10\);return 0===\w+\?0:\w+\|\|(\d+)/g;
const CHANNELS = /"allowedAudioChannels",!1\)\|\|"(-?\d+)"/;
const TITLE = /document\.title=(?:\w+\|\|)?"([^"\\<]+)"/g;
const DRAWER_LOGO = /height:\.5em;"><\/div>',\w\+='<img src="([^"<>]+)"/;

/** Names of exported functions that are not those of their settings. */
const SETTING_OF: { readonly [name: string]: string } = {
  enableBlurhash: 'blurhash',
  enableFastFadein: 'fastFadein',
};

/**
 * Recognises other defaults, another title and a logo of the drawer in the client's main script. Never throws.
 * Source: `userSettings.js` and `libraryMenu.js` of jellyfin-web 10.8.13 to 12.0 as they are built.
 */
export function recogniseMainScript(code: string): Found[] {
  const settings = { ...switchedIn(code), ...swappedIn(code), ...numbersIn(code) };
  const found = Object.entries(settings).map(([name, value]): Found => {
    return { what: `makes ${name} ${value} by default`, proposal: PROPOSE.defaults({ [name]: value }) };
  });
  const channels = CHANNELS.exec(code)?.[1];
  const audio = Object.entries(AUDIO_CHANNELS).find(([, value]) => value === channels)?.[0];
  if (audio !== undefined && audio !== 'all') {
    const value = /^\d/.test(audio) ? Number(audio) : audio;
    found.push({
      what: `makes sound ${audio} by default`,
      proposal: PROPOSE.defaults({ allowedAudioChannels: value }),
    });
  }
  const title = [...code.matchAll(TITLE)]
    .map(([, one = '']) => one.trim())
    .find((one) => one !== 'Jellyfin' && one !== '');
  if (title !== undefined)
    found.push({ what: 'sets the title of the tab', proposal: PROPOSE.pageTitle(title.slice(0, 100)) });
  const logo = DRAWER_LOGO.exec(code)?.[1];
  return logo === undefined ? found : [...found, drawerLogo(logo)];
}

function drawerLogo(source: string): Found {
  const { file, advice } = pictureAt(source);
  return { what: 'puts a logo into the drawer', proposal: PROPOSE.drawerLogo(file), advice };
}

/** As 10.9 and later write it: the default is the second word of a call. */
function switchedIn(code: string): Options {
  const changed = [...code.matchAll(SWITCH)].flatMap(([, name = '', sign]) => {
    const usual = SHIPPED_SWITCHES[name];
    const value = sign === '0';
    return usual === undefined || usual === value ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

/** As 10.8 was changed: the export of one function leads to another, whose default is the opposite. */
function swappedIn(code: string): Options {
  const bound = [...code.matchAll(BOUND)];
  const changed = [...code.matchAll(EXPORT)].flatMap(([, name = '', letter]) => {
    const setting = SETTING_OF[name] ?? name;
    const usual = SHIPPED_SWITCHES[setting];
    const letters = bound.filter((one) => one[2] === name).map((one) => one[1]);
    const isSwapped = letters.length > 0 && !letters.includes(letter);
    return usual === undefined || !isSwapped ? [] : [[setting, !usual] as const];
  });
  return Object.fromEntries(changed);
}

function numbersIn(code: string): Options {
  const changed = [...code.matchAll(NUMBER)].flatMap(([, name = '', digits]) => {
    const value = Number(digits);
    return SHIPPED_NUMBERS[name] === value ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

const LOGIN_LOGO = /margin-auto-y"> ?<img ([^<>]*)>/;
const LOGIN_LINK = /<a href="([^"<>]+)"[^<>]*>([^<>]*)<\/a>/g;

/** Recognises a logo above the sign-in form and links below it. */
export function recogniseLoginForm(code: string): Found[] {
  const source = /\bsrc="([^"]+)"/.exec(LOGIN_LOGO.exec(code)?.[1] ?? '')?.[1];
  const links = [...code.matchAll(LOGIN_LINK)].map(([, url = '', name = '']) => ({ url, name: name.trim() }));
  // Two elements begin alike, so that replacing by name has put the link in twice.
  const single = links.filter(({ url }, index) => links.findIndex((one) => one.url === url) === index);
  const found = single.map((link): Found => {
    return { what: `has the button "${link.name}"`, proposal: PROPOSE.loginButton(link) };
  });
  if (source === undefined) return found;
  const { file, advice } = pictureAt(source);
  return [
    { what: 'puts a logo above the sign-in form', proposal: PROPOSE.loginLogo(file), advice },
    ...found,
  ];
}

const LEADS_AWAY =
  /btnForgotPassword"\)\.addEventListener\("click",\(?(?:function\(\)|\(\)=>)\{?(?:window\.open\(|(?:window\.)?location(?:\.href)?=)"([^"]+)"/;

/** Recognises that Forgot Password leads to another page. */
export function recogniseLoginScript(code: string): Found[] {
  const url = LEADS_AWAY.exec(code)?.[1];
  return url === undefined ? [] : [leadsTo(url)];
}

const TEXT_LEADS = /"ButtonForgotPassword":"<a href=[\\'"]*([^\\'"\s<>]+)/;

/** Recognises a link in the text of the Forgot Password button. */
export function recogniseStrings(code: string): Found[] {
  const url = TEXT_LEADS.exec(code)?.[1];
  return url === undefined ? [] : [leadsTo(url)];
}

const leadsTo = (url: string): Found => ({
  what: 'makes Forgot Password lead to another page',
  proposal: PROPOSE.forgotPassword(url),
  advice: 'Where Gatehouse resets passwords itself (reset), leave forgot-password out.',
});

const PIN_CASE = /"PinCode"={2,3}\w+\.Action/;
const SAID = /\w\+="([^"<>]+)<br\/>"/g;

/** Recognises another text after a name was given for a reset, as for programs that send mails beside Jellyfin. */
export function recogniseForgotPassword(code: string): Found[] {
  const isChanged = !code.includes('MessageForgotPasswordFileCreated') || code.includes('history.back()');
  if (!PIN_CASE.test(code) || !isChanged) return [];
  const text = [...code.matchAll(SAID)]
    .map(([, one = '']) => one.trim())
    .find((one) => !one.startsWith('Enter PIN here'));
  return [
    {
      what: 'says that a mail is on its way to who forgot the password',
      proposal: PROPOSE.checkMessages(text),
      advice:
        'It needs the reset service of Gatehouse: add reset: { method: link }, jellyfin.apiKey and mail. To stay with another portal, write its address to show.',
    },
  ];
}

/** Recognises that the box for fMP4 is not set on its page any more. */
export const recognisePlayback = (code: string): Found[] =>
  /chkPreferFmp4HlsContainer"\)\.checked==\w+\.preferFmp4HlsContainer/.test(code)
    ? [{ what: 'takes fMP4 out of use', proposal: PROPOSE.defaults({ preferFmp4HlsContainer: false }) }]
    : [];

const FRAME = /<iframe ([^<>]*)>/g;

/** Recognises pages in frames that were put into home and libraries. */
export function recogniseFrames(code: string): Found[] {
  return [...code.matchAll(FRAME)].flatMap(([, attributes = '']): Found[] => {
    const url = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
    if (url === undefined) return [];
    if (/featured/i.test(url))
      return [{ what: 'shows chosen films on the home page', proposal: PROPOSE.featured() }];
    const advice = 'It is a tab of the home page, called Requests; name says otherwise.';
    return [{ what: 'has a tab with another page', proposal: PROPOSE.homeTab(url), advice }];
  });
}

/** Recognises films of live television in wide cards. */
export const recogniseLiveTv = (code: string): Found[] =>
  /"upcomingTvMovieItems",null,\{shape:\w+\(\)\?"overflowBackdrop"/.test(code)
    ? [{ what: 'shows films of live television in wide cards', advice: 'No mod does this.' }]
    : [];

/** Recognises a line that hides scroll bars at the end of a theme. */
export const recogniseTheme = (css: string): Found[] =>
  /-ms-overflow-style: ?none/.test(css)
    ? [{ what: 'hides scroll bars', proposal: PROPOSE.hiddenScrollbar() }]
    : [];
