import type { DatabaseSync } from 'node:sqlite';
import { RescueRefusal } from './refusal.ts';

/** What of Jellyfin wrote a database, as far as it matters here. */
export interface Schema {
  /** The versions that write it, such as `10.11.0 to 10.11.9`. */
  readonly versions: string;
  /** How often that version hashes a new password. */
  readonly iterations: number;
  /** Whether API keys may set passwords in that version. */
  readonly mayKeySetPassword: boolean;
}

interface KnownSchema extends Schema {
  /** Its last migration that concerns tables. */
  readonly migration: string;
  /** Columns of `Users` besides those of all versions. */
  readonly columns: readonly string[];
}

/** Columns of `Users` that every version has. Source: jellyfin, migrations of 10.8.13 to 12.0-rc5. */
const USER_COLUMNS = [
  ...['Id', 'Username', 'Password', 'MustUpdatePassword', 'AudioLanguagePreference'],
  ...['AuthenticationProviderId', 'PasswordResetProviderId', 'InvalidLoginAttemptCount', 'LastActivityDate'],
  ...['LastLoginDate', 'LoginAttemptsBeforeLockout', 'MaxActiveSessions', 'SubtitleMode'],
  ...['PlayDefaultAudioTrack', 'SubtitleLanguagePreference', 'DisplayMissingEpisodes'],
  ...['DisplayCollectionsView', 'EnableLocalPassword', 'HidePlayedInLatest', 'RememberAudioSelections'],
  ...['RememberSubtitleSelections', 'EnableNextEpisodeAutoPlay', 'EnableAutoLogin'],
  ...['EnableUserPreferenceAccess', 'RemoteClientBitrateLimit', 'InternalId', 'SyncPlayAccess', 'RowVersion'],
];

/** Columns that are read or written of the other tables. Those besides are left as they are. */
const OTHER_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Permissions: ['Id', 'Kind', 'Value', 'RowVersion', 'UserId'],
  ApiKeys: ['Id', 'DateCreated', 'DateLastActivity', 'Name', 'AccessToken'],
  Devices: ['Id', 'UserId', 'AccessToken'],
};

const OLD = { iterations: 120_000, mayKeySetPassword: true };
const NEW = { iterations: 210_000, mayKeySetPassword: true };
const SCORES = ['CastReceiverId', 'MaxParentalRatingScore', 'MaxParentalRatingSubScore'];

/** Oldest first. */
const KNOWN: readonly KnownSchema[] = [
  {
    versions: '10.8',
    migration: '20221022080052',
    ...OLD,
    mayKeySetPassword: false,
    columns: ['EasyPassword', 'MaxParentalAgeRating'],
  },
  {
    versions: '10.9',
    migration: '20230923170422',
    ...OLD,
    columns: ['CastReceiverId', 'MaxParentalAgeRating'],
  },
  {
    versions: '10.10',
    migration: '20240928082930',
    ...NEW,
    columns: ['CastReceiverId', 'MaxParentalAgeRating'],
  },
  { versions: '10.11.0 to 10.11.9', migration: '20250925203415', ...NEW, columns: SCORES },
  {
    versions: '10.11.10 or later',
    migration: '20260524120336',
    ...NEW,
    columns: [...SCORES, 'NormalizedUsername'],
  },
  { versions: '12.0', migration: '20260728182152', ...NEW, columns: [...SCORES, 'NormalizedUsername'] },
];

/** The newest Jellyfin whose tables are known. Its own migrations name it as their version. */
const NEWEST_MAJOR = 12;

/**
 * Reads which Jellyfin wrote a database, by its list of migrations and by the shape of the tables that are read or written here.
 * The last migration says nothing: code migrations of Jellyfin stand in the same list.
 *
 * @throws {RescueRefusal} when it is none that is known, newer, or was changed by somebody.
 */
export function readSchema(db: DatabaseSync, path: string): Schema {
  const history = readHistory(db);
  const ids = history.map(({ id }) => id.slice(0, 14));
  const newer = history.find(({ product }) => Number(product.split('.')[0]) > NEWEST_MAJOR);
  if (newer !== undefined)
    throw unknown(path, `it is of a Jellyfin newer than ${NEWEST_MAJOR} (${newer.id})`);
  const schema =
    KNOWN.findLast(({ migration }) => ids.includes(migration)) ??
    // An early 10.8 has not all migrations of the last one.
    KNOWN.find(({ migration }) => ids.length > 0 && ids.every((id) => id < migration));
  if (schema === undefined) throw unknown(path, 'its list of migrations is none of a Jellyfin');
  const columns = columnsOf(db, 'Users').toSorted();
  const expected = [...USER_COLUMNS, ...schema.columns].toSorted();
  if (columns.join() !== expected.join())
    throw unknown(path, `its table Users is not that of ${schema.versions}`);
  for (const [table, needed] of Object.entries(OTHER_COLUMNS)) {
    const there = columnsOf(db, table);
    if (!needed.every((name) => there.includes(name)))
      throw unknown(path, `its table ${table} is not that of ${schema.versions}`);
  }
  // Jellyfin has none, and what one does with a row of ours nobody knows.
  const trigger = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1").get();
  if (trigger !== undefined) throw unknown(path, `somebody added the trigger ${String(trigger['name'])}`);
  return schema;
}

function readHistory(db: DatabaseSync): { readonly id: string; readonly product: string }[] {
  if (columnsOf(db, '__EFMigrationsHistory').length === 0) return [];
  return db
    .prepare('SELECT MigrationId, ProductVersion FROM __EFMigrationsHistory ORDER BY MigrationId')
    .all()
    .map((row) => ({ id: String(row['MigrationId']), product: String(row['ProductVersion']) }));
}

function columnsOf(db: DatabaseSync, table: string): string[] {
  return db
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map((row) => String(row['name']));
}

function unknown(path: string, why: string): RescueRefusal {
  return new RescueRefusal(
    `${path} is left alone: ${why}. Look for a newer Gatehouse, or use the way over a PIN file (--way pin).`,
  );
}
