import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GALLERY, pictureOf, readModFacts } from '../../build/mod-gallery.ts';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { MODS } from '../../injector/mods/all.ts';
import { type Html, html, join as joinHtml } from '../../server/messages/layout.ts';

const FOLDER = join(import.meta.dirname, '../..', GALLERY);

/**
 * Finds what stands at a path: `/mods` lists all mods, `/mods/NAME` says all of one that the gallery says, and
 * `/mods/NAME.webp` is its picture.
 *
 * @param on Names of those that are on.
 * @returns undefined for every other path.
 */
export function findModsPage(
  pathname: string,
  on: ReadonlySet<string>,
): { readonly type: string; readonly body: string | Buffer } | undefined {
  if (pathname === '/mods') return { type: 'text/html', body: listPage(on) };
  const [, name, isPicture] = /^\/mods\/([a-z0-9-]+)(\.webp)?$/.exec(pathname) ?? [];
  const mod = MODS.find((one) => one.name === name);
  if (mod === undefined) return undefined;
  if (isPicture === undefined) return { type: 'text/html', body: modPage(mod, on.has(mod.name)) };
  const file = join(FOLDER, pictureOf(mod.name));
  return existsSync(file) ? { type: 'image/webp', body: readFileSync(file) } : undefined;
}

/** @param root How the start page is reached from there. */
function page(title: string, root: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title}</title>
<link rel="icon" href="${root}favicon.ico">
<link rel="stylesheet" href="${root}inbox.css">
</head>
<body>
${body}
</body>
</html>
`.markup;
}

function listPage(on: ReadonlySet<string>): string {
  return page(
    'Mods of the demo',
    './',
    html`<h1>Mods</h1>
<p><a href="./">Back to the inbox</a>. Where there is a picture, its left half is Jellyfin as it is, and the right one has the mod.
Several can be on together: <code>npm run demo -- --mod NAME --mod OTHER</code></p>
${joinHtml(MODS.map((mod) => entry(mod, on.has(mod.name))))}`,
  );
}

function entry({ name, title }: Mod, isOn: boolean): Html {
  return html`
<article class="mod" aria-labelledby="mod-${name}">
<h2 id="mod-${name}">${title}</h2>
<p><code>${name}</code>: ${isOn ? 'on' : 'off'} in this demo. <a href="mods/${name}">Options of ${name}</a></p>
<p><code>npm run demo -- --mod ${name}</code></p>${picture(name, 'mods/')}
</article>`;
}

function picture(name: string, folder: string): Html {
  if (!existsSync(join(FOLDER, pictureOf(name)))) return html``;
  return html`
<img src="${folder}${name}.webp" alt="Left: Jellyfin as it is. Right: with ${name}." loading="lazy">`;
}

function modPage(mod: Mod, isOn: boolean): string {
  const { name, title } = mod;
  const { versions, isOn: whenOn, example, options } = readModFacts(mod);
  const [heads = [], ...rows] = options;
  return page(
    title,
    '../',
    html`<h1>${title}</h1>
<p><a href="../mods">All mods</a>, <a href="../">back to the inbox</a></p>
<article class="mod">
<p><code>${name}</code>, for Jellyfin ${versions}: ${isOn ? 'on' : 'off'} in this demo.</p>
<p><code>npm run demo -- --mod ${name}</code></p>${picture(name, '')}
<h2>To copy into config.yaml</h2>
<p>${words(whenOn)}</p>
<pre><code>${example}</code></pre>
<h2>Options</h2>
<div class="wide"><table>
<thead><tr>${joinHtml(heads.map((head) => html`<th scope="col">${head}</th>`))}</tr></thead>
<tbody>${joinHtml(
      rows.map((cells) => html`<tr>${joinHtml(cells.map((cell) => html`<td>${words(cell)}</td>`))}</tr>`),
    )}</tbody>
</table></div>
</article>`,
  );
}

/** Markdown of `readModFacts` as HTML: code between one or two backticks, and signs behind a backslash. */
function words(markdown: string): Html {
  // Descriptions have theirs escaped, and mean the same by it.
  const pieces = markdown.replaceAll('\\`', '`').split(/(`` .*? ``|`[^`]*`)/);
  return joinHtml(
    pieces.map((piece, index) =>
      index % 2 === 1
        ? html`<code>${piece.replace(/^`+ ?| ?`+$/g, '').replaceAll('\\|', '|')}</code>`
        : html`${piece.replace(/\\([\\`*_[\]<>|~&])/g, '$1')}`,
    ),
  );
}
