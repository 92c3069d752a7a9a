import type { Options, Proposal } from './finding.ts';

/** Makes the lines for one kind of change; `example` is what the tests make lines of. */
export type Row<Given> = ((given: Given) => Proposal) & { readonly example: Given };

function row<Given>(
  mod: string,
  options: (given: Given) => Options,
  example: NoInfer<Given>,
  { yields = false }: { readonly yields?: boolean } = {},
): Row<Given> {
  const propose = (given: Given): Proposal => ({
    mod,
    options: options(given),
    ...(yields ? { yields } : {}),
  });
  return Object.assign(propose, { example });
}

/** A kind of line that is always the same. */
const same = (mod: string, options: Options, how?: { readonly yields: boolean }): Row<void> =>
  row<void>(mod, () => options, undefined, how);

/** A link with its words. */
interface Link {
  readonly name: string;
  readonly url: string;
}

/** What a transparent bar is made of: alpha in percent, and whether the colour is dark. */
export interface Glass {
  readonly strength: number;
  readonly isDark: boolean;
}

const glassOf = ({ strength, isDark }: Glass) => ({ strength, shade: isDark ? 'dark' : 'light' });

/** Every kind of line that may be proposed. A test holds each to the options of its mod. */
export const PROPOSE = {
  hiddenHeading: same('login-layout', { hideHeading: true }),
  hiddenTopBar: same('login-layout', { hideTopBar: true }),
  netflixLogin: same('login-layout', { style: 'netflix' }),
  loginBackground: row(
    'login-background',
    (picture: string) => ({ pictures: [picture] }),
    'pictures/login.jpg',
  ),
  loginLogo: row('login-logo', (picture: string) => ({ picture }), 'pictures/logo.png'),
  loginButton: row('login-buttons', (link: Link) => ({ buttons: [link] }), {
    name: 'Ask for an account',
    url: 'https://join.example.org',
  }),
  signInButton: row('login-buttons', (link: Link) => ({ buttons: [{ ...link, opens: 'same-tab' }] }), {
    name: 'Sign in with SSO',
    url: '/sso/OID/start/main',
  }),
  transparentHeader: row('transparent-bars', (given: Glass) => ({ header: true, ...glassOf(given) }), {
    strength: 0,
    isDark: true,
  }),
  transparentDrawer: row('transparent-bars', (given: Glass) => ({ drawer: true, ...glassOf(given) }), {
    strength: 60,
    isDark: false,
  }),
  backdropBrightness: row('backdrop-brightness', (brightness: number) => ({ brightness }), 66),
  hiddenParts: row('hide', (part: string) => ({ parts: [part] }), 'trailers'),
  detailsLogo: same('details-logo', {}),
  fonts: row('fonts', (family: string) => ({ folder: 'fonts', family }), 'Ubuntu Mono'),
  hiddenScrollbar: same('scrollbar', { show: 'hidden' }),
  panAndZoom: row('pan-and-zoom', (seconds: number) => ({ seconds }), 60),
  seasons: same('seasons', {}),
  pauseScreen: same('pause-screen', {}),
  featured: same('featured', {}),
  announcement: row('announcement', (text: string) => ({ text }), 'New disks on Friday.'),
  toast: row('toast', (text: string) => ({ text }), 'Film night is on Friday.'),
  forgotPassword: row(
    'forgot-password',
    (url: string) => ({ show: url }),
    'https://jfa.example.org/my/account',
  ),
  checkMessages: row(
    'forgot-password',
    (text: string | undefined) => ({
      show: 'check-your-messages',
      ...(text === undefined ? {} : { text }),
    }),
    'Look in your mailbox.',
    { yields: true },
  ),
  hiddenForgotPassword: same('forgot-password', { show: 'hide' }, { yields: true }),
  pageTitle: row('page-title', (title: string) => ({ title }), 'Ada’s films'),
  appName: row('app-name', (app: Options) => app, {
    name: 'Ada’s films',
    shortName: 'Films',
    description: 'Films of Ada.',
    themeColor: '#201030',
    backgroundColor: '#201030',
  }),
  menuLink: row('menu-links', (link: Link & { readonly icon?: string }) => ({ links: [link] }), {
    name: 'Requests',
    url: 'https://requests.example.org',
    icon: 'playlist_add',
  }),
  homeTab: row('home-tab', (url: string) => ({ name: 'Requests', url }), 'https://requests.example.org'),
  drawerLogo: row('drawer-logo', (picture: string) => ({ picture }), 'pictures/logo.png'),
  musicBar: same('music-bar', {}),
  splashLogo: row('splash', (logo: string) => ({ logo }), 'pictures/splash.png'),
  icons: row('icons', (picture: string) => ({ picture }), 'pictures/icon.png'),
  defaults: row('client-defaults', (settings: Options) => settings, {
    enableBackdrops: true,
    enableThemeSongs: true,
    enableThemeVideos: true,
    enableCinemaMode: false,
    enableNextVideoInfoOverlay: false,
    blurhash: false,
    fastFadein: false,
    detailsBanner: false,
    allowedAudioChannels: 'stereo',
    libraryPageSize: 300,
    maxDaysForNextUp: 30,
    preferFmp4HlsContainer: false,
    appTheme: 'light',
  }),
  theme: row('custom-css', (url: string) => ({ url }), 'https://themes.example.org/night.css'),
  styleFile: row('custom-css', (file: string) => ({ file }), 'theme.css'),
  customCss: row('custom-css', (css: string) => ({ css }), '.card { margin: 0; }'),
} as const;

/** What is said besides where a mod is proposed at all, so that it does nothing that nobody asked for. */
export const SAID_BESIDES: { readonly [mod: string]: Options } = {
  'login-layout': { style: 'plain' },
  'login-background': { dim: 0 },
  'transparent-bars': { header: false, drawer: false, blur: 0 },
};
