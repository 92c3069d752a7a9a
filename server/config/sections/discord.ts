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
    apiUrl: webAddress('https://discord.com/api/v10').default('https://discord.com/api/v10').meta({
      description: 'Where the API of Discord is, with its version; another one only for trials.',
    }),
  })
  .meta({ description: 'Messages by a Discord bot, as direct messages.' });
