import type { ActivityLog } from './activity.ts';
import type { Answer } from './answers.ts';
import type { Hashing } from './hashing.ts';
import type { KeyStore } from './keys.ts';
import type { FakeItem } from './media.ts';
import type { SessionStore } from './sessions.ts';
import type { TokenStore } from './tokens.ts';
import type { UserStore } from './users.ts';
import type { Traits } from './versions.ts';

/** A Quick Connect request, for ten minutes. */
export interface QuickConnectRequest {
  secret: string;
  code: string;
  info: { client: string; device: string; deviceId: string; version: string };
  added: Date;
  userId?: string;
  /** What every exchange of the secret gets, once the code is authorised. */
  answer?: Answer;
}

/** Settings that calls can change. */
export interface Settings {
  serverName: string;
  wizardCompleted: boolean;
  legacyAuthorization: boolean;
  quickConnect: boolean;
  branding: { LoginDisclaimer?: string; CustomCss?: string; SplashscreenEnabled: boolean };
  network: Record<string, unknown>;
  /** Empty means any origin. */
  corsHosts: readonly string[];
}

/** Everything a fake server remembers; the endpoints share it. */
export interface World {
  traits: Traits;
  serverId: string;
  /** Where PIN files go. */
  dataFolder: string;
  hashing: Hashing;
  baseUrl: string;
  knownProxies: readonly string[];
  settings: Settings;
  users: UserStore;
  tokens: TokenStore;
  sessions: SessionStore;
  activity: ActivityLog;
  keys: KeyStore;
  quickConnect: QuickConnectRequest[];
  displayPreferences: Map<string, unknown>;
  media: readonly FakeItem[];
  /** Where the server can be reached on the machine itself. */
  localAddress(): string;
  port(): number;
  /** A restart: refuses, starts and is ready again, while nobody waits for it. */
  restart(): void;
  /** A shutdown: refuses connections from then on. */
  stop(): void;
}
