import type { Router } from 'express';
import type { LoginThrottle } from '../../injector/answers/reset-port.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import type { WrongTokens } from '../http/wrong-tokens.ts';
import type { Logger } from '../log/log.ts';
import type { Messages } from '../messages/messages.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { AdminSessions } from '../ports/admin-sessions.ts';
import type { Channel, ChannelDefinition } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Invitations } from '../ports/invitations.ts';
import type { Notices } from '../ports/notices.ts';
import type { Storage } from '../ports/storage.ts';
import type { MessageSecrets } from '../secrets/message-secrets.ts';

/** What My Account is made of: the parts that the reset service has put together already. */
export interface AccountParts {
  readonly storage: Storage;
  readonly reset: ResetConfig;
  /** With the base path, if it has one. */
  readonly jellyfinUrl: string;
  /** The only certificate authorities Jellyfin's certificate may come from, in PEM. */
  readonly jellyfinCa?: string | undefined;
  /** Those whose new password ends sessions; see `createSessionEndingAccounts`. */
  readonly accounts: Accounts;
  /** Those that are set up. */
  readonly channels: readonly Channel[];
  /** What is known of them. @default `CHANNELS` of channels/registry.ts */
  readonly definitions?: readonly ChannelDefinition[] | undefined;
  /** Of messages about contacts; the outbox has the same. */
  readonly secrets: MessageSecrets;
  readonly notices: Notices;
  /** Called when messages were stored. */
  readonly wake: () => void;
  /** From then on bots hear nobody any more, while messages still go out. @default when the channels are closed */
  readonly ending?: AbortSignal | undefined;
  /** Undefined: sign-ins are not throttled. */
  readonly login: LoginThrottle | undefined;
  /** Common passwords, as `readCommonPasswords().set`. */
  readonly common: ReadonlySet<string>;
  readonly wrongTokens: WrongTokens;
  readonly messages: Messages;
  /** Resolves when what happened so far can be read in the audit table. @default at once */
  readonly settleEvents?: (() => Promise<void>) | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** As `SignInParts.refusedMs` of account/sign-in.ts. */
  readonly refusedMs?: number | undefined;
}

/**
 * Puts My Account together over an open storage, has bots listen to people, and answers its routes. The room of My Account
 * stands above this one, so whoever puts the program together hands it in.
 *
 * @throws {StorageError} when the storage cannot be read.
 */
export type ComposeAccount = (parts: AccountParts) => Promise<ComposedAccount>;

/** My Account at work, with what of it the admin API goes by. */
export interface ComposedAccount {
  readonly routes: Router;
  readonly sessions: AdminSessions;
  readonly invitations: Invitations;
}
