import { createHash, pbkdf2Sync } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { tempFolder } from '../files/temp-folder.ts';
import { type DatabaseVersion, migrationsOf, schemaTraits, tablesOf } from './jellyfin-schemas.ts';

const OWN_PROVIDER = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';
const DATE = '2026-11-30 20:15:00.1234567';

/** A person of a database we make. */
export interface MadePerson {
  readonly name: string;
  readonly password: string;
  readonly isAdministrator?: boolean;
  readonly isDisabled?: boolean;
  readonly failures?: number;
  /** Failed sign-ins that lock it. Default never. */
  readonly failuresAllowed?: number;
  /** Default Jellyfin's own. */
  readonly provider?: string;
}

/** An administrator that failed sign-ins have locked, and a guest. */
export const LOCKED_ADMINISTRATOR: readonly MadePerson[] = [
  {
    name: 'Boss',
    password: 'forgotten',
    isAdministrator: true,
    isDisabled: true,
    failures: 3,
    failuresAllowed: 3,
  },
  { name: 'alice', password: 'alice-pw-1' },
];

/** A database of ours in the shape of Jellyfin's, in a data folder of its own. */
export interface MadeDatabase {
  readonly dataFolder: string;
  readonly path: string;
}

/** Makes one as a Jellyfin leaves it that has stopped; it is gone after the running test. */
export async function makeDatabase(
  version: DatabaseVersion,
  people: readonly MadePerson[] = LOCKED_ADMINISTRATOR,
  folder?: string,
): Promise<MadeDatabase> {
  const dataFolder = join(folder ?? (await tempFolder()), 'jellyfin');
  const path = join(dataFolder, 'data/jellyfin.db');
  mkdirSync(dirname(path), { recursive: true });
  for (const name of ['root', 'plugins']) mkdirSync(join(dataFolder, name));
  const db = new DatabaseSync(path);
  // As Entity Framework makes a database.
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('BEGIN');
  db.exec(tablesOf(version));
  const history = db.prepare('INSERT INTO __EFMigrationsHistory VALUES (?, ?)');
  for (const { id, product } of migrationsOf(version)) history.run(id, product);
  people.forEach((person, index) => void insertPerson(db, version, person, index + 1));
  db.exec(
    `INSERT INTO ApiKeys (DateCreated, DateLastActivity, Name, AccessToken)
     VALUES ('${DATE}', '0001-01-01 00:00:00', 'Seerr', '0123456789abcdef0123456789abcdef')`,
  );
  db.exec('COMMIT');
  db.close();
  return { dataFolder, path };
}

/** Gives a database, and all folders down to it from the folder of the test, to a user of the system. Root may. */
export function giveTo(database: MadeDatabase, uid: number): void {
  const top = dirname(database.dataFolder);
  for (const entry of ['', ...readdirSync(top, { recursive: true, encoding: 'utf8' })])
    chownSync(join(top, entry), uid, uid);
}

/** The id that a person has there; the same for the same name. */
export function idOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex').toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function insertPerson(
  db: DatabaseSync,
  version: DatabaseVersion,
  person: MadePerson,
  internalId: number,
): void {
  const traits = schemaTraits(version);
  const id = idOf(person.name);
  const row: Record<string, string | number | null> = {
    Id: id,
    Username: person.name,
    Password: hash(person.password, traits.iterations),
    MustUpdatePassword: 0,
    AuthenticationProviderId: person.provider ?? OWN_PROVIDER,
    PasswordResetProviderId: 'Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider',
    InvalidLoginAttemptCount: person.failures ?? 0,
    LastActivityDate: DATE,
    LastLoginDate: DATE,
    LoginAttemptsBeforeLockout: person.failuresAllowed ?? null,
    MaxActiveSessions: 0,
    SubtitleMode: 0,
    PlayDefaultAudioTrack: 1,
    DisplayMissingEpisodes: 0,
    DisplayCollectionsView: 0,
    EnableLocalPassword: 0,
    HidePlayedInLatest: 1,
    RememberAudioSelections: 1,
    RememberSubtitleSelections: 1,
    EnableNextEpisodeAutoPlay: 1,
    EnableAutoLogin: 0,
    EnableUserPreferenceAccess: 1,
    InternalId: internalId,
    SyncPlayAccess: 0,
    RowVersion: 0,
  };
  if (traits.columns.some((column) => column.startsWith('NormalizedUsername')))
    row['NormalizedUsername'] = person.name.toUpperCase();
  const names = Object.keys(row);
  db.prepare(`INSERT INTO Users (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(
    ...Object.values(row),
  );
  const permission = db.prepare(
    'INSERT INTO Permissions (UserId, Kind, Value, RowVersion) VALUES (?, ?, ?, 0)',
  );
  for (let kind = 0; kind <= traits.permissionKinds; kind += 1)
    permission.run(id, kind, permissionOf(kind, person));
  const preference = db.prepare(
    'INSERT INTO Preferences (UserId, Kind, Value, RowVersion) VALUES (?, ?, ?, 0)',
  );
  for (let kind = 0; kind <= traits.preferenceKinds; kind += 1) preference.run(id, kind, '');
  db.prepare(
    `INSERT INTO Devices (UserId, AccessToken, AppName, AppVersion, DeviceName, DeviceId, IsActive, DateCreated, DateModified, DateLastActivity)
     VALUES (?, ?, 'Jellyfin Web', '1', 'Firefox', ?, 0, ?, ?, ?)`,
  ).run(
    id,
    createHash('md5').update(`token ${person.name}`).digest('hex'),
    `device-${internalId}`,
    DATE,
    DATE,
    DATE,
  );
}

function permissionOf(kind: number, person: MadePerson): number {
  if (kind === 0) return person.isAdministrator === true ? 1 : 0;
  if (kind === 2) return person.isDisabled === true ? 1 : 0;
  return 1;
}

function hash(password: string, iterations: number): string {
  const salt = createHash('md5').update(password).digest();
  const bytes = pbkdf2Sync(password, salt, iterations, 64, 'sha512');
  return `$PBKDF2-SHA512$iterations=${iterations}$${hex(salt)}$${hex(bytes)}`;
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

/** A person as a database has it. */
export interface SeenPerson {
  readonly isAdministrator: boolean;
  readonly isDisabled: boolean;
  readonly failures: number;
  readonly provider: string;
  readonly iterations: number;
  readonly sessions: number;
  /** Whether Jellyfin would let somebody in with that password. */
  verifies(password: string): boolean;
}

/** Reads a person of a database that nobody else has open, or over a connection that is open. */
export function seePerson(database: string | DatabaseSync, name: string): SeenPerson {
  const db = typeof database === 'string' ? new DatabaseSync(database) : database;
  try {
    const id = idOf(name);
    const user = db.prepare('SELECT * FROM Users WHERE Id = ?').get(id) ?? {};
    const has = (kind: number): boolean =>
      db.prepare('SELECT Value FROM Permissions WHERE UserId = ? AND Kind = ?').get(id, kind)?.['Value'] ===
      1;
    const stored = String(user['Password']);
    const [, , parameters = '', salt = '', expected = ''] = stored.split('$');
    const iterations = Number(parameters.replace('iterations=', ''));
    return {
      isAdministrator: has(0),
      isDisabled: has(2),
      failures: Number(user['InvalidLoginAttemptCount']),
      provider: String(user['AuthenticationProviderId']),
      iterations,
      sessions: Number(db.prepare('SELECT COUNT(*) AS n FROM Devices WHERE UserId = ?').get(id)?.['n']),
      verifies: (password) =>
        hex(pbkdf2Sync(password, Buffer.from(salt, 'hex'), iterations, 64, 'sha512')) === expected,
    };
  } finally {
    if (typeof database === 'string') db.close();
  }
}

/** The names of all API keys, in the order they were made. */
export function seeKeys(database: string | DatabaseSync): string[] {
  const db = typeof database === 'string' ? new DatabaseSync(database) : database;
  const names = db.prepare('SELECT Name FROM ApiKeys ORDER BY Id').all();
  if (typeof database === 'string') db.close();
  return names.map((row) => String(row['Name']));
}
