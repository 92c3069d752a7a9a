import { z } from 'zod';

/** Whom messages go to, of the contacts that a person has. */
export const contactsSection = z
  .strictObject({
    unverified: z.enum(['use', 'confirm-first']).default('use').meta({
      description:
        'What a contact is good for that you or an import put in, and that its owner did not prove. use: resets go there, as you vouch for what you put in. confirm-first: none does before the person has proved it; notices of a changed password still go there.',
    }),
    delivery: z.enum(['first-that-works', 'all']).default('first-that-works').meta({
      description:
        'Where a reset goes when a person has several contacts. first-that-works: to the first in the order that the person chose, and on to the next where that channel cannot take it. all: to each of them at once.',
    }),
  })
  .prefault({})
  .meta({ description: 'Whom messages go to, of the contacts that a person has.' });
