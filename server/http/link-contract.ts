import { z } from 'zod';
import { type AccountChannel, channel } from './account-contract.ts';

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * A link of a message or an invitation, no session: `POST undo/look` and `POST undo` (the link in the message to a contact that was
 * replaced or removed; undoing puts it back, blocks the new one, and ends sessions here and, where it can be told, in Jellyfin), `POST confirm/look` (asks
 * only), `POST invitation/look` (what an invitation is good for). Refused: `link-unknown`, `link-expired`, `link-used`.
 */
export const LinkBody = z.strictObject({ token });
export type LinkBody = z.infer<typeof LinkBody>;

/** Whose contact a link is about, and on which channel. Answer of `undo/look`. */
export interface LinkedContact {
  readonly serverName: string;
  readonly userName: string;
  readonly channel: string;
  readonly properName: AccountChannel['properName'];
}

/** Answer of `undo`. */
export interface UndoneChange extends LinkedContact {
  /** How the change had come about: by somebody signed in with the password, or by an invitation, which needs none. */
  readonly by: 'account' | 'invitation';
  /** Whether Jellyfin, too, signed everybody out of the account: without an API key, or while it is away, it cannot be told. */
  readonly isJellyfinSignedOut: boolean;
}

/** `POST confirm`, no session: the answer to "is this you?", which spends the link. */
export const ConfirmationBody = z.strictObject({ token, isMine: z.boolean() });
export type ConfirmationBody = z.infer<typeof ConfirmationBody>;

/** Answer of `confirm/look` and `confirm`. */
export interface ConfirmationAnswer extends LinkedContact {
  /** Shortened, as in `AccountContact`: whoever has the link has the whole one. */
  readonly address: string;
}

/** Answer of `invitation/look`. */
export interface InvitationAnswer {
  readonly serverName: string;
  readonly userName: string;
  readonly channels: readonly AccountChannel[];
}

/** `POST invitation/begin`, no session: as `contacts/begin`, by the link in place of session and password. */
export const InvitationBeginBody = z.strictObject({
  token,
  channel,
  address: z.string().trim().min(1).max(512).optional(),
});
export type InvitationBeginBody = z.infer<typeof InvitationBeginBody>;

/**
 * `POST invitation/confirm`, no session: spends the link with the code that was sent. Without a code (`code-to-bot`): asks
 * whether the bot has seen it.
 */
export const InvitationConfirmBody = z.strictObject({
  token,
  channel,
  code: z.string().trim().min(1).max(64).optional(),
});
export type InvitationConfirmBody = z.infer<typeof InvitationConfirmBody>;

/** Answer of `invitation/confirm`. */
export interface InvitationConfirmed {
  readonly state: 'waiting' | 'confirmed';
}
