import type { UserDto } from './answers.ts';

/** Passwords of accounts with any other provider (LDAP, SSO) are kept elsewhere. Source: jellyfin, all versions. */
const OWN_PROVIDER = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';

/** Whether failed sign-ins can lock the account at all. */
export function hasLockout({ Policy }: UserDto): boolean {
  return (Policy.LoginAttemptsBeforeLockout ?? -1) > 0;
}

/** Whether Jellyfin itself keeps the password. */
export function hasOwnPassword({ Policy }: UserDto): boolean {
  return Policy.AuthenticationProviderId === OWN_PROVIDER;
}

/**
 * Whether failed sign-ins locked the account. Jellyfin has one flag for this and for an administrator's decision; the
 * counter at its limit tells them apart. An administrator who disables an account that is locked already cannot be
 * seen: such an account is opened again by its owner. Source: jellyfin UserManager.cs, 10.8.13 to 12.0.
 */
export function isLocked(user: UserDto): boolean {
  const { IsDisabled, InvalidLoginAttemptCount, LoginAttemptsBeforeLockout } = user.Policy;
  return IsDisabled && hasLockout(user) && InvalidLoginAttemptCount >= (LoginAttemptsBeforeLockout ?? 0);
}

/** Why the password of an account cannot be set, or undefined when it can. */
export function whyUnavailable(
  user: UserDto | undefined,
): 'gone' | 'disabled' | 'foreign-provider' | undefined {
  if (user === undefined) return 'gone';
  if (!hasOwnPassword(user)) return 'foreign-provider';
  return user.Policy.IsDisabled && !isLocked(user) ? 'disabled' : undefined;
}
