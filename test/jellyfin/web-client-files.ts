import type { JellyfinVersion } from './versions.ts';
import { bundleOf, contentHash, generationOf, stringChunks } from './web-bundle.ts';
import { configurationOf, manifestName, manifestOf } from './web-configuration.ts';
import { bannerSvg, iconIco, iconPng, signSvg } from './web-images.ts';
import { indexHtml } from './web-index-html.ts';
import { siteSheet, themeSheets } from './web-look.ts';
import { serviceWorker } from './web-service-worker.ts';

/** Names of the style sheets of index.html: none on 10.8, without hash on 10.9, hashed later. */
function sheetNames(generation: number, css: string): string[] {
  if (generation === 8) return [];
  if (generation === 9) return ['60232.css', 'main.jellyfin.css'];
  const number = generation === 10 ? 37869 : generation === 11 ? 46967 : 73560;
  return [`${number}.${contentHash(`${css}${number}`)}.css`, `main.jellyfin.${contentHash(css)}.css`];
}

/** All files of our own client of a version, by path below /web/. */
export function clientFiles(version: JellyfinVersion): ReadonlyMap<string, Buffer> {
  const generation = generationOf(version);
  const files = new Map<string, Buffer>();
  const add = (path: string, content: string | Buffer) => files.set(path, Buffer.from(content));

  const css = siteSheet();
  const bundle = bundleOf(version, css);
  const hash = contentHash(bundle);
  add('main.jellyfin.bundle.js', bundle);
  for (const { file, content } of stringChunks(generation)) add(file, content);

  const scripts = ['main.jellyfin.bundle.js'];
  if (generation > 8) {
    add('runtime.bundle.js', 'self.webpackChunk=self.webpackChunk||[];\n');
    add('node_modules.@jellyfin.sdk.bundle.js', '(self.webpackChunk=self.webpackChunk||[]);\n');
    scripts.unshift('runtime.bundle.js', 'node_modules.%40jellyfin.sdk.bundle.js');
    scripts.push('serviceworker.js');
  }
  const sheets = sheetNames(generation, css);
  sheets.forEach((name, index) => {
    add(name, index === sheets.length - 1 ? css : '/* fonts */\n');
  });

  const icon = iconIco();
  const favicon = generation <= 10 ? 'bc8d51405ec040305a87.ico' : `favicon.${contentHash(icon)}.ico`;
  add(favicon, icon);
  for (const size of [72, 114, 144, 512])
    add(`${generation >= 11 ? 'favicons/' : ''}touchicon${size}.png`, iconPng(size));
  add('touchicon.png', iconPng(180));
  if (generation >= 11) add('touchicon144.png', iconPng(144));
  if (generation >= 11) add('touchicon512.png', iconPng(512));
  add('assets/img/avatar.png', iconPng(200));
  add('assets/img/icon-transparent.svg', signSvg());
  add('assets/img/banner-light.svg', bannerSvg('#fff'));
  add('assets/img/banner-dark.svg', bannerSvg('#000'));
  for (const [id, sheet] of themeSheets()) add(`themes/${id}/theme.css`, sheet);

  const manifest = `${JSON.stringify(manifestOf(generation), null, 4)}\n`;
  add('manifest.json', manifest);
  add(manifestName(generation), manifest);
  add('config.json', `${JSON.stringify(configurationOf(generation), null, 2)}\n`);
  const addressed = (name: string) => `${name}?${hash}`;
  add(
    'index.html',
    indexHtml(generation, { scripts: scripts.map(addressed), sheets: sheets.map(addressed), favicon }),
  );
  add('serviceworker.js', serviceWorker(generation, files));
  return files;
}
