import type { Traits } from './versions.ts';

/** A user's policy by Jellyfin's own keys, in the order in which it prints them. */
export type Policy = Record<string, unknown>;

/** The authentication provider every new user has; one with another id cannot sign in here. */
export const DEFAULT_AUTHENTICATION = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';

/** The password reset provider every new user has. */
export const DEFAULT_RESET = 'Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider';

const SINCE_10_9 = [
  'EnableCollectionManagement',
  'EnableSubtitleManagement',
  'EnableLyricManagement',
  'AllowedTags',
];

/** What a policy holds whose keys a POST leaves out: it replaces the whole policy. Source: UserPolicy. */
function defaults(): Policy {
  return {
    IsAdministrator: false,
    IsHidden: true,
    EnableCollectionManagement: false,
    EnableSubtitleManagement: false,
    EnableLyricManagement: false,
    IsDisabled: false,
    MaxParentalRating: null,
    MaxParentalSubRating: null,
    BlockedTags: [],
    AllowedTags: [],
    EnableUserPreferenceAccess: true,
    AccessSchedules: [],
    BlockUnratedItems: [],
    EnableRemoteControlOfOtherUsers: false,
    EnableSharedDeviceControl: true,
    EnableRemoteAccess: true,
    EnableLiveTvManagement: true,
    EnableLiveTvAccess: true,
    EnableMediaPlayback: true,
    EnableAudioPlaybackTranscoding: true,
    EnableVideoPlaybackTranscoding: true,
    EnablePlaybackRemuxing: true,
    ForceRemoteSourceTranscoding: false,
    EnableContentDeletion: false,
    EnableContentDeletionFromFolders: [],
    EnableContentDownloading: true,
    EnableSyncTranscoding: true,
    EnableMediaConversion: true,
    EnabledDevices: [],
    EnableAllDevices: true,
    EnabledChannels: [],
    EnableAllChannels: true,
    EnabledFolders: [],
    EnableAllFolders: true,
    InvalidLoginAttemptCount: 0,
    LoginAttemptsBeforeLockout: -1,
    MaxActiveSessions: 0,
    EnablePublicSharing: true,
    BlockedMediaFolders: [],
    BlockedChannels: [],
    RemoteClientBitrateLimit: 0,
    AuthenticationProviderId: DEFAULT_AUTHENTICATION,
    PasswordResetProviderId: DEFAULT_RESET,
    SyncPlayAccess: 'CreateAndJoinGroups',
  };
}

/** The policy of a user made by POST /Users/New or, as an administrator, by the start-up wizard. */
export function newPolicy(traits: Traits, isAdministrator: boolean): Policy {
  return {
    ...defaults(),
    IsAdministrator: isAdministrator,
    EnableLiveTvManagement: traits.minor <= 10,
    EnableRemoteControlOfOtherUsers: isAdministrator,
    EnableContentDeletion: isAdministrator,
  };
}

/**
 * The policy after POST /Users/{id}/Policy: a key left out falls back to its default, 0 attempts before lockout
 * mean 3, unknown keys are dropped.
 */
export function replacedPolicy(given: ReadonlyMap<string, unknown>): Policy {
  const policy = defaults();
  for (const [key, fallback] of Object.entries(policy)) {
    const value = given.get(key.toLowerCase());
    if (value === undefined) continue;
    policy[key] =
      typeof fallback === 'number' ? Number(value) : typeof fallback === 'boolean' ? value === true : value;
  }
  if (policy['LoginAttemptsBeforeLockout'] === 0) policy['LoginAttemptsBeforeLockout'] = 3;
  if (Number(policy['LoginAttemptsBeforeLockout']) < 0) policy['LoginAttemptsBeforeLockout'] = -1;
  return policy;
}

/** Array keys that must not be null in a POST: leaving them out is right, null is 400. */
export function hasNullArray(given: ReadonlyMap<string, unknown>): boolean {
  return Object.entries(defaults()).some(
    ([key, fallback]) => Array.isArray(fallback) && given.get(key.toLowerCase()) === null,
  );
}

/**
 * The policy as a UserDto shows it: keys of later versions are missing, and EnableLyricManagement always says false
 * although it is stored, so that whoever reads, changes and writes a policy loses it.
 */
export function shownPolicy(traits: Traits, policy: Policy): Policy {
  const shown: Policy = { ...policy, EnableLyricManagement: false };
  delete shown['MaxParentalSubRating'];
  if (traits.minor < 9) for (const key of SINCE_10_9) delete shown[key];
  return shown;
}
