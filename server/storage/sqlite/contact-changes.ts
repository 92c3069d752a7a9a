import {
  type ContactChangeKind,
  type ContactChangeSpent,
  type ContactChanges,
  MAX_WRONG_CODES,
} from '../../ports/contact-changes.ts';
import {
  contactChangeValues,
  endOfRow,
  findBlocks,
  isReplacing,
  NEW_CONTACT_CHANGE_COLUMNS,
  toContactChange,
  toContactChangeState,
} from '../contact-change-rows.ts';
import { addressKey, type Row } from '../rows.ts';
import type { Sql, Sqlite } from './database.ts';

/** Changes of contacts in SQLite. A write sees the row as it is, so two processes cannot both spend it. */
export function createSqliteContactChanges(db: Sqlite): ContactChanges {
  return {
    add: (change, now) =>
      db.write((sql) => {
        const { kind, secretHash, userId, channel } = change;
        const added = sql(
          `INSERT INTO contact_changes (${NEW_CONTACT_CHANGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (secret_hash) DO NOTHING`,
        ).run(...contactChangeValues(change, now));
        if (added.changes === 0) return false;
        if (isReplacing(kind))
          sql(
            `DELETE FROM contact_changes
             WHERE user_id = ? AND kind = ? AND channel IS ? AND used_at IS NULL AND secret_hash <> ?`,
          ).run(userId, kind, channel ?? null, secretHash);
        return true;
      }),
    look: (kind, secretHash, now) => db.read((sql) => toContactChangeState(find(sql, kind, secretHash), now)),
    spend: (kind, secretHash, now) => db.write((sql) => spend(sql, find(sql, kind, secretHash), now)),
    spendCode: ({ userId, channel, secretHash }, now) =>
      db.write((sql) => {
        const row = sql(
          `SELECT * FROM contact_changes WHERE user_id = ? AND kind = 'proof' AND channel = ? AND address IS NOT NULL
           ORDER BY used_at IS NOT NULL, created_at DESC LIMIT 1`,
        ).get(userId, channel);
        const found = toContactChangeState(row, now);
        if (found.state !== 'open') return { state: found.state };
        if (found.change.secretHash === secretHash) return spend(sql, row, now);
        sql('UPDATE contact_changes SET wrong_codes = wrong_codes + 1 WHERE secret_hash = ?').run(
          found.change.secretHash,
        );
        return { state: found.change.wrongCodes + 1 >= MAX_WRONG_CODES ? 'dead' : 'wrong' };
      }),
    openOf: (userId, kind, now) =>
      db.read((sql) =>
        sql(
          `SELECT * FROM contact_changes
           WHERE user_id = ? AND kind = ? AND used_at IS NULL AND expires_at > ? AND wrong_codes < ?
           ORDER BY created_at DESC, secret_hash`,
        )
          .all(userId, kind, now, MAX_WRONG_CODES)
          .map(toContactChange),
      ),
    undoneUntil: (userId, channel, address) => knownUntil(db, 'undo', userId, channel, address),
    disownedUntil: (userId, channel, address) => knownUntil(db, 'disowned', userId, channel, address),
    blocksOf: (addresses) =>
      db.read((sql) => {
        const ofUser = sql(
          `SELECT kind, user_id, channel, address_key, expires_at FROM contact_changes
           WHERE user_id = ? AND kind IN ('undo', 'disowned') AND used_at IS NOT NULL`,
        );
        const userIds = [...new Set(addresses.map(({ userId }) => userId))];
        return findBlocks(
          userIds.flatMap((userId) => ofUser.all(userId)),
          addresses,
        );
      }),
    removeOf: (userId, kind) =>
      db.write((sql) =>
        Number(
          sql('DELETE FROM contact_changes WHERE user_id = ? AND kind = ? AND used_at IS NULL').run(
            userId,
            kind,
          ).changes,
        ),
      ),
  };
}

/** Until when a spent change of that kind about that address is known, if there is one. */
function knownUntil(db: Sqlite, kind: ContactChangeKind, userId: string, channel: string, address: string) {
  return db.read((sql) => {
    const row = sql(
      `SELECT expires_at FROM contact_changes
       WHERE user_id = ? AND kind = ? AND channel = ? AND address_key = ? AND used_at IS NOT NULL
       ORDER BY expires_at DESC LIMIT 1`,
    ).get(userId, kind, channel, addressKey(address));
    return row && endOfRow(row);
  });
}

function find(sql: Sql, kind: ContactChangeKind, secretHash: string): Row | undefined {
  return sql('SELECT * FROM contact_changes WHERE secret_hash = ? AND kind = ?').get(secretHash, kind);
}

/** Spends what was found in the same transaction. */
function spend(sql: Sql, row: Row | undefined, now: number): ContactChangeSpent {
  const found = toContactChangeState(row, now);
  if (found.state !== 'open') return found;
  const { kind, secretHash } = found.change;
  const invitationHash = kind === 'proof' ? found.change.invitationHash : undefined;
  if (invitationHash !== undefined) {
    const invitation = toContactChangeState(find(sql, 'invitation', invitationHash), now);
    if (invitation.state !== 'open') return invitation;
    markUsed(sql, invitationHash, now);
  }
  markUsed(sql, secretHash, now);
  return { state: 'spent', change: { ...found.change, usedAt: now } };
}

function markUsed(sql: Sql, secretHash: string, now: number): void {
  sql('UPDATE contact_changes SET used_at = ? WHERE secret_hash = ?').run(now, secretHash);
}
