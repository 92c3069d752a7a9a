import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { elseTheirs } from '../../kit/translations.ts';
import texts from './texts.json' with { type: 'json' };

/** Says on the login page that sign-ins are held back after wrong passwords, for how long, and what helps at once. */
export const loginThrottle = defineMod({
  name: 'login-throttle',
  title: 'Say why a sign-in is held back, and for how long',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    resets: z.boolean().default(true).meta({
      description: 'Whether to say that a new password helps at once; false where nobody can reset one.',
    }),
  }),
  example: { resets: true },
  defaults: {
    description: 'It is on where sign-ins are held back and the file does not name it.',
    fill: (written, { reset, isLoginThrottled }) =>
      written === undefined && !isLoginThrottled ? undefined : { resets: reset !== undefined, ...written },
  },
  hooks: ({ resets }) => ({
    // True of an account that is disabled, and of a sign-in that is held back; the client has one text for both.
    strings: { MessageUnauthorizedUser: elseTheirs(texts.notNow) },
    client: { resets },
  }),
});
