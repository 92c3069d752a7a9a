import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';
import { joinStylesheets } from '../../kit/stylesheet.ts';

/** Most that `css` may have; more belongs into a file. */
const MAX_CSS_BYTES = 64 * 1024;

/** Adds style rules of an admin's own, behind those of all other mods. */
export const customCss = defineMod({
  name: 'custom-css',
  title: 'Your own style rules',
  jellyfin: '>=10.8 <13',
  options: z
    .strictObject({
      url: fileOption('style').optional().meta({
        description:
          'A theme by its web address. Gatehouse fetches it once, with all it imports, its pictures and fonts, and serves it itself; `gatehouse mods update` takes what is there now.',
      }),
      file: fileOption('style').optional().meta({
        description:
          'A style sheet beside config.yaml, such as theme.css; what it imports, its pictures and fonts stand relative to it. Its rules come behind those of url.',
      }),
      css: z
        .string()
        .refine((css) => Buffer.byteLength(css) <= MAX_CSS_BYTES, {
          error: `is larger than ${MAX_CSS_BYTES / 1024} kB; put it into a file beside config.yaml and name that in file`,
        })
        .optional()
        .meta({
          description:
            "Rules for every page of the web client, before and after signing in, behind those of url and file; may begin with @import, which browsers then load themselves. Relative addresses are as seen from /web/, as in Jellyfin's own custom CSS. At most 64 kB.",
        }),
    })
    .refine(({ url, file, css }) => [url, file, css].some((one) => one !== undefined), {
      error: 'needs url, file or css; add one of them',
    }),
  example: {
    url: 'https://themes.example.org/night.css',
    file: 'theme.css',
    css: '#loginPage h1 { display: none; }',
  },
  isLast: true,
  hooks({ url, file, css }, files) {
    if (url === undefined && file === undefined) return { css: css ?? '' };
    const parts = [
      { mod: 'url', css: url === undefined ? '' : (files.find(url)?.text ?? '') },
      { mod: 'file', css: file === undefined ? '' : (files.find(file)?.text ?? '') },
      { mod: 'css', css: css ?? '' },
    ];
    return { css: joinStylesheets(parts) };
  },
});
