import { createActivityLog } from './activity.ts';
import { newNetworkSettings } from './configuration.ts';
import { newId } from './dotnet-text.ts';
import { createHashing } from './hashing.ts';
import { createKeyStore, type KeyStore } from './keys.ts';
import type { FakeItem } from './media.ts';
import { endSession } from './session-activity.ts';
import { createSessionStore } from './sessions.ts';
import { createTokenStore } from './tokens.ts';
import { createUserStore, type UserStore } from './users.ts';
import { type JellyfinVersion, traitsOf } from './versions.ts';
import type { World } from './world.ts';

/** A user the fake begins with. */
export interface FakeUser {
  name: string;
  password: string;
  isAdministrator?: boolean;
  isDisabled?: boolean;
  isHidden?: boolean;
  /** Default none. */
  loginAttemptsBeforeLockout?: number;
  /** Whether they may change their own password and picture. Default true. */
  mayChangeOwn?: boolean;
  /** 32 hex digits. Default random. */
  id?: string;
}

/** Settings of {@link createWorld}: those of the fake, with a folder. */
export interface WorldOptions {
  version: JellyfinVersion;
  users?: readonly FakeUser[];
  apiKeys?: readonly string[];
  keys?: KeyStore;
  knownProxies?: readonly string[];
  baseUrl?: string;
  lostUpdate?: boolean;
  hashMs?: number;
  dataFolder: string;
  wizardCompleted?: boolean;
  serverName?: string;
  serverId?: string;
  media?: readonly FakeItem[];
}

const DEFAULT_HASH_MS = 25;

const DEFAULT_USERS: readonly FakeUser[] = [
  { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
  { name: 'alice', password: 'alice-pw-1' },
  { name: 'bob', password: 'bob-pw-1' },
  { name: 'carol', password: 'carol-pw-1' },
];

function addUser(store: UserStore, user: FakeUser): void {
  store.add({
    name: user.name,
    password: user.password || null,
    isAdministrator: user.isAdministrator === true,
    ...(user.id === undefined ? {} : { id: user.id }),
    policy: {
      IsDisabled: user.isDisabled === true,
      IsHidden: user.isHidden ?? true,
      LoginAttemptsBeforeLockout: user.loginAttemptsBeforeLockout ?? -1,
      EnableUserPreferenceAccess: user.mayChangeOwn ?? true,
    },
  });
}

/** Everything a fake server remembers, as it is at its first start. */
export function createWorld(options: WorldOptions): World {
  const traits = traitsOf(options.version);
  const wizardCompleted = options.wizardCompleted ?? true;
  const knownProxies = options.knownProxies ?? [];
  const baseUrl = (options.baseUrl ?? '').replace(/\/+$/, '');
  const users = createUserStore({ traits, lostUpdate: options.lostUpdate ?? traits.rowsAreCopies });
  const tokens = createTokenStore();
  const world: World = {
    traits,
    serverId: options.serverId ?? newId(),
    dataFolder: options.dataFolder,
    hashing: createHashing(options.hashMs ?? DEFAULT_HASH_MS),
    baseUrl,
    knownProxies,
    settings: {
      serverName: options.serverName ?? 'Test Server',
      wizardCompleted,
      legacyAuthorization: traits.legacyAuthorization,
      quickConnect: true,
      branding: { SplashscreenEnabled: false },
      network: newNetworkSettings(knownProxies, baseUrl),
      corsHosts: [],
    },
    users,
    tokens,
    sessions: createSessionStore(),
    activity: createActivityLog(),
    keys: options.keys ?? createKeyStore(options.apiKeys),
    quickConnect: [],
    displayPreferences: new Map(),
    media: options.media ?? [],
    localAddress: () => `http://127.0.0.1:${world.port()}${world.baseUrl}`,
    port: () => 0,
    restart: () => undefined,
    stop: () => undefined,
  };
  tokens.onRevoked((row) => endSession(world, row));
  for (const user of options.users ?? (wizardCompleted ? DEFAULT_USERS : [])) addUser(users, user);
  return world;
}
