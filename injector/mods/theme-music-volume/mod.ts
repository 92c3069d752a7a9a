import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** What the browser part is given. */
export type ThemeMusicOptions = { readonly volume: number };

/** Plays the music of films and shows, that which begins by itself on their pages, more quietly than what people play. */
export const themeMusicVolume = defineMod({
  name: 'theme-music-volume',
  title: 'Quieter theme music',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    volume: z
      .int()
      .min(0)
      .max(100)
      .default(30)
      .meta({
        description:
          'How loud theme music and theme videos are, 0 to 100 on the volume slider of the client; never louder than the person’s own ' +
          'volume, which stays as it is. Whether there is theme music is a setting of each person. Devices that let no page change the ' +
          'volume, such as iPhones, play it as before.',
      }),
  }),
  example: { volume: 30 },
  hooks: ({ volume }) => ({ client: { volume } satisfies ThemeMusicOptions }),
});
