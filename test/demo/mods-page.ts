import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GALLERY, pictureOf } from '../../build/mod-gallery.ts';
import { MODS } from '../../injector/mods/all.ts';
import { type Html, html, join as joinHtml } from '../../server/messages/layout.ts';

const FOLDER = join(import.meta.dirname, '../..', GALLERY);

/**
 * Finds what stands at a path: `/mods` lists all mods, `/mods/NAME` is the documentation of one as text, and
 * `/mods/NAME.webp` its picture.
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
  if (name === undefined || !MODS.some((mod) => mod.name === name)) return undefined;
  const file = join(FOLDER, isPicture === undefined ? `${name}.md` : pictureOf(name));
  if (!existsSync(file)) return undefined;
  return { type: isPicture === undefined ? 'text/plain' : 'image/webp', body: readFileSync(file) };
}

function listPage(on: ReadonlySet<string>): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Mods of the demo</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="inbox.css">
</head>
<body>
<h1>Mods</h1>
<p><a href="./">Back to the inbox</a>. Left in a picture is Jellyfin as it is, right with the mod. Several can be on together:
<code>npm run demo -- --mod NAME --mod OTHER</code></p>
${joinHtml(MODS.map((mod) => entry(mod, on.has(mod.name))))}
</body>
</html>
`.markup;
}

function entry({ name, title }: { readonly name: string; readonly title: string }, isOn: boolean): Html {
  const picture = existsSync(join(FOLDER, pictureOf(name)))
    ? html`
<img src="mods/${name}.webp" alt="Left: Jellyfin as it is. Right: with ${name}." loading="lazy">`
    : html``;
  return html`
<article class="mod" aria-labelledby="mod-${name}">
<h2 id="mod-${name}">${title}</h2>
<p>${name}: ${isOn ? 'on' : 'off'} in this demo. <a href="mods/${name}">Options of ${name}</a></p>
<p><code>npm run demo -- --mod ${name}</code></p>${picture}
</article>`;
}
