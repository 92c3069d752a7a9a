import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** Most that `css` may have; larger themes are imported by address. */
const MAX_CSS_BYTES = 64 * 1024;

/** Adds style rules of an admin's own, behind those of all other mods. */
export const customCss = defineMod({
  name: 'custom-css',
  title: 'Your own style rules',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    css: z
      .string()
      .refine((css) => Buffer.byteLength(css) <= MAX_CSS_BYTES, {
        error: `is larger than ${MAX_CSS_BYTES / 1024} kB; put it where browsers can load it and write @import url("https://…") here`,
      })
      .meta({
        description:
          "Rules for every page of the web client, before and after signing in; may begin with @import. Relative addresses are as seen from /web/, as in Jellyfin's own custom CSS. At most 64 kB.",
      }),
  }),
  example: { css: '#loginPage h1 { display: none; }' },
  isLast: true,
  hooks: ({ css }) => ({ css }),
});
