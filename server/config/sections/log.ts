import { z } from 'zod';

/** How much is logged. */
export const logSection = z
  .strictObject({
    level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').meta({
      description: 'Least important line that is written: trace, debug, info, warn, error, fatal or silent.',
    }),
  })
  .prefault({})
  .meta({ description: 'The log: one JSON line an event, on standard output.' });
