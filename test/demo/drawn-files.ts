import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { type FileRef, filesIn } from '../../injector/kit/file-option.ts';

/** A garden in the evening, for behind a page; SVG. */
export const GARDEN = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="800">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#27406e"/><stop offset=".6" stop-color="#e08a5a"/><stop offset="1" stop-color="#f5c77e"/></linearGradient>
<rect width="1280" height="800" fill="url(#sky)"/><circle cx="930" cy="430" r="90" fill="#ffe9b0"/>
<path d="M0 520Q320 380 640 500T1280 440V800H0Z" fill="#3f6b4a"/><path d="M0 620Q400 480 760 610T1280 560V800H0Z" fill="#2c5238"/>
<g fill="#1d3a27"><path d="M0 720Q500 620 1280 710V800H0Z"/><rect x="226" y="470" width="22" height="200"/><circle cx="237" cy="420" r="100"/><circle cx="170" cy="470" r="70"/><circle cx="305" cy="465" r="72"/></g>
<g fill="#f2b8cf"><circle cx="480" cy="690" r="12"/><circle cx="560" cy="720" r="10"/><circle cx="700" cy="700" r="13"/><circle cx="860" cy="730" r="11"/><circle cx="1040" cy="705" r="12"/></g>
</svg>`;

/** A projector's light in a round sign, on a transparent ground. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">
<linearGradient id="disc" x2="1" y2="1"><stop stop-color="#f2a541"/><stop offset="1" stop-color="#d1495b"/></linearGradient>
<circle cx="256" cy="256" r="240" fill="url(#disc)"/><path d="M190 140 380 256 190 372Z" fill="#fff"/><circle cx="130" cy="256" r="34" fill="#fff"/>
</svg>`;

/** Faces to choose from, by the names of their files: an animal's ears, eyes and nose in two colours. */
const FACES: { readonly [name: string]: string } = Object.fromEntries(
  (
    [
      ['bear', '#8a5a3c', '#f3d9c0'],
      ['blue-owl', '#3b6ea8', '#ffe08a'],
      ['cat', '#5b5f66', '#f2b8cf'],
      ['frog', '#4f9a4a', '#dff0c8'],
      ['red-fox', '#d9622b', '#fff3e3'],
      ['rabbit', '#b9a7c9', '#ffffff'],
    ] as const
  ).map(([name, fur, face]) => [
    name,
    `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="${face}"/>
<g fill="${fur}"><path d="M80 40 170 130 70 190Z"/><path d="M320 40 230 130 330 190Z"/><circle cx="200" cy="225" r="140"/></g>
<ellipse cx="200" cy="280" rx="80" ry="62" fill="${face}"/><circle cx="145" cy="195" r="18"/><circle cx="255" cy="195" r="18"/><path d="M178 255h44l-22 26Z"/></svg>`,
  ]),
);

/** Where systems keep a font with serifs, which nobody takes for that of the client. Source: Debian, Fedora, macOS, Windows. */
const FONTS = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf',
  '/usr/share/fonts/liberation-serif/LiberationSerif-Regular.ttf',
  '/System/Library/Fonts/Supplemental/Georgia.ttf',
  'C:\\Windows\\Fonts\\georgia.ttf',
];

/**
 * Draws the files that options of mods name, into a folder: a logo where the name says so, else a garden, of the kind that
 * the name says; a style, a script, and for fonts one of this machine's. What is named by an address is left alone.
 *
 * @param options As the schemas of mods gave them.
 * @throws {Error} where a font is wanted and this machine has none of those that are known.
 */
export async function drawFiles(folder: string, options: unknown): Promise<void> {
  for (const file of filesIn(options)) {
    if (file.from.includes('://')) continue;
    const path = join(folder, file.from);
    await mkdir(dirname(path), { recursive: true });
    await draw(file, path);
  }
}

async function draw({ kind, from }: FileRef, path: string): Promise<void> {
  if (kind === 'fonts') {
    await mkdir(path, { recursive: true });
    return copyFont(path);
  }
  if (kind === 'pictures') {
    await mkdir(path, { recursive: true });
    for (const [name, svg] of Object.entries(FACES)) await writeFile(join(path, `${name}.svg`), svg);
    return;
  }
  if (kind === 'style') return writeFile(path, 'h1, h2 { letter-spacing: 0.05em; }\n');
  if (kind === 'script') return writeFile(path, "document.documentElement.dataset.demo = 'on';\n");
  const svg = /logo|icon/i.test(from) ? LOGO : GARDEN;
  // By the ending of its name, as files are told apart by people.
  if (path.endsWith('.svg')) await writeFile(path, svg);
  else await sharp(Buffer.from(svg)).toFile(path);
}

async function copyFont(folder: string): Promise<void> {
  for (const font of FONTS) {
    const isCopied = await copyFile(font, join(folder, 'Demo-Regular.ttf')).then(
      () => true,
      () => false,
    );
    if (isCopied) return;
  }
  if ((await readdir(folder)).length === 0)
    throw new Error(
      `No font for ${folder}: put one (woff2, woff, ttf or otf) at one of ${FONTS.join(', ')}.`,
    );
}
