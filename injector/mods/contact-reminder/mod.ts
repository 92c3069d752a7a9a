import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** What the browser part is given. */
export type ContactReminderOptions = {
  /** Days that pass between two showings to the same person. */
  readonly days: number;
};

const NEEDS_RESET =
  'is about My Account, which is part of the reset service: add `reset: { method: link }`, or remove this';

/** Reminds people whom no message would reach to add an address, until they do, or say that they do not want to. */
export const contactReminder = defineMod({
  name: 'contact-reminder',
  title: 'Remind people to add an address for password resets',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    days: z.int().min(1).max(365).default(14).meta({
      description:
        'How many days pass before the line is shown again to the same person, in the same browser.',
    }),
  }),
  example: { days: 14 },
  defaults: {
    description: 'With `reset` it is on when the file does not name it.',
    fill: (written, { reset }) => (written === undefined && reset === undefined ? undefined : { ...written }),
  },
  check: (written, { reset }) =>
    written !== undefined && written !== false && reset === undefined ? [{ message: NEEDS_RESET }] : [],
  hooks: ({ days }) => ({ css: RULES, client: { days } }),
});

const RULES = `.contact-reminder { display: flex; flex-wrap: wrap; align-items: center; box-sizing: border-box; max-width: 60em; margin: 1em 3.3%; padding: 0.5em 1em; border-radius: 0.2em; background: rgba(0, 164, 220, 0.15); text-align: start; }
.contact-reminder-words { flex: 1 1 16em; min-width: 0; margin: 0.4em 0; overflow-wrap: break-word; }
.contact-reminder-buttons { display: flex; flex-wrap: wrap; margin: 0 -0.3em; }
.contact-reminder button { margin: 0.3em; padding: 0.5em 1em; border: 0; border-radius: 0.2em; background: rgba(127, 127, 127, 0.3); color: inherit; font: inherit; cursor: pointer; }
.contact-reminder button:focus, .contact-reminder button:hover { background: rgba(127, 127, 127, 0.5); outline: 0.1em solid currentColor; }`;
