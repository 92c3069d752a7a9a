import type { Router } from 'express';
import type { Config } from '../config/config.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import type { Logger } from '../log/log.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { AdminSessions } from '../ports/admin-sessions.ts';
import type { Channel, ChannelDefinition } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Invitations } from '../ports/invitations.ts';
import type { Lockouts } from '../ports/lockouts.ts';
import type { Standings } from '../ports/standings.ts';
import type { Storage } from '../ports/storage.ts';

/** What the admin API is made of: the parts that the reset service has put together already. */
export interface AdminParts {
  readonly storage: Storage;
  readonly accounts: Accounts;
  readonly lockouts: Lockouts;
  /** Undefined without an API key. */
  readonly standings: Standings | undefined;
  /** Those that are set up. */
  readonly channels: readonly Channel[];
  /** @default `CHANNELS` of channels/registry.ts */
  readonly definitions?: readonly ChannelDefinition[] | undefined;
  /** Called when a message was stored. */
  readonly wake: () => void;
  readonly reset: ResetConfig;
  readonly jellyfinUrl: string;
  readonly jellyfinCa?: string | undefined;
  readonly hasDataFolder: boolean;
  /** Who signs in as an administrator, and what makes invitations; undefined without My Account. */
  readonly sessions: AdminSessions | undefined;
  readonly invitations: Invitations | undefined;
  readonly loginThrottle?: Config['loginThrottle'];
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Puts the admin API together and answers its routes. The room of administrators stands above this one, so whoever puts the
 * program together hands it in.
 */
export type ComposeAdmin = (parts: AdminParts) => Router;
