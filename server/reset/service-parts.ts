import type { Config } from '../config/config.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import type { Logger } from '../log/log.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import type { ComposeAccount } from './account-parts.ts';
import type { ComposeAdmin } from './admin-parts.ts';

/** What the reset service is made of. */
export interface ResetServiceParts {
  readonly reset: ResetConfig;
  /** With the base path, if it has one. */
  readonly jellyfinUrl: string;
  /** The only certificate authorities Jellyfin's certificate may come from, in PEM. */
  readonly jellyfinCa?: string | undefined;
  /** Where Jellyfin's data folder may be; undefined: it is not used. */
  readonly dataFolder?: Config['jellyfin']['dataFolder'];
  /** Default auto; without a data folder there is nothing to watch. */
  readonly watchDataFolder?: Config['jellyfin']['watchDataFolder'];
  /** Undefined: sign-ins are not throttled. */
  readonly loginThrottle?: Config['loginThrottle'];
  /** Puts the admin API together. @default there is none */
  readonly composeAdmin?: ComposeAdmin;
  /** Path of the database file, or a `postgres://` address. */
  readonly storage: string;
  /** The channels there are. @default `CHANNELS` of channels/registry.ts */
  readonly channels?: readonly ChannelDefinition[] | undefined;
  /** Puts My Account together. @default there is none */
  readonly composeAccount?: ComposeAccount;
  /** Folder of the built pages. */
  readonly uiFolder: string;
  readonly log: Logger;
  /** How long to wait before a database that could not be opened is tried again. Default 5 s; tests shorten it. */
  readonly reopenMs?: number;
}
