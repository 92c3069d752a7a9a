import type { MessageText } from '../messages/layout.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { MessageRow } from '../ports/outbox-store.ts';
import type { ResetLinks, SecretPurpose } from '../ports/reset-links.ts';
import type { MessageSecrets } from '../secrets/message-secrets.ts';
import { showPin } from '../secrets/pin.ts';
import { createLinkAddress, createPinAddress, hashToken } from '../secrets/token.ts';

/** Most live secrets of one account; a further message is not sent, and no earlier one dies. Source: OWASP O30. */
export const MOST_LIVE_SECRETS = 3;

/** What writing a message needs. */
export interface WriteParts {
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly links: Pick<ResetLinks, 'add'>;
  /** Writes their words. */
  readonly messages: Messages;
  /** Makes links and PINs; see `createMessageSecrets`. */
  readonly secrets: MessageSecrets;
  /** Hash under which PINs are kept; see `createPinHash`. */
  readonly hashPin: (pin: string) => string;
  /** `public.url` of the config. */
  readonly publicUrl: string;
  /** Where passwords are changed that Jellyfin does not keep: `reset.externalAccounts` of the config. */
  readonly externalAccounts?: string | undefined;
  /** How long links and PINs work. */
  readonly linkLifetimeMs: number;
  readonly clock: Clock;
}

/**
 * Makes the writer of messages. A link or PIN is made here, at the last moment, so that a mail that comes late still
 * holds a good one; a message that may have arrived is written again with the same one, which lasts anew.
 *
 * @returns the message, or undefined when its account has as many live secrets as it may.
 */
export function createWriteMessage(parts: WriteParts): (row: MessageRow) => Promise<MessageText | undefined> {
  const { accounts, links, messages, publicUrl, secrets, clock } = parts;
  const lifetimeMs = parts.linkLifetimeMs;

  /** Keeps a secret's hash. Answers false when there are too many. */
  function keep(
    { userId, userName, id, requestKey, queue: channel }: MessageRow,
    purpose: SecretPurpose,
    tokenHash: string,
  ): Promise<boolean> {
    const now = clock.now();
    const about = { userId, userName, outboxId: id, requestKey, channel };
    const secret = { purpose, tokenHash, ...about, expiresAt: now + lifetimeMs };
    return links.add(secret, { now, maxLive: MOST_LIVE_SECRETS });
  }

  return async (row) => {
    const { kind, userName, language } = row;
    const names = { serverName: await accounts.serverName(), userName };
    switch (kind) {
      case 'reset-link': {
        const token = secrets.token(row);
        if (!(await keep(row, 'link', hashToken(token)))) return undefined;
        const link = createLinkAddress(publicUrl, token);
        return messages.write(kind, { ...names, link, lifetimeMs }, language);
      }
      case 'reset-pin': {
        const pin = secrets.pin(row);
        if (!(await keep(row, 'pin', parts.hashPin(pin)))) return undefined;
        const data = { ...names, pin: showPin(pin), pinPage: createPinAddress(publicUrl), lifetimeMs };
        return messages.write(kind, data, language);
      }
      case 'reset-pin-link': {
        const pin = secrets.pin(row);
        if (!(await keep(row, 'pin', parts.hashPin(pin)))) return undefined;
        const data = { ...names, pin: showPin(pin), link: createPinAddress(publicUrl, pin), lifetimeMs };
        return messages.write(kind, data, language);
      }
      case 'account-elsewhere':
        return messages.write(kind, { ...names, link: parts.externalAccounts }, language);
      case 'account-disabled':
        return messages.write(kind, names, language);
      case 'password-changed':
      case 'password-changed-former':
        return messages.write(kind, { ...names, at: row.createdAt }, language);
      default:
        throw new Error(`nothing here writes messages of the kind ${kind}`);
    }
  };
}
