import { z } from 'zod';
import { webAddress } from '../web-address.ts';

/** The Telegram bot that writes to people. */
export const telegramSection = z
  .strictObject({
    token: z
      .string()
      .regex(
        /^\d{3,20}:[A-Za-z0-9_-]{20,100}$/,
        'must be the token as @BotFather shows it: digits, a colon, letters and digits',
      )
      .meta({
        description:
          'The token of the bot, from @BotFather. Better kept in a file: GATEHOUSE_TELEGRAM__TOKEN_FILE.',
      }),
    apiUrl: webAddress('https://api.telegram.org').default('https://api.telegram.org').meta({
      description: 'Where the Bot API is; another one only for a Bot API server of your own.',
    }),
  })
  .meta({ description: 'Messages by a Telegram bot.' });
