import { z } from 'zod';
import { DRAWER } from '../../jellyfin/drawer.ts';
import { cssUrl } from '../../kit/css-strings.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

/** Shows a picture on top of the drawer. A wide window of 12's own layout has no drawer. */
export const drawerLogo = defineMod({
  name: 'drawer-logo',
  title: 'Your logo on top of the drawer',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    picture: fileOption('picture').meta({
      description: 'The logo: a path beside config.yaml, or an address that Gatehouse fetches itself.',
    }),
    height: z
      .int()
      .min(20)
      .max(300)
      .default(64)
      .meta({ description: 'Its height, from 20 to 300 px; it is never wider than the drawer.' }),
  }),
  example: { picture: 'pictures/logo.png', height: 64 },
  hooks: ({ picture, height }, files) => ({
    css: `${DRAWER.tops.map((top) => `${top}::before`).join(',\n')} {
  content: "";
  display: block;
  flex: none;
  height: ${height}px;
  margin: 1em;
  background: ${cssUrl(files.get(picture).href)} center / contain no-repeat;
}`,
  }),
});
