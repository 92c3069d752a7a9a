import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { APP_PAGE, APPLE_NAME, OWN_THEME_COLOR } from '../../jellyfin/app-page.ts';
import { colour } from '../../kit/css-values.ts';
import { defineMod, type JsonChange } from '../../kit/define-mod.ts';

/** Says what the web client is called, and in which colours it opens, where somebody installs it as an app. */
export const appName = defineMod({
  name: 'app-name',
  title: 'Name and colours of the installed web app',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    name: z.string().trim().min(1).max(60).meta({
      description:
        'Name of the app, as the browser shows it when it is installed, pinned or listed. The title of the tab stays.',
    }),
    shortName: z.string().trim().min(1).max(30).optional().meta({
      description:
        'Name below the icon, where there is little room: 12 characters are shown whole. Default: the name.',
    }),
    description: z.string().trim().min(1).max(300).optional().meta({
      description: 'What the app is, in a sentence, as the browser shows it before it is installed.',
    }),
    themeColor: colour().optional().meta({
      description:
        'Colour of the bar that the system draws around the app, whatever theme a person chose, such as "#101010".',
    }),
    backgroundColor: colour().optional().meta({
      description: 'Colour of the window while the installed app starts, such as "#101010".',
    }),
  }),
  example: {
    name: 'Ada’s films',
    shortName: 'Films',
    description: 'Films and series of Ada and her friends.',
    themeColor: '#201030',
    backgroundColor: '#201030',
  },
  hooks({ name, shortName = name, description, themeColor, backgroundColor }) {
    const values = {
      name,
      short_name: shortName,
      description,
      theme_color: themeColor,
      background_color: backgroundColor,
    };
    const changes = Object.entries(values).flatMap(([key, value]): [string, JsonChange][] =>
      value === undefined ? [] : [[key, () => value]],
    );
    return {
      json: { manifest: Object.fromEntries(changes) },
      html(page) {
        page(`${APP_PAGE.name}, ${APP_PAGE.preview}`).attr('content', name);
        if (description !== undefined) page(APP_PAGE.previewDescription).attr('content', description);
        const head = page('head');
        setMeta(page, APPLE_NAME, shortName, (meta) => head.append(meta));
        if (themeColor === undefined) return;
        const theirs = page(APP_PAGE.themeColor);
        setMeta(page, OWN_THEME_COLOR, themeColor, (meta) =>
          theirs.length > 0 ? theirs.before(meta) : head.append(meta),
        );
      },
    };
  },
});

/** Gives the page an element once, and its content each time. */
function setMeta(
  page: CheerioAPI,
  { selector, name }: { readonly selector: string; readonly name: string },
  content: string,
  put: (meta: ReturnType<CheerioAPI>) => void,
): void {
  if (page(selector).length === 0) put(page('<meta>').attr('name', name));
  page(selector).attr('content', content);
}
