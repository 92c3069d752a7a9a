import { z } from 'zod';

/** Who may read `/gatehouse/metrics`. */
export const metricsSection = z
  .strictObject({
    enabled: z.boolean().default(true).meta({ description: 'Whether /gatehouse/metrics is there at all.' }),
    token: z
      .string()
      .regex(/^[A-Za-z0-9._~+/=-]{16,256}$/, 'must have 16 to 256 letters, digits or . _ ~ + / = -')
      .optional()
      .meta({
        description:
          'Lets whoever sends it (Authorization: Bearer …) read /gatehouse/metrics. Without it only this machine may. Better kept in a file: GATEHOUSE_METRICS__TOKEN_FILE.',
      }),
  })
  .prefault({})
  .meta({ description: 'Numbers for Prometheus, at /gatehouse/metrics.' });
