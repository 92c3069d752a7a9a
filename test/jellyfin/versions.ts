/** The five Jellyfin versions the fake can speak as. */
export type JellyfinVersion = '10.8.13' | '10.9.11' | '10.10.7' | '10.11.11' | '12.0';

/** All of them, oldest first. */
export const JELLYFIN_VERSIONS: readonly JellyfinVersion[] = [
  '10.8.13',
  '10.9.11',
  '10.10.7',
  '10.11.11',
  '12.0',
];

/**
 * What differs between the versions, as answers to single questions, so that no endpoint compares version
 * numbers. Source: live servers of all five, and the tags' sources where no request can tell.
 */
export interface Traits {
  version: JellyfinVersion;
  /** 8 for 10.8 up to 12: for the few places where an order of versions reads better than a question. */
  minor: number;
  /** What System/Info/Public says; release candidates of 12.0 say 12.0.0 too. */
  reportedVersion: string;
  operatingSystem: string;
  /** 10.11.11 and 12.0 read a user from the database per call; older ones share one object in memory. */
  rowsAreCopies: boolean;
  /** From 10.11.2 known and unknown names get the same answer, and the file is named after the typed name. */
  uniformForgotPassword: boolean;
  pinIgnoresCase: boolean;
  /** Up to 10.10 a shorter PIN file leaves the tail of the longer one behind it. */
  truncatesPinFile: boolean;
  /** What reaching LoginAttemptsBeforeLockout does. */
  lockout: 'persisted' | 'never' | 'counts-once-more';
  /** The system setting of that name; a server where it cannot be switched off says true. */
  legacyAuthorization: boolean;
  xEmbyAuthorizationFirst: boolean;
  embyPrefixes: boolean;
  /** Up to 10.9 X-Forwarded-For is believed from anybody while no proxy is known. */
  trustsEveryProxyByDefault: boolean;
  startupServer: boolean;
  noCacheForIndex: boolean;
  servesWebFolder: boolean;
  contentLanguage: boolean;
  anonymousLanRestart: boolean;
  /** A login needs Client, Device, DeviceId and Version, else 400. */
  requiresDeviceFields: boolean;
  apiKeyMayChangePasswords: boolean;
  hashIterations: number;
}

const BASE = { operatingSystem: '', requiresDeviceFields: true, apiKeyMayChangePasswords: true };
const OLD = {
  rowsAreCopies: false,
  uniformForgotPassword: false,
  truncatesPinFile: false,
  lockout: 'persisted',
  legacyAuthorization: true,
  xEmbyAuthorizationFirst: true,
  embyPrefixes: true,
  startupServer: false,
  noCacheForIndex: false,
  contentLanguage: false,
} as const;
const NEW = {
  rowsAreCopies: true,
  uniformForgotPassword: true,
  truncatesPinFile: true,
  xEmbyAuthorizationFirst: false,
  startupServer: true,
  noCacheForIndex: true,
  pinIgnoresCase: false,
  trustsEveryProxyByDefault: false,
  servesWebFolder: true,
  anonymousLanRestart: true,
  hashIterations: 210_000,
} as const;
const MIDDLE = { pinIgnoresCase: false, servesWebFolder: true, anonymousLanRestart: true } as const;

const TRAITS: Readonly<Record<JellyfinVersion, Traits>> = {
  '10.8.13': {
    ...BASE,
    ...OLD,
    version: '10.8.13',
    minor: 8,
    reportedVersion: '10.8.13',
    operatingSystem: 'Linux',
    pinIgnoresCase: true,
    trustsEveryProxyByDefault: true,
    servesWebFolder: false,
    anonymousLanRestart: false,
    requiresDeviceFields: false,
    apiKeyMayChangePasswords: false,
    hashIterations: 120_000,
  },
  '10.9.11': {
    ...BASE,
    ...OLD,
    ...MIDDLE,
    version: '10.9.11',
    minor: 9,
    reportedVersion: '10.9.11',
    trustsEveryProxyByDefault: true,
    hashIterations: 120_000,
  },
  '10.10.7': {
    ...BASE,
    ...OLD,
    ...MIDDLE,
    version: '10.10.7',
    minor: 10,
    reportedVersion: '10.10.7',
    trustsEveryProxyByDefault: false,
    hashIterations: 210_000,
  },
  '10.11.11': {
    ...BASE,
    ...NEW,
    version: '10.11.11',
    minor: 11,
    reportedVersion: '10.11.11',
    lockout: 'never',
    legacyAuthorization: true,
    embyPrefixes: true,
    contentLanguage: false,
  },
  '12.0': {
    ...BASE,
    ...NEW,
    version: '12.0',
    minor: 12,
    reportedVersion: '12.0.0',
    lockout: 'counts-once-more',
    legacyAuthorization: false,
    embyPrefixes: false,
    contentLanguage: true,
  },
};

/** The traits of one version. */
export function traitsOf(version: JellyfinVersion): Traits {
  return TRAITS[version];
}
