import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { createPin } from './pin.ts';

/** Name of the setting that keeps the salt of this installation; see `Settings.getOrCreate`. */
export const MESSAGE_SALT_SETTING = 'message-salt';

/** Makes that salt: 256 random bits in base64url. */
export function createMessageSalt(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Makes the key of {@link createMessageSecrets}: 32 bytes by HKDF-SHA-256. What stands in the database alone, or in a
 * copy of it, makes no link: the other half is a secret of the config, which is kept nowhere else.
 *
 * @param salt From {@link createMessageSalt}.
 * @param configSecret Jellyfin's API key. Without one, random: the key then lasts as long as the process.
 */
export function createMessageKey(salt: string, configSecret: string | undefined): Buffer {
  const secret = configSecret ?? randomBytes(32);
  return Buffer.from(hkdfSync('sha256', secret, salt, 'gatehouse: secrets of messages', 32));
}

/** Names one secret of one message. */
export interface SecretOfMessage {
  /** The message's key: 122 random bits, the same over all tries. */
  readonly key: string;
  /** Which of its secrets. */
  readonly secretVersion: number;
}

/** Makes what messages carry. */
export interface MessageSecrets {
  /** The token of a link: 43 characters of base64url. */
  token(message: SecretOfMessage): string;
  /** A PIN of ours: 16 signs, without dashes. */
  pin(message: SecretOfMessage): string;
}

/**
 * Makes the source of links and PINs that stand in messages: HMAC-SHA-256 of the message's key and the number of its
 * secret, so that a message which may have arrived goes out again with the same one though nobody keeps it. To whoever
 * lacks the key they look random. Source: NIST SP 800-108r1 section 4.1; docs/decisions/2026-11-29-same-link.md.
 *
 * @param key 32 bytes; see {@link createMessageKey}.
 */
export function createMessageSecrets(key: Buffer): MessageSecrets {
  const derive = (purpose: 'link' | 'pin', { key: message, secretVersion }: SecretOfMessage): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, message, secretVersion]))
      .digest();
  return {
    token: (message) => derive('link', message).toString('base64url'),
    pin: (message) => createPin(derive('pin', message)),
  };
}
