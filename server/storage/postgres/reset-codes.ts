import type { ResetCodes } from '../../ports/reset-codes.ts';
import { judgeNewCode, judgeTypedCode, selectLinkWithCode, toLinkWay } from '../reset-code-rows.ts';
import { type Row, text } from '../rows.ts';
import { lockAccount, type Postgres, type Query } from './database.ts';

const SELECT = `${selectLinkWithCode('@reset_links')} WHERE link.token_hash = $1 AND link.kind = 'link'`;

/** Codes of links in PostgreSQL. Who changes them holds the account, as whoever changes its links does. */
export function createPostgresResetCodes(db: Postgres): ResetCodes {
  /** Runs work on a link while nobody else changes its account's; `work` gets the row as it is then. */
  function withLink<T>(
    tokenHash: string,
    work: (query: Query, row: Row | undefined) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (query) => {
      const seen = await find(query, tokenHash);
      if (seen === undefined) return work(query, undefined);
      await lockAccount(query, db.schema, text(seen, 'user_id'));
      return work(query, await find(query, tokenHash));
    });
  }

  return {
    wayOf: async (tokenHash) => toLinkWay(await find(db.query, tokenHash)),
    keep: (tokenHash, { hash, expiresAt }, now) =>
      withLink(tokenHash, async (query, row) => {
        const kept = judgeNewCode(row, now);
        if (row !== undefined && kept.state === 'kept')
          await query(
            `UPDATE @reset_links SET code_hash = $1, code_expires_at = $2, codes_sent = codes_sent + 1
             WHERE token_hash = $3`,
            [hash, expiresAt, text(row, 'root')],
          );
        return kept;
      }),
    compare: (tokenHash, hash, now) =>
      withLink(tokenHash, async (query, row) => {
        const typed = judgeTypedCode(row, hash, now);
        if (row === undefined || (typed.state !== 'wrong' && typed.state !== 'locked')) return typed;
        const root = text(row, 'root');
        await query('UPDATE @reset_links SET wrong_codes = wrong_codes + 1 WHERE token_hash = $1', [root]);
        if (typed.state === 'locked')
          await query(
            'UPDATE @reset_links SET used_at = $1 WHERE used_at IS NULL AND (token_hash = $2 OR exchanged_from = $2)',
            [now, root],
          );
        return typed;
      }),
  };
}

async function find(query: Query, tokenHash: string): Promise<Row | undefined> {
  return (await query(SELECT, [tokenHash])).rows[0];
}
