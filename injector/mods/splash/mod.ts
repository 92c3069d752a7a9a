import { z } from 'zod';
import { SPLASH_SCREEN, START_LOGO } from '../../jellyfin/login-page.ts';
import { cssUrl } from '../../kit/css-strings.ts';
import { colour } from '../../kit/css-values.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

const picture = () => fileOption('picture');
const fromWhere = 'a path beside config.yaml or an address that Gatehouse fetches itself';

/** Shows another logo and colour while the client starts, and replaces or hides the splash screen of the server. */
export const splash = defineMod({
  name: 'splash',
  title: 'What shows while the web client starts',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    logo: z
      .union([z.literal('none'), picture()])
      .optional()
      .meta({
        description: `What shows in place of the logo of Jellyfin: ${fromWhere}, or "none" for no logo at all; left out, it stays.`,
      }),
    size: z
      .int()
      .min(5)
      .max(100)
      .default(30)
      .meta({ description: 'How much of the window the logo may take, from 5 to 100 percent.' }),
    background: colour()
      .optional()
      .meta({ description: 'Colour of the window until the client is there, such as "#101010" or black.' }),
    serverPicture: z
      .union([z.enum(['keep', 'hide']), picture()])
      .default('keep')
      .meta({
        description:
          'What becomes of the splash screen that Jellyfin 10.11 and later show behind the login page if it is switched on ' +
          `there: "keep", "hide", or ${fromWhere} that shows in its place. Older ones show none.`,
      }),
  }),
  example: { logo: 'pictures/logo.png', size: 30, background: '#101010', serverPicture: 'hide' },
  hooks({ logo, size, background, serverPicture }, files) {
    const rules: string[] = [];
    const picture = logo === undefined || logo === 'none' ? undefined : files.find(logo);
    if (logo === 'none' && background === undefined) rules.push(`${START_LOGO} { display: none; }`);
    else if (logo !== undefined || background !== undefined || size !== 30) {
      const room = (100 - size) / 2;
      const image =
        logo !== 'none' && picture === undefined
          ? ''
          : `\n  background-image: ${picture === undefined ? 'none' : cssUrl(picture.href)};`;
      // The element fills the window, so that its colour does; its padding keeps the logo as small as it was.
      rules.push(`${START_LOGO} {
  box-sizing: border-box;
  top: 0;
  left: 0;
  width: 100%;
  height: 100%;
  padding: ${room}vh ${room}vw;
  transform: none;
  animation: none;${background === undefined ? '' : `\n  background-color: ${background};`}
  background-origin: content-box;${image}
}`);
    }
    if (serverPicture === 'hide') rules.push(`${SPLASH_SCREEN} { display: none; }`);
    else if (serverPicture !== 'keep') {
      const shown = files.find(serverPicture);
      if (shown !== undefined)
        rules.push(`${SPLASH_SCREEN} { background-image: ${cssUrl(shown.href)} !important; }`);
    }
    return { css: rules.join('\n') };
  },
});
