import { z } from 'zod';
import { ICON_PLACES, MANIFEST_ICON_WIDTHS } from '../../jellyfin/icons.ts';
import { defineMod, type Hooks } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

const part = (description: string) => z.boolean().default(true).meta({ description });

/** Shows one picture of an admin's own wherever the client shows the icon or the logo of Jellyfin. */
export const icons = defineMod({
  name: 'icons',
  title: 'Your own icon and logo, from one picture',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    picture: fileOption('icons').meta({
      description:
        'The picture: a path beside config.yaml or an address that Gatehouse fetches itself; PNG, JPEG, WebP, GIF or SVG, best ' +
        'square and at least 512 pixels wide. All sizes are made of it. Telephones of Apple put black behind what is transparent.',
    }),
    tab: part('Whether it is the icon in the tab of the browser.'),
    phone: part(
      'Whether it is the icon on the home screen of a telephone or tablet of Apple, and the tile of Windows. The pictures with the ' +
        'logo of Jellyfin that 10.8 to 10.10 show while they start are left out with it.',
    ),
    app: part('Whether it is the icon of the installed app.'),
    header: part(
      'Whether it stands in the bar on top in place of the logo of Jellyfin, and in the screensaver with the logo.',
    ),
    splash: part('Whether it shows until the client is there.'),
  }),
  example: { picture: 'pictures/icon.png', tab: true, phone: true, app: true, header: true, splash: true },
  hooks({ picture, tab, phone, app, header, splash }, files): Hooks {
    const hrefs = new Map((files.get(picture).entries ?? []).map(({ name, href }) => [name, href]));
    const hrefOf = (name: string) => hrefs.get(name) ?? '';
    return {
      html(page) {
        if (tab) page(ICON_PLACES.tab).attr('href', hrefOf('ico'));
        if (!phone) return;
        page(ICON_PLACES.phone).each((_, link) => {
          const [width = ''] = (page(link).attr('sizes') ?? '').split('x');
          page(link).attr('href', hrefs.get(width) ?? hrefOf('180'));
        });
        page(ICON_PLACES.tile).attr('content', hrefOf('144'));
        page(ICON_PLACES.phoneStart).remove();
      },
      ...(app && {
        json: {
          manifest: { icons: () => MANIFEST_ICON_WIDTHS.map((width) => iconOf(width, hrefOf(width))) },
        },
      }),
      css: [header && headerRules(hrefOf('192')), splash && splashRules(hrefOf('512'))]
        .filter(Boolean)
        .join('\n'),
    };
  },
});

/** The manifest lies beside the page, so that addresses seen from there are right in it. */
function iconOf(width: string, href: string) {
  return { sizes: `${width}x${width}`, src: href, type: 'image/png' };
}

/** The picture of an element cannot be exchanged by a rule in every browser: it is moved out of its box, and ours stands behind. */
function headerRules(href: string): string {
  return `${ICON_PLACES.header} { background-image: url("${href}") !important; background-size: contain !important; }
${ICON_PLACES.signs} { background: url("${href}") center / contain no-repeat; object-position: -9999px -9999px; }`;
}

function splashRules(href: string): string {
  return `${ICON_PLACES.splash} { background-image: url("${href}") !important; }`;
}
