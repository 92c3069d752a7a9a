import { z } from 'zod';

/**
 * What Gatehouse reads of Jellyfin's answers. Everything else passes through untouched, which matters for the policy:
 * it is read, changed and written back whole. Source: UserDto, DeviceInfoDto, AuthenticationResult, PublicSystemInfo
 * of 10.8.13 to 12.0.
 */

/** The policy of an account, as far as a reset looks at it. */
export const UserPolicy = z.looseObject({
  IsAdministrator: z.boolean(),
  IsDisabled: z.boolean(),
  /** Not on the login screen. */
  IsHidden: z.boolean().optional(),
  AuthenticationProviderId: z.string(),
  /** Failed sign-ins since the last good one. */
  InvalidLoginAttemptCount: z.int().default(0),
  /** Failed sign-ins that lock an account; -1 for never. */
  LoginAttemptsBeforeLockout: z.int().nullish(),
});
export type UserPolicy = z.infer<typeof UserPolicy>;

const userId = z.string().regex(/^[0-9a-f]{32}$/);

/** Whether a text has the form of a user id: 32 lower-case hex digits. */
export function isUserId(text: string): boolean {
  return userId.safeParse(text).success;
}

/** An account. */
export const UserDto = z.looseObject({
  Id: userId,
  Name: z.string(),
  /** ISO 8601; absent before the first sign-in. */
  LastLoginDate: z.string().nullish(),
  Policy: UserPolicy,
});
export type UserDto = z.infer<typeof UserDto>;

/** All accounts. */
export const UserList = z.array(UserDto);

/** A device somebody signed in on. */
export const DeviceInfo = z.looseObject({
  Id: z.string(),
  LastUserId: z.string().nullish(),
  Name: z.string().nullish(),
  AppName: z.string().nullish(),
  DateLastActivity: z.string().nullish(),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;

/** All devices of all people. */
export const DeviceList = z.looseObject({ Items: z.array(DeviceInfo) });

/** Something that happened, as Jellyfin's activity log tells it. */
export const ActivityEntry = z.looseObject({ Type: z.string(), UserId: z.string() });
export type ActivityEntry = z.infer<typeof ActivityEntry>;

/** A page of the activity log, newest first. */
export const ActivityPage = z.looseObject({ Items: z.array(ActivityEntry) });
export type ActivityPage = z.infer<typeof ActivityPage>;

/** A sign-in that succeeded. */
export const SignInResult = z.looseObject({ AccessToken: z.string().min(1), User: UserDto });

/** What a server tells everybody. A starting server writes other letter cases, so it does not fit. */
export const PublicSystemInfo = z.looseObject({ Version: z.string(), ServerName: z.string().nullish() });
export type PublicSystemInfo = z.infer<typeof PublicSystemInfo>;

/** Where Jellyfin believes a caller to be. */
export const EndpointInfo = z.looseObject({ IsInNetwork: z.boolean() });

/** A client that is signed in, as `GET /Sessions` tells of it. */
export const SessionInfo = z.looseObject({
  UserId: z.string().nullish(),
  DeviceId: z.string(),
  DeviceName: z.string().nullish(),
  Client: z.string().nullish(),
  LastActivityDate: z.string().nullish(),
});

/** All of them that the caller may see. */
export const SessionList = z.array(SessionInfo);

/** A code of Quick Connect, and what became of it. */
export const QuickConnectState = z.looseObject({
  Secret: z.string().min(1),
  Code: z.string().min(1),
  Authenticated: z.boolean(),
});
