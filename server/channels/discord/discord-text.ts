import { createHash } from 'node:crypto';
import type { ChatText, Message } from '../../ports/channel.ts';
import { chatParts } from '../chat-text.ts';

/** Longest text of a message, in characters. Source: discord.com/developers/docs/resources/message#create-message. */
export const MOST_CONTENT = 2000;

/** Whether a text is the id of a user: a snowflake. Source: discord.com/developers/docs/reference#snowflakes. */
export function isSnowflake(text: string): boolean {
  return /^[1-9]\d{16,19}$/.test(text) && BigInt(text) < 2n ** 64n;
}

/** Reads the id of a user as it was typed. */
export function readSnowflake(typed: string): { readonly address: string } | { readonly fault: string } {
  const text = typed.trim();
  return isSnowflake(text)
    ? { address: text }
    : { fault: 'must be the id of a Discord user, 17 to 20 digits, not a name' };
}

/**
 * Writes a message as Discord's Markdown. Every sign that is no letter, digit or blank stands behind a backslash, so that
 * names are no markup, no mention and no link; our own link stands in angle brackets, which asks for no preview.
 * Source: discord.com/developers/docs/reference#message-formatting.
 */
export function discordText(chat: ChatText, publicUrl: string): string {
  return chatParts(chat, publicUrl)
    .map((part) => {
      if (part.kind === 'text') return escapeMarkdown(part.text);
      if (part.kind === 'code')
        return /[`\n]/.test(part.code) ? escapeMarkdown(part.code) : `\`${part.code}\``;
      return part.label === '' ? `<${part.url}>` : `**${escapeMarkdown(part.label)}**\n<${part.url}>`;
    })
    .join('\n\n');
}

/** Puts a backslash before every sign of ASCII that Markdown could read, those of sentences aside. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => (/[,;!?'"%&=$]/.test(sign) ? sign : `\\${sign}`));
}

/**
 * What tells a second copy of one message from another message: the beginning of its key, and a hash of key and content, since
 * the same message with a new link is another one. At most 25 characters.
 * Source: discord.com/developers/docs/resources/message#create-message, `nonce`, `enforce_nonce`.
 */
export function nonceOf({ key }: Pick<Message, 'key'>, content: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, content]))
    .digest('base64url');
  return `${key.slice(0, 16)}.${hash.slice(0, 8)}`;
}
