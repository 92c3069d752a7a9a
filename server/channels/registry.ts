import { checkMailFiles } from '../config/mail-files.ts';
import { discordSection } from '../config/sections/discord.ts';
import { mailSection } from '../config/sections/mail.ts';
import { telegramSection } from '../config/sections/telegram.ts';
import { webhookSection } from '../config/sections/webhook.ts';
import { readAddress } from '../contacts/address.ts';
import {
  type Channel,
  type ChannelContext,
  type ChannelDefinition,
  defineChannel,
} from '../ports/channel.ts';
import { readSnowflake } from './discord/discord-text.ts';
import { readTelegramId } from './telegram-text.ts';
import { readWebhookAddress } from './webhook/webhook-address.ts';

/**
 * The channels there are; this list is the one place that names them. Somebody who can be reached on several gets what
 * they asked for on the first of them here, and notices on all.
 */
export const CHANNELS: readonly ChannelDefinition[] = [
  defineChannel({
    name: 'email',
    section: 'mail',
    linking: 'code-to-person',
    properName: undefined,
    readAddress,
    options: mailSection,
    checkFiles: checkMailFiles,
    check: {
      fine: 'The mail server lets Gatehouse in.',
      fix: 'Correct it as the sentence says, or mend the mail server; messages wait meanwhile.',
    },
    create: async (options, { publicUrl }) =>
      (await import('./email.ts')).createEmailChannel({ ...options, publicUrl }),
  }),
  defineChannel({
    name: 'telegram',
    section: 'telegram',
    linking: 'code-to-bot',
    properName: 'Telegram',
    readAddress: readTelegramId,
    options: telegramSection,
    check: {
      fine: 'Telegram knows the bot.',
      fix: 'Correct it as the sentence says; messages wait meanwhile.',
    },
    create: async (options, context) =>
      (await import('./telegram.ts')).createTelegramChannel(options, context),
  }),
  defineChannel({
    name: 'discord',
    section: 'discord',
    linking: 'code-to-bot',
    properName: 'Discord',
    readAddress: readSnowflake,
    options: discordSection,
    check: {
      fine: 'Discord knows the bot.',
      fix: 'Correct it as the sentence says; messages wait meanwhile.',
    },
    create: async (options, context) => (await import('./discord.ts')).createDiscordChannel(options, context),
  }),
  defineChannel({
    name: 'webhook',
    section: 'webhook',
    linking: 'code-to-person',
    properName: 'Webhook',
    readAddress: readWebhookAddress,
    options: webhookSection,
    check: {
      fine: 'The service of the webhook answers, and knows Gatehouse.',
      fix: 'Correct it as the sentence says, or mend the service; messages wait meanwhile.',
    },
    create: async (options, context) => (await import('./webhook.ts')).createWebhookChannel(options, context),
  }),
];

/**
 * Makes the channels that the configuration sets up, in the order of the registry.
 *
 * @param reset The configuration of the reset; `channels` has what their sections hold, by name of the channel.
 */
export function createChannels(
  reset: ChannelContext & { readonly channels: { readonly [name: string]: unknown } },
  definitions: readonly ChannelDefinition[] = CHANNELS,
): Promise<readonly Channel[]> {
  const wanted = definitions.filter(({ name }) => reset.channels[name] !== undefined);
  return Promise.all(wanted.map((definition) => definition.create(reset.channels[definition.name], reset)));
}
