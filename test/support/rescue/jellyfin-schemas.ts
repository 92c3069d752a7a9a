/** The Jellyfins whose databases we make ourselves, oldest first; two of them are the same version before and after a column came. */
export const DATABASE_VERSIONS = ['10.8.13', '10.9.11', '10.10.7', '10.11.8', '10.11.11', '12.0'] as const;

/** One of them. */
export type DatabaseVersion = (typeof DATABASE_VERSIONS)[number];

/** What tells the schemas apart. */
interface Traits {
  /** How many migrations of {@link TABLE_MIGRATIONS} it has. */
  readonly migrations: number;
  /** Jellyfin's own migrations, in the same list since 10.11, and the version they are written with. */
  readonly code?: { readonly ids: readonly string[]; readonly product: string };
  readonly entityFramework: string;
  readonly columns: readonly string[];
  readonly usernameCollation: '' | ' COLLATE NOCASE';
  /** Highest kind of a row of Permissions, and of Preferences. */
  readonly permissionKinds: number;
  readonly preferenceKinds: number;
  /** How often a new password is hashed. */
  readonly iterations: number;
}

const TABLE_MIGRATIONS = [
  ...['20200514181226_AddActivityLog', '20200613202153_AddUsers', '20200728005145_AddDisplayPreferences'],
  ...['20200905220533_FixDisplayPreferencesIndex', '20201004171403_AddMaxActiveSessions'],
  ...['20201204223655_AddCustomDisplayPreferences', '20210320181425_AddIndexesAndCollations'],
  ...['20210407110544_NullableCustomPrefValue', '20210814002109_AddDevices'],
  '20221022080052_AddIndexActivityLogsDateCreated',
  ...[
    '20230526173516_RemoveEasyPassword',
    '20230626233818_AddTrickplayInfos',
    '20230923170422_UserCastReceiver',
  ],
  ...['20240729140605_AddMediaSegments', '20240928082930_MarkSegmentProviderIdNonNullable'],
  ...['20250714044826_ResetJournalMode', '20250925203415_ExtendPeopleMapKey'],
  '20260524120336_AddNormalizedUsername',
  '20260728182152_AddPeopleItemMapCoveringIndex',
];

const AGE = 'MaxParentalAgeRating INTEGER NULL';
const SCORES = ['MaxParentalRatingScore INTEGER NULL', 'MaxParentalRatingSubScore INTEGER NULL'];
const RECEIVER = 'CastReceiverId TEXT NULL';
const MIDDLE = { usernameCollation: ' COLLATE NOCASE', permissionKinds: 23, preferenceKinds: 12 } as const;
const LATE = {
  usernameCollation: '',
  permissionKinds: 23,
  preferenceKinds: 12,
  iterations: 210_000,
} as const;
const NORMALIZED = 'NormalizedUsername TEXT NOT NULL';

const TRAITS: Readonly<Record<DatabaseVersion, Traits>> = {
  '10.8.13': {
    migrations: 10,
    entityFramework: '6.0.24',
    columns: ['EasyPassword TEXT NULL', AGE],
    usernameCollation: ' COLLATE NOCASE',
    permissionKinds: 20,
    preferenceKinds: 11,
    iterations: 120_000,
  },
  '10.9.11': {
    migrations: 13,
    entityFramework: '8.0.8',
    columns: [RECEIVER, AGE],
    ...MIDDLE,
    iterations: 120_000,
  },
  '10.10.7': {
    migrations: 15,
    entityFramework: '8.0.13',
    columns: [RECEIVER, AGE],
    ...MIDDLE,
    iterations: 210_000,
  },
  '10.11.8': {
    migrations: 17,
    code: { ids: ['20250420070000_CreateNetworkConfiguration'], product: '10.11.8.0' },
    entityFramework: '9.0.11',
    columns: [RECEIVER, ...SCORES],
    ...LATE,
  },
  '10.11.11': {
    migrations: 18,
    code: { ids: ['20250420070000_CreateNetworkConfiguration'], product: '10.11.11.0' },
    entityFramework: '9.0.11',
    columns: [RECEIVER, ...SCORES, NORMALIZED],
    ...LATE,
  },
  '12.0': {
    migrations: 19,
    code: {
      ids: [
        '20260531160000_DisableLegacyAuthorization',
        '20260729120000_RestorePlaylistChildrenFromMetadata',
      ],
      product: '12.0.0.0',
    },
    entityFramework: '10.0.1',
    columns: [RECEIVER, ...SCORES, NORMALIZED],
    ...LATE,
  },
};

/** What tells the schema of a version apart. */
export function schemaTraits(version: DatabaseVersion): Traits {
  return TRAITS[version];
}

/** Rows of `__EFMigrationsHistory`. */
export function migrationsOf(version: DatabaseVersion): { readonly id: string; readonly product: string }[] {
  const { migrations, code, entityFramework } = TRAITS[version];
  return [
    ...TABLE_MIGRATIONS.slice(0, migrations).map((id) => ({ id, product: entityFramework })),
    ...(code?.ids ?? []).map((id) => ({ id, product: code?.product ?? '' })),
  ];
}

/**
 * The tables that have to do with people, as SQL, in the form Entity Framework gives them. Those of films are left out: they stand
 * in the same file from 10.11 on, and nothing here looks at them.
 */
export function tablesOf(version: DatabaseVersion): string {
  const { columns, usernameCollation } = TRAITS[version];
  const switches = [
    ...['MustUpdatePassword', 'PlayDefaultAudioTrack', 'DisplayMissingEpisodes', 'DisplayCollectionsView'],
    ...['EnableLocalPassword', 'HidePlayedInLatest', 'RememberAudioSelections', 'RememberSubtitleSelections'],
    ...['EnableNextEpisodeAutoPlay', 'EnableAutoLogin', 'EnableUserPreferenceAccess'],
  ].map((name) => `${name} INTEGER NOT NULL`);
  const users = [
    'Id TEXT NOT NULL CONSTRAINT PK_Users PRIMARY KEY',
    `Username TEXT NOT NULL${usernameCollation}`,
    'Password TEXT NULL',
    ...switches,
    'AudioLanguagePreference TEXT NULL',
    ...['AuthenticationProviderId TEXT NOT NULL', 'PasswordResetProviderId TEXT NOT NULL'],
    ...['InvalidLoginAttemptCount INTEGER NOT NULL', 'LastActivityDate TEXT NULL', 'LastLoginDate TEXT NULL'],
    ...['LoginAttemptsBeforeLockout INTEGER NULL', 'MaxActiveSessions INTEGER NOT NULL'],
    ...['SubtitleMode INTEGER NOT NULL', 'SubtitleLanguagePreference TEXT NULL'],
    ...['RemoteClientBitrateLimit INTEGER NULL', 'InternalId INTEGER NOT NULL'],
    ...['SyncPlayAccess INTEGER NOT NULL', 'RowVersion INTEGER NOT NULL'],
    ...columns,
  ];
  return `
    CREATE TABLE __EFMigrationsHistory (MigrationId TEXT NOT NULL CONSTRAINT PK___EFMigrationsHistory PRIMARY KEY, ProductVersion TEXT NOT NULL);
    CREATE TABLE Users (${users.join(', ')});
    CREATE UNIQUE INDEX IX_Users_Username ON Users (Username);
    ${columns.includes(NORMALIZED) ? 'CREATE UNIQUE INDEX IX_Users_NormalizedUsername ON Users (NormalizedUsername);' : ''}
    CREATE TABLE Permissions (Id INTEGER NOT NULL CONSTRAINT PK_Permissions PRIMARY KEY AUTOINCREMENT, UserId TEXT NULL, Kind INTEGER NOT NULL,
      Value INTEGER NOT NULL, RowVersion INTEGER NOT NULL, Permission_Permissions_Guid TEXT NULL,
      CONSTRAINT FK_Permissions_Users_UserId FOREIGN KEY (UserId) REFERENCES Users (Id) ON DELETE CASCADE);
    CREATE UNIQUE INDEX IX_Permissions_UserId_Kind ON Permissions (UserId, Kind) WHERE UserId IS NOT NULL;
    CREATE TABLE Preferences (Id INTEGER NOT NULL CONSTRAINT PK_Preferences PRIMARY KEY AUTOINCREMENT, UserId TEXT NULL, Kind INTEGER NOT NULL,
      Value TEXT NOT NULL, RowVersion INTEGER NOT NULL, Preference_Preferences_Guid TEXT NULL,
      CONSTRAINT FK_Preferences_Users_UserId FOREIGN KEY (UserId) REFERENCES Users (Id) ON DELETE CASCADE);
    CREATE UNIQUE INDEX IX_Preferences_UserId_Kind ON Preferences (UserId, Kind) WHERE UserId IS NOT NULL;
    CREATE TABLE ApiKeys (Id INTEGER NOT NULL CONSTRAINT PK_ApiKeys PRIMARY KEY AUTOINCREMENT, DateCreated TEXT NOT NULL,
      DateLastActivity TEXT NOT NULL, Name TEXT NOT NULL, AccessToken TEXT NOT NULL);
    CREATE UNIQUE INDEX IX_ApiKeys_AccessToken ON ApiKeys (AccessToken);
    CREATE TABLE Devices (Id INTEGER NOT NULL CONSTRAINT PK_Devices PRIMARY KEY AUTOINCREMENT, UserId TEXT NOT NULL, AccessToken TEXT NOT NULL,
      AppName TEXT NOT NULL, AppVersion TEXT NOT NULL, DeviceName TEXT NOT NULL, DeviceId TEXT NOT NULL, IsActive INTEGER NOT NULL,
      DateCreated TEXT NOT NULL, DateModified TEXT NOT NULL, DateLastActivity TEXT NOT NULL,
      CONSTRAINT FK_Devices_Users_UserId FOREIGN KEY (UserId) REFERENCES Users (Id) ON DELETE CASCADE);
    CREATE TABLE ActivityLogs (Id INTEGER NOT NULL CONSTRAINT PK_ActivityLogs PRIMARY KEY AUTOINCREMENT, Name TEXT NOT NULL, Overview TEXT NULL,
      ShortOverview TEXT NULL, Type TEXT NOT NULL, UserId TEXT NOT NULL, ItemId TEXT NULL, DateCreated TEXT NOT NULL,
      LogSeverity INTEGER NOT NULL, RowVersion INTEGER NOT NULL);
    CREATE INDEX IX_ActivityLogs_DateCreated ON ActivityLogs (DateCreated);
  `;
}
