import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { idOfWords, type OwnWords, toWords, writtenText } from '../../kit/written-text.ts';

/** What the browser part is given. */
export type ToastOptions = {
  readonly text: OwnWords;
  readonly at: 'sign-in' | 'start';
  readonly times: 'always' | 'daily' | 'once';
  /** Changes with the text, so that other words are said again to who was told once. */
  readonly id: string;
};

/** Says a few words at the edge of the screen, as the client itself does, and takes them away after some seconds. */
export const toast = defineMod({
  name: 'toast',
  title: 'A few words after signing in',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    text: writtenText(200).meta({
      description:
        'What is said for some three seconds, as plain text: one text for everybody, or one for each language ({ en: …, de: … }).',
    }),
    at: z.enum(['sign-in', 'start']).default('start').meta({
      description:
        'When: "sign-in" is right after signing in, "start" also whenever somebody who stays signed in opens the client.',
    }),
    times: z.enum(['always', 'daily', 'once']).default('daily').meta({
      description:
        'How often each person is told in one browser: "always", "daily" at most once a day, or "once" until the text changes.',
    }),
  }),
  example: {
    text: { en: 'Film night is on Friday.', de: 'Freitag ist Filmabend.' },
    at: 'start',
    times: 'daily',
  },
  hooks({ text, at, times }) {
    const words = toWords(text);
    return { client: { text: words, at, times, id: idOfWords(words) } satisfies ToastOptions };
  },
});
