import { z } from 'zod';
import { LOGIN_PAGE } from '../../jellyfin/login-page.ts';
import { cssUrl } from '../../kit/css-strings.ts';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';
import { alternating } from './alternating.ts';

const POSITIONS = ['center', 'top', 'bottom', 'left', 'right'] as const;

/** Puts pictures of an admin's own behind the login page, in front of the splash screen of the server. */
export const loginBackground = defineMod({
  name: 'login-background',
  title: 'Pictures of your own behind the login page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    pictures: z
      .array(fileOption('picture'))
      .min(1)
      .max(10)
      .meta({
        description:
          'One picture, or up to ten that fade into one another in this order; each is a path beside config.yaml or an ' +
          'address that Gatehouse fetches itself. People whose system asks for less motion see the first one only.',
      }),
    seconds: z
      .int()
      .min(5)
      .max(3600)
      .default(20)
      .meta({ description: 'How long each of several pictures shows, from 5 to 3600 seconds.' }),
    position: z
      .enum(POSITIONS)
      .default('center')
      .meta({ description: 'Which part of a picture stays in sight where the window has another shape.' }),
    dim: z.int().min(0).max(100).default(30).meta({
      description:
        'How much the pictures are darkened, from 0 (not at all) to 100 (black), so that the form stays readable.',
    }),
    blur: z.int().min(0).max(50).default(0).meta({
      description: 'How much the pictures are blurred, from 0 to 50 px; old television sets may stutter.',
    }),
  }),
  example: { pictures: ['pictures/garden.jpg'], seconds: 20, position: 'center', dim: 30, blur: 0 },
  hooks({ pictures, seconds, position, dim, blur }, files) {
    const shade = `rgba(0, 0, 0, ${dim / 100})`;
    const found = pictures.flatMap((picture) => files.find(picture) ?? []);
    // Without any, that of the first says why.
    const images = (found.length > 0 ? found : pictures.map((picture) => files.get(picture))).map(
      ({ href }) => `linear-gradient(${shade}, ${shade}), ${cssUrl(href)}`,
    );
    const [first = 'none'] = images;
    // A blurred edge would let through what is behind it.
    const edge = blur === 0 ? '0' : `-${2 * blur}px`;
    const layers = [`${LOGIN_PAGE.page}::before`, `${LOGIN_PAGE.page}::after`] as const;
    const css = [
      // What is behind the page's own content stays in front of what is behind the page.
      `${LOGIN_PAGE.page} { isolation: isolate; }`,
      `${layers.join(', ')} {
  content: "";
  position: fixed;
  top: ${edge};
  right: ${edge};
  bottom: ${edge};
  left: ${edge};
  z-index: -1;
  pointer-events: none;
  background: #101010 ${position} / cover no-repeat;
  animation: none;${blur === 0 ? '' : `\n  filter: blur(${blur}px);`}
}`,
      `${layers[0]} { background-image: ${first}; }`,
      `${layers[1]} { opacity: 0; background-image: none; }`,
      ...(images.length > 1 ? [alternating({ name: 'login-background', images, seconds, layers })] : []),
    ];
    return { css: css.join('\n') };
  },
});
