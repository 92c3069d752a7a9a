import { z } from 'zod';
import { hideInTopBar, LOGIN_PAGE, TOP_BAR } from '../../jellyfin/login-page.ts';
import { cssString, cssUrl } from '../../kit/css-strings.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

/** Shows a picture above the sign-in form, and may hide Jellyfin's own logo in the bar on top of it. */
export const loginLogo = defineMod({
  name: 'login-logo',
  title: 'Your logo above the sign-in form',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    picture: fileOption('picture').meta({
      description: 'The logo: a path beside config.yaml, or an address that Gatehouse fetches itself.',
    }),
    height: z
      .int()
      .min(20)
      .max(400)
      .default(96)
      .meta({ description: 'Its height, from 20 to 400 px; it is never wider than the form.' }),
    alt: z.string().trim().max(200).default('').meta({
      description: 'What programs that read the page aloud say for it, such as the name of the server.',
    }),
    hideJellyfins: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the logo of Jellyfin in the bar on top goes away before signing in.' }),
  }),
  example: { picture: 'pictures/logo.png', height: 96, alt: 'Ada’s films', hideJellyfins: true },
  hooks({ picture, height, alt, hideJellyfins }, files) {
    // Browsers that do not know the words behind the slash keep the line before.
    const words = alt === '' ? '' : `\n  content: "" / ${cssString(alt)};`;
    const logo = `${LOGIN_PAGE.content}::before {
  content: "";${words}
  display: block;
  height: ${height}px;
  margin: 0 auto 1.5em;
  background: ${cssUrl(files.get(picture).href)} center / contain no-repeat;
}`;
    return { css: hideJellyfins ? `${logo}\n${hideInTopBar(TOP_BAR.logo)}` : logo };
  },
});
