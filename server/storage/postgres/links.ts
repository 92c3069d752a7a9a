import { SECRET_MESSAGE_KINDS } from '../../ports/message-kinds.ts';
import type { LinkState, NewSecret, ResetLinks, SecretPurpose } from '../../ports/reset-links.ts';
import { integer, LINK_STATE_COLUMNS, type Row, text, toLinkState } from '../rows.ts';
import type { Postgres, Query } from './database.ts';
import { lockAccount, tryLockAccount } from './database.ts';

/** Secrets of resets in PostgreSQL. What changes an account's secrets holds the account, so two processes cannot both win. */
export function createPostgresLinks(db: Postgres): ResetLinks {
  /** Runs work on the account of a secret while nobody else does; `work` gets the row as it is then. */
  function withAccount<T>(
    hash: string,
    purpose: SecretPurpose,
    work: (query: Query, row: Row | undefined) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (query) => {
      const seen = await find(query, hash, purpose);
      if (seen === undefined) return work(query, undefined);
      await lockAccount(query, db.schema, text(seen, 'user_id'));
      return work(query, await find(query, hash, purpose));
    });
  }

  return {
    add: (secret, limit) =>
      db.transaction(async (query) => {
        await lockAccount(query, db.schema, secret.userId);
        if (limit !== undefined && (await countOthers(query, secret, limit.now)) >= limit.maxLive)
          return false;
        // A claimed link is left alone: somebody is choosing a password with it at this moment.
        await query(
          `DELETE FROM @reset_links
           WHERE outbox_id = $1 AND exchanged_from IS NULL AND used_at IS NULL AND claimed_until = 0
             AND token_hash <> (SELECT token_hash FROM @reset_links WHERE outbox_id = $1 AND exchanged_from IS NULL
                                ORDER BY expires_at DESC LIMIT 1)`,
          [secret.outboxId],
        );
        return insert(query, secret);
      }),
    countLive: (userId, now) => count(db.query, LIVE, [userId, now]),
    look: async (tokenHash, now) => toLinkState(await find(db.query, tokenHash, 'link'), now),
    claim: (tokenHash, now, leaseMs, claimId) =>
      db.transaction(async (query): Promise<LinkState> => {
        const seen = toLinkState(await find(query, tokenHash, 'link'), now);
        if (seen.state !== 'open') return seen;
        // Of a crowd that wants the same account nobody waits for the others: whoever is not first is told so.
        if (!(await tryLockAccount(query, db.schema, seen.userId))) return { state: 'busy' };
        const state = toLinkState(await find(query, tokenHash, 'link'), now);
        if (state.state !== 'open') return state;
        // Two links of one account at once would set two passwords at once.
        if (await isClaimed(query, 'user_id', state.userId, now)) return { state: 'busy' };
        await query('UPDATE @reset_links SET claimed_until = $1, claim_id = $2 WHERE token_hash = $3', [
          now + leaseMs,
          claimId,
          tokenHash,
        ]);
        return state;
      }),
    spend: (tokenHash, claimId, now) =>
      withAccount(tokenHash, 'link', async (query, row) => {
        if (row === undefined || row['used_at'] !== null || row['claim_id'] !== claimId) return false;
        await spendAll(query, text(row, 'user_id'), now);
        return true;
      }),
    renew: async (tokenHash, claimId, now, leaseMs) => {
      const renewed = await db.query(
        `UPDATE @reset_links SET claimed_until = $1
         WHERE token_hash = $2 AND claim_id = $3 AND used_at IS NULL AND claimed_until > $4`,
        [now + leaseMs, tokenHash, claimId, now],
      );
      return renewed.count > 0;
    },
    release: async (tokenHash, claimId) => {
      const released = await db.query(
        `UPDATE @reset_links SET claimed_until = 0, claim_id = NULL
         WHERE token_hash = $1 AND claim_id = $2 AND used_at IS NULL`,
        [tokenHash, claimId],
      );
      return released.count > 0;
    },
    exchange: (pinHash, link, now) =>
      withAccount(pinHash, 'pin', async (query, pin): Promise<LinkState> => {
        const state = toLinkState(pin, now);
        if (pin === undefined || state.state !== 'open') return state;
        if (await isClaimed(query, 'exchanged_from', pinHash, now)) return { state: 'busy' };
        await query('DELETE FROM @reset_links WHERE exchanged_from = $1 AND used_at IS NULL', [pinHash]);
        await insert(query, { ...state, ...link, outboxId: integer(pin, 'outbox_id') }, pinHash);
        return state;
      }),
  };
}

const LIVE = 'user_id = $1 AND used_at IS NULL AND expires_at > $2 AND exchanged_from IS NULL';

/** Live secrets that stay when this one is added. */
function countOthers(
  query: Query,
  { tokenHash, userId, outboxId, requestKey }: NewSecret,
  now: number,
): Promise<number> {
  const others = `token_hash <> $4 AND (outbox_id <> $3 OR claimed_until > 0)
     AND (request_key IS NULL OR request_key IS DISTINCT FROM $5)`;
  return count(query, `${LIVE} AND ${others}`, [userId, now, outboxId, tokenHash, requestKey ?? null]);
}

async function count(
  query: Query,
  where: string,
  values: readonly (string | number | null)[],
): Promise<number> {
  const { rows } = await query(
    `SELECT COUNT(DISTINCT COALESCE(request_key, outbox_id::text)) AS many FROM @reset_links WHERE ${where}`,
    values,
  );
  return integer(rows[0] ?? {}, 'many');
}

async function isClaimed(
  query: Query,
  column: 'user_id' | 'exchanged_from',
  value: string,
  now: number,
): Promise<boolean> {
  const where = `${column} = $1 AND used_at IS NULL AND claimed_until > $2`;
  return (await count(query, where, [value, now])) > 0;
}

async function find(query: Query, hash: string, purpose: SecretPurpose): Promise<Row | undefined> {
  const { rows } = await query(
    `SELECT ${LINK_STATE_COLUMNS}, outbox_id, claim_id FROM @reset_links WHERE token_hash = $1 AND kind = $2`,
    [hash, purpose],
  );
  return rows[0];
}

async function insert(
  query: Query,
  secret: NewSecret,
  exchangedFrom: string | null = null,
): Promise<boolean> {
  const { purpose = 'link', tokenHash, userId, userName, outboxId, expiresAt } = secret;
  const { requestKey = null, channel = null } = secret;
  const { count } = await query(
    `INSERT INTO @reset_links AS kept (token_hash, kind, user_id, user_name, outbox_id, expires_at, exchanged_from, request_key,
                                       channel)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at, channel = excluded.channel
       WHERE kept.used_at IS NULL`,
    [tokenHash, purpose, userId, userName, outboxId, expiresAt, exchangedFrom, requestKey, channel],
  );
  return count > 0;
}

async function spendAll(query: Query, userId: string, now: number): Promise<void> {
  await query(
    'UPDATE @reset_links SET used_at = $1, claimed_until = 0 WHERE used_at IS NULL AND user_id = $2',
    [now, userId],
  );
  // A message that still waits (mail was down) would bring a fresh secret after the change.
  await query(
    `UPDATE @outbox SET state = 'dropped', reason = 'password-changed', ended_at = $1
     WHERE user_id = $2 AND state = 'waiting' AND kind = ANY($3)`,
    [now, userId, SECRET_MESSAGE_KINDS],
  );
}
