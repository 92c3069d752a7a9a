import { z } from 'zod';

/** Where contacts, links and waiting messages are kept. The output is as written; `settle.ts` makes it absolute. */
export const storageSection = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    if (/^postgres(?:ql)?:/i.test(text)) {
      context.addIssue({
        code: 'custom',
        message: 'PostgreSQL comes in a later version; write the path of a file such as ./gatehouse.db',
      });
    } else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
      context.addIssue({ code: 'custom', message: 'must be the path of a file such as ./gatehouse.db' });
    }
  })
  .default('./gatehouse.db')
  .meta({
    description:
      "Path of the database file with contacts, links and waiting messages, relative to this file's folder. Made when it is missing. A new path takes effect after a restart.",
  });
