import { createHash } from 'node:crypto';
import { drawParts, escapeHtml, PARTS_STYLE, type PlainPart } from './plain-parts.ts';

/** A page that stands alone: one heading and a few sentences, with everything it needs inside. */
export interface PlainPage {
  /** Of its words, as a BCP 47 tag. */
  readonly language: string;
  /** Plain text; `{name}` stands for `name`. */
  readonly title: string;
  /** What `{name}` in the title is, as plain text of whatever signs and length. */
  readonly name?: string;
  /** Plain text, one a paragraph. */
  readonly sentences: readonly string[];
  /** What stands below the sentences, with a look of its own. @default nothing */
  readonly parts?: readonly PlainPart[];
  /** A page that goes on by itself: a turning wheel, and the script that makes it go on. */
  readonly waiting?: {
    readonly script: string;
    /** How often browsers without script load it again. */
    readonly seconds: number;
  };
  /** A script for a page that does not go on by itself, and has no wheel; it may ask our own server. @default none */
  readonly script?: string;
  /** Who may frame it. @default "'none'" */
  readonly frameAncestors?: "'none'" | "'self'";
}

/** A page as it is sent. */
export interface DrawnPage {
  readonly html: string;
  /** For `Content-Security-Policy`: nothing but the page's own style and script, by their hashes. */
  readonly policy: string;
}

/** Longest name that is shown, in code points; the rest is left out. */
const MAX_NAME_LENGTH = 80;

/** The look of the pages in `ui/look/`, as far as every such page needs it. */
const STYLE = `:root{color-scheme:dark light;--ground:#101010;--text:#e6e6e6;--quiet:#b3b3b3;--accent:#00a4dc;--badge:#0d2630}
@media (prefers-color-scheme:light){:root{--ground:#f2f2f2;--text:#1c1c1c;--quiet:#525252;--accent:#00719a;--badge:#d8ecf5}}
*{box-sizing:border-box}
html{background:#101010;background:var(--ground);color:#e6e6e6;color:var(--text);\
font:1em/1.5 "Noto Sans","Noto Sans HK","Noto Sans JP","Noto Sans KR","Noto Sans SC",system-ui,-apple-system,"Segoe UI",\
Roboto,"Liberation Sans",Arial,sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
@media (min-width:1600px) and (min-height:850px){html{font-size:125%}}
body{margin:0;min-height:100vh;padding:2rem 1.25rem 3rem}
main{margin:0 auto;max-width:27rem;overflow-wrap:break-word;word-wrap:break-word}
@media (min-height:45rem){main{padding-top:8vh}}
.badge{align-items:center;background:var(--badge);border-radius:50%;color:var(--accent);display:flex;font-size:1.6rem;\
height:3.75rem;justify-content:center;margin-bottom:1.1rem;width:3.75rem}
.wheel{animation:turn 1.4s linear infinite;border:.18em solid;border-radius:50%;border-right-color:transparent;\
height:1.2em;width:1.2em}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){.wheel{animation:none;border-right-color:currentcolor;border-style:dotted}}
h1{font-size:1.6rem;font-weight:500;line-height:1.25;margin:0 0 .5rem}
p{color:#b3b3b3;color:var(--quiet);margin:0 0 1rem}`;

/** For `style-src` of whoever sends a page with another policy than its own. */
export const PLAIN_STYLE_HASH = `'${hashOf(STYLE)}'`;

/** The key of our pages, so that no browser asks Jellyfin, or nobody, for an icon. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='%2300a4dc' d='M14.5 3a6.5 6.5 0 0 0-6.2 8.46L2 17.76V22h5v-2.5h2.5V17H12l.54-.54A6.5 6.5 0 1 0 14.5 3Zm2 6.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4Z'/%3E%3C/svg%3E";

/** Draws a page in the look of our own, dark or light as the person likes it. Every text is escaped. */
export function drawPlainPage(page: PlainPage): DrawnPage {
  const { language, title, sentences, parts = [], waiting } = page;
  const script = waiting?.script ?? page.script;
  const style = parts.length === 0 ? STYLE : STYLE + PARTS_STYLE;
  const name = [...(page.name ?? '')].slice(0, MAX_NAME_LENGTH).join('');
  const fill = (text: string, shown: string): string => escapeHtml(text).split('{name}').join(shown);
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    `style-src '${hashOf(style)}'`,
    ...(script === undefined ? [] : ["connect-src 'self'"]),
    'img-src data:',
    "base-uri 'none'",
    `form-action ${parts.some(({ kind }) => kind === 'form') ? "'self'" : "'none'"}`,
    `frame-ancestors ${page.frameAncestors ?? "'none'"}`,
  ].join('; ');
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="theme-color" content="#101010" media="(prefers-color-scheme: dark)">
<meta name="theme-color" content="#f2f2f2" media="(prefers-color-scheme: light)">
${waiting === undefined ? '' : `<noscript><meta http-equiv="refresh" content="${waiting.seconds}"></noscript>\n`}\
<link rel="icon" href="${ICON}">
<title>${fill(title, escapeHtml(name))}</title>
<style>${style}</style>
</head>
<body>
<main>
${waiting === undefined ? '' : '<div class="badge" aria-hidden="true"><div class="wheel"></div></div>\n'}\
<h1>${fill(title, `<bdi>${escapeHtml(name)}</bdi>`)}</h1>
${sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n')}
${parts.length === 0 ? '' : `${drawParts(parts)}\n`}\
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}\
</body>
</html>
`;
  return { html, policy };
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
