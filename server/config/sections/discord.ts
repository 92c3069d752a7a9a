import { z } from 'zod';
import { webAddress } from '../web-address.ts';

/** The Discord bot that writes to people. */
export const discordSection = z
  .strictObject({
    token: z
      .string()
      .regex(
        /^[A-Za-z0-9._-]{30,200}$/,
        'must be the token of the bot as the Developer Portal shows it: letters, digits, dots, - and _',
      )
      .meta({
        description:
          'The token of the bot, from the Discord Developer Portal, page Bot. Better kept in a file: GATEHOUSE_DISCORD__TOKEN_FILE.',
      }),
    clientId: z
      .string()
      .regex(/^\d{15,20}$/, 'must be the Application ID in quotes, 15 to 20 digits')
      .optional()
      .meta({
        description:
          'With clientSecret: My Account offers to sign in to Discord in place of writing a code to the bot. The Application ID, from the Developer Portal.',
      }),
    clientSecret: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,128}$/, 'must be the Client Secret as the Developer Portal shows it')
      .optional()
      .meta({
        description:
          'The Client Secret, from the Developer Portal, page OAuth2; PUBLIC_URL/gatehouse/connect must be among the Redirects there. Better kept in a file: GATEHOUSE_DISCORD__CLIENT_SECRET_FILE.',
      }),
    authorizeUrl: webAddress('https://discord.com/oauth2/authorize')
      .default('https://discord.com/oauth2/authorize')
      .meta({ description: 'The page of Discord on which people allow it; another one only for trials.' }),
    apiUrl: webAddress('https://discord.com/api/v10').default('https://discord.com/api/v10').meta({
      description: 'Where the API of Discord is, with its version; another one only for trials.',
    }),
  })
  .superRefine(({ clientId, clientSecret }, context) => {
    if ((clientId === undefined) === (clientSecret === undefined)) return;
    const [has, lacks] = clientId === undefined ? ['clientSecret', 'clientId'] : ['clientId', 'clientSecret'];
    context.addIssue({
      code: 'custom',
      message: `has ${has} and needs ${lacks} beside it; write it, or remove ${has}`,
    });
  })
  .meta({ description: 'Messages by a Discord bot, as direct messages.' });
