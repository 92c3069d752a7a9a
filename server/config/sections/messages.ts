import { z } from 'zod';

/** The folder that is looked at when the configuration names no other. */
export const USUAL_MESSAGES_FOLDER = 'messages';

/** Words of messages that an admin has changed. */
export const messagesSection = z
  .strictObject({
    folder: z.string().min(1).default(USUAL_MESSAGES_FOLDER).meta({
      description:
        "Folder with words of your own for messages, one file a language such as de.md, relative to this file's folder (docs/messages.md). messages need not be there, any other must.",
    }),
  })
  .prefault({})
  .meta({ description: 'The words of messages.' });
