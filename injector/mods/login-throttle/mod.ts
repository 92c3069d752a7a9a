import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import type { Translations } from '../../kit/translations.ts';

/** True of an account that is disabled, and of a sign-in that is held back; the client has one text for both. */
const NOT_NOW: Translations = {
  en: 'You cannot sign in at the moment. What stands in the form says why; if nothing does, ask the person who runs this server.',
  de: 'Du kannst dich gerade nicht anmelden. Im Formular steht, warum; wenn nicht, frag die Person, die diesen Server betreibt.',
  fr: 'Vous ne pouvez pas vous connecter pour le moment. Le formulaire dit pourquoi\u00a0; sinon, adressez-vous à la personne qui gère ce serveur.',
  es: 'No puedes iniciar sesión en este momento. El formulario dice por qué; si no dice nada, pregunta a la persona que administra este servidor.',
};

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
  hooks: ({ resets }) => ({
    strings: { MessageUnauthorizedUser: NOT_NOW },
    client: { resets },
  }),
});
