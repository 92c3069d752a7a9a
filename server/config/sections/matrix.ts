import { z } from 'zod';
import { webAddress } from '../web-address.ts';

/** The Matrix account that writes to people. */
export const matrixSection = z
  .strictObject({
    homeserver: webAddress('https://matrix.example.org').meta({
      description: 'The homeserver of the account that writes, such as https://matrix.example.org.',
    }),
    accessToken: z
      .string()
      .regex(/^[\x21-\x7e]{8,1024}$/, 'must be the access token as it is shown, without spaces')
      .meta({
        description:
          'Access token of the account that writes: one of its own, not a person. Better kept in a file: GATEHOUSE_MATRIX__ACCESS_TOKEN_FILE.',
      }),
  })
  .meta({ description: 'Messages by a Matrix account, in direct rooms.' });
