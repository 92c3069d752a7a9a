import type { Generation } from './web-bundle.ts';
import { manifestName } from './web-configuration.ts';

/** Addresses index.html loads, in order. */
interface PageParts {
  scripts: readonly string[];
  sheets: readonly string[];
  favicon: string;
}

const META = [
  '<meta charset="utf-8">',
  '<meta name="viewport" content="width=device-width,initial-scale=1,minimum-scale=1,maximum-scale=1,user-scalable=no,viewport-fit=cover">',
];
const APP_META = [
  '<meta name="format-detection" content="telephone=no">',
  '<meta name="msapplication-tap-highlight" content="no">',
  '<meta http-equiv="X-UA-Compatibility" content="IE=Edge">',
  '<meta name="apple-mobile-web-app-capable" content="yes">',
  '<meta name="mobile-web-app-capable" content="yes">',
  '<meta name="application-name" content="Jellyfin">',
  '<meta name="robots" content="noindex, nofollow, noarchive">',
  '<meta name="referrer" content="no-referrer">',
];
const SOCIAL_META = [
  '<meta property="og:title" content="Jellyfin">',
  '<meta property="og:site_name" content="Jellyfin">',
  '<meta property="og:url" content="http://jellyfin.org">',
  '<meta property="og:description" content="The Free Software Media System">',
  '<meta property="og:type" content="article">',
];

const FIRST_STYLE =
  '.backgroundContainer-transparent:not(.withBackdrop),.transparentDocument{background:0 0!important;background-color:transparent!important}' +
  '.preload{background-color:#101010}' +
  '.hide,.mouseIdle .hide-mouse-idle,.mouseIdle-tv .hide-mouse-idle-tv{display:none!important}' +
  '.mainDrawerHandle{position:fixed;top:0;left:0;bottom:0;z-index:1;width:.8em}' +
  '.splashLogo{width:30%;height:30%;position:fixed;top:50%;left:50%;transform:translate(-50%,-50%);background:url(assets/img/icon-transparent.svg) center/contain no-repeat}';

const FRAME_OF_8 =
  '<div class="backdropContainer"></div><div class="backgroundContainer"></div>' +
  '<div class="mainDrawer hide"><div class="mainDrawer-scrollContainer scrollContainer focuscontainer-y"></div></div>' +
  '<div class="skinHeader focuscontainer-x"></div>' +
  '<div class="mainAnimatedPages skinBody"><div class="splashLogo"></div></div>' +
  '<div class="mainDrawerHandle"></div>';
const ROOT = '<div id="reactRoot"><div class="splashLogo"></div></div>';

/** index.html, minified to one line as the real build does it; shape by version: order of head, attributes, body. */
export function indexHtml(generation: Generation, { scripts, sheets, favicon }: PageParts): string {
  const direction = generation === 8 ? '' : ' dir="ltr"';
  const startupImages =
    generation <= 10
      ? ['portrait', 'landscape'].map(
          (way) =>
            `<link href="touchicon512.png" media="screen and (orientation: ${way})" rel="apple-touch-startup-image">`,
        )
      : [];
  return [
    `<!doctype html><html class="preload"${direction}><head>`,
    ...META,
    `<link rel="manifest" href="${manifestName(generation)}">`,
    ...APP_META,
    ...(generation === 8 ? SOCIAL_META : []),
    '<meta id="themeColor" name="theme-color" content="#202020">',
    `<link rel="apple-touch-icon" sizes="180x180" href="touchicon.png">`,
    ...startupImages,
    `<link rel="shortcut icon" href="${favicon}">`,
    '<meta name="msapplication-TileImage" content="touchicon144.png"><meta name="msapplication-TileColor" content="#333333">',
    '<title>Jellyfin</title>',
    `<style>${FIRST_STYLE}</style>`,
    ...scripts.map((src) => `<script defer="defer" src="${src}"></script>`),
    ...sheets.map((href) => `<link href="${href}" rel="stylesheet">`),
    `</head><body${direction}>${generation === 8 ? FRAME_OF_8 : ROOT}</body></html>`,
  ].join('');
}
