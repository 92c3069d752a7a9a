import { OWN_PROVIDER, PERMISSIONS, type Person } from './people.ts';

/** One statement, with what it is for. */
export interface Change {
  /** For people, such as `open the account`. */
  readonly says: string;
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Whether it must find exactly one row. */
  readonly isOneRow: boolean;
}

/** What stands in place of the hash until a password is chosen. */
export const NO_HASH_YET = '$PBKDF2-SHA512$…';

/**
 * Says what is to be written so that a person can sign in with a new password: only what is not so already, the password and
 * the end of all sessions always. `RowVersion` is what Jellyfin compares rows by.
 *
 * @param hash As `hashPassword` makes it.
 * @param makesAdministrator Whether who is none shall become one.
 * Source: jellyfin, tables Users, Permissions and Devices of 10.8.13 to 12.0; tried on servers of all five.
 */
export function planChanges(person: Person, hash: string, makesAdministrator: boolean): Change[] {
  const changes: Change[] = [];
  const id = person.id;
  const row = { values: { id }, isOneRow: true };
  if (person.failures > 0)
    changes.push({
      says: `set the counter of failed sign-ins from ${person.failures} to 0`,
      sql: 'UPDATE Users SET InvalidLoginAttemptCount = 0 WHERE Id = :id',
      ...row,
    });
  if (person.isDisabled)
    changes.push({
      says: 'open the account (IsDisabled), whether failed sign-ins or an administrator closed it',
      sql: `UPDATE Permissions SET Value = 0, RowVersion = RowVersion + 1 WHERE UserId = :id AND Kind = ${PERMISSIONS.disabled}`,
      ...row,
    });
  if (makesAdministrator && !person.isAdministrator)
    changes.push({
      says: 'make it an administrator (IsAdministrator)',
      sql: person.hasAdministratorRow
        ? `UPDATE Permissions SET Value = 1, RowVersion = RowVersion + 1 WHERE UserId = :id AND Kind = ${PERMISSIONS.administrator}`
        : `INSERT INTO Permissions (Kind, Value, RowVersion, UserId) VALUES (${PERMISSIONS.administrator}, 1, 0, :id)`,
      ...row,
    });
  if (person.provider !== OWN_PROVIDER)
    changes.push({
      says: `have Jellyfin itself keep the password again, in place of ${person.provider}`,
      sql: 'UPDATE Users SET AuthenticationProviderId = :provider WHERE Id = :id',
      values: { id, provider: OWN_PROVIDER },
      isOneRow: true,
    });
  changes.push({
    says: 'set the new password, as a hash of the form Jellyfin writes',
    sql: 'UPDATE Users SET Password = :hash, RowVersion = RowVersion + 1 WHERE Id = :id',
    values: { id, hash },
    isOneRow: true,
  });
  changes.push({
    says: 'end all sessions of that account, as any change of a password does',
    sql: 'DELETE FROM Devices WHERE UserId = :id',
    values: { id },
    isOneRow: false,
  });
  return changes;
}

/** Writes a statement with its values in it, for people. */
export function writeSql({ sql, values }: Change): string {
  return sql.replace(/:([a-z]+)/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
  });
}
