import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

/** Most pictures that are named one by one; a folder has a limit of its own. */
const MOST = 100;

/** A picture to choose from, as the browser is given it. */
export interface Avatar {
  /** As seen from the page. */
  readonly src: string;
  /** What its file is called, for who does not see it; may be empty. */
  readonly name: string;
}

/** Lets people choose their own picture from those of an admin's, on their profile page. */
export const avatars = defineMod({
  name: 'avatars',
  title: 'Pictures that people can choose for themselves',
  jellyfin: '>=10.8 <13',
  options: z
    .strictObject({
      folder: fileOption('pictures').optional().meta({
        description:
          'Folder beside config.yaml with at most 100 pictures (png, jpg, gif, webp, avif, svg), which are offered by the names of their files, such as red-fox.png.',
      }),
      pictures: z.array(fileOption('picture')).min(1).max(MOST).optional().meta({
        description:
          'Pictures one by one, behind those of the folder: paths beside config.yaml or addresses that Gatehouse fetches itself. Small ones are enough: Jellyfin gets the middle of each, 400 pixels wide, as a still PNG.',
      }),
    })
    .refine(({ folder, pictures }) => folder !== undefined || pictures !== undefined, {
      error: 'needs a folder, or pictures',
    }),
  example: { folder: 'avatars', pictures: ['pictures/night_owl.png'] },
  hooks({ folder, pictures = [] }, files) {
    const inFolder = folder === undefined ? [] : (files.get(folder).entries ?? []);
    const offered: Avatar[] = [
      ...inFolder.map(({ name, href }) => ({ src: href, name: wordsOf(name) })),
      ...pictures.map((file) => ({ src: files.get(file).href, name: wordsOf(file.from) })),
    ];
    return { css: RULES, client: { pictures: offered.map(({ src, name }) => ({ src, name })) } };
  },
});

/** The name of a file as words: `pictures/red-fox.png` is `red fox`. */
function wordsOf(path: string): string {
  const [plain = ''] = path.split(/[?#]/, 1);
  return plain
    .slice(plain.lastIndexOf('/') + 1)
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .slice(0, 60);
}

const RULES = `.avatars { width: 40em; max-width: 92vw; max-height: 88vh; padding: 1.4em; box-sizing: border-box; overflow-y: auto; }
.avatars h2 { margin: 0 0 0.8em; }
.avatars-message { margin: 0 0 0.8em; }
.avatars-message:empty { display: none; }
.avatars-list { display: flex; flex-wrap: wrap; margin: 0 -0.4em 1em; }
.avatars-list button { width: 6em; height: 6em; margin: 0.4em; padding: 0; border: 0; border-radius: 50%; background: rgba(128, 128, 128, 0.3); font: inherit; cursor: pointer; overflow: hidden; }
.avatars-list button:hover, .avatars-list button:focus { box-shadow: 0 0 0 0.25em #00a4dc; outline: none; }
.avatars-list img { display: block; width: 100%; height: 100%; object-fit: cover; }
.avatars-busy .avatars-list { opacity: 0.5; }`;
