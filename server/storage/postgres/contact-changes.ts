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
import { lockAccount, type Postgres, type Query } from './database.ts';

/** Changes of contacts in PostgreSQL. Whoever spends one holds its row, so two processes cannot both spend it. */
export function createPostgresContactChanges(db: Postgres): ContactChanges {
  return {
    add: (change, now) =>
      db.transaction(async (query) => {
        const { kind, secretHash, userId, channel } = change;
        await lockAccount(query, db.schema, userId);
        const added = await query(
          `INSERT INTO @contact_changes (${NEW_CONTACT_CHANGE_COLUMNS})
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (secret_hash) DO NOTHING`,
          contactChangeValues(change, now),
        );
        if (added.count === 0) return false;
        if (isReplacing(kind))
          await query(
            `DELETE FROM @contact_changes
             WHERE user_id = $1 AND kind = $2 AND channel IS NOT DISTINCT FROM $3 AND used_at IS NULL AND secret_hash <> $4`,
            [userId, kind, channel ?? null, secretHash],
          );
        return true;
      }),
    look: async (kind, secretHash, now) => {
      const { rows } = await db.query(BY_SECRET, [secretHash, kind]);
      return toContactChangeState(rows[0], now);
    },
    spend: (kind, secretHash, now) =>
      db.transaction(async (query) => spend(query, await hold(query, kind, secretHash), now)),
    spendCode: ({ userId, channel, secretHash }, now) =>
      db.transaction(async (query) => {
        // Those who type at once take turns, and each sees what the one before counted.
        await lockAccount(query, db.schema, userId);
        const { rows } = await query(
          `SELECT * FROM @contact_changes
           WHERE user_id = $1 AND kind = 'proof' AND channel = $2 AND address IS NOT NULL
           ORDER BY used_at IS NOT NULL, created_at DESC LIMIT 1 FOR UPDATE`,
          [userId, channel],
        );
        const found = toContactChangeState(rows[0], now);
        if (found.state !== 'open') return { state: found.state };
        if (found.change.secretHash === secretHash) return spend(query, rows[0], now);
        await query('UPDATE @contact_changes SET wrong_codes = wrong_codes + 1 WHERE secret_hash = $1', [
          found.change.secretHash,
        ]);
        return { state: found.change.wrongCodes + 1 >= MAX_WRONG_CODES ? 'dead' : 'wrong' };
      }),
    openOf: async (userId, kind, now) => {
      const { rows } = await db.query(
        `SELECT * FROM @contact_changes
         WHERE user_id = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3 AND wrong_codes < $4
         ORDER BY created_at DESC, secret_hash`,
        [userId, kind, now, MAX_WRONG_CODES],
      );
      return rows.map(toContactChange);
    },
    undoneUntil: (userId, channel, address) => knownUntil(db, 'undo', userId, channel, address),
    disownedUntil: (userId, channel, address) => knownUntil(db, 'disowned', userId, channel, address),
    blocksOf: async (addresses) => {
      const { rows } = await db.query(
        `SELECT kind, user_id, channel, address_key, expires_at FROM @contact_changes
         WHERE user_id = ANY($1::text[]) AND kind IN ('undo', 'disowned') AND address_key = ANY($2::text[])
           AND used_at IS NOT NULL`,
        [addresses.map(({ userId }) => userId), addresses.map(({ address }) => addressKey(address))],
      );
      return findBlocks(rows, addresses);
    },
    removeOf: async (userId, kind) =>
      (
        await db.query('DELETE FROM @contact_changes WHERE user_id = $1 AND kind = $2 AND used_at IS NULL', [
          userId,
          kind,
        ])
      ).count,
  };
}

/** Until when a spent change of that kind about that address is known, if there is one. */
async function knownUntil(
  db: Postgres,
  kind: ContactChangeKind,
  userId: string,
  channel: string,
  address: string,
): Promise<number | undefined> {
  const { rows } = await db.query(
    `SELECT expires_at FROM @contact_changes
     WHERE user_id = $1 AND kind = $2 AND channel = $3 AND address_key = $4 AND used_at IS NOT NULL
     ORDER BY expires_at DESC LIMIT 1`,
    [userId, kind, channel, addressKey(address)],
  );
  return rows[0] && endOfRow(rows[0]);
}

const BY_SECRET = 'SELECT * FROM @contact_changes WHERE secret_hash = $1 AND kind = $2';

/** Finds a change, and keeps others from it until the transaction ends. */
async function hold(query: Query, kind: ContactChangeKind, secretHash: string): Promise<Row | undefined> {
  return (await query(`${BY_SECRET} FOR UPDATE`, [secretHash, kind])).rows[0];
}

/** Spends a change that is held. */
async function spend(query: Query, row: Row | undefined, now: number): Promise<ContactChangeSpent> {
  const found = toContactChangeState(row, now);
  if (found.state !== 'open') return found;
  const { kind, secretHash } = found.change;
  const invitationHash = kind === 'proof' ? found.change.invitationHash : undefined;
  if (invitationHash !== undefined) {
    const invitation = toContactChangeState(await hold(query, 'invitation', invitationHash), now);
    if (invitation.state !== 'open') return invitation;
  }
  await query('UPDATE @contact_changes SET used_at = $1 WHERE secret_hash IN ($2, $3)', [
    now,
    secretHash,
    invitationHash ?? secretHash,
  ]);
  return { state: 'spent', change: { ...found.change, usedAt: now } };
}
