import type { ResetCodes } from '../../ports/reset-codes.ts';
import { judgeNewCode, judgeTypedCode, selectLinkWithCode, toLinkWay } from '../reset-code-rows.ts';
import { type Row, text } from '../rows.ts';
import type { Sql, Sqlite } from './database.ts';

const SELECT = `${selectLinkWithCode('reset_links')} WHERE link.token_hash = ? AND link.kind = 'link'`;

/** Codes of links in SQLite. A write sees the row as it is, so no two processes look at one try too many. */
export function createSqliteResetCodes(db: Sqlite): ResetCodes {
  return {
    wayOf: (tokenHash) => db.read((sql) => toLinkWay(find(sql, tokenHash))),
    keep: (tokenHash, { hash, expiresAt }, now) =>
      db.write((sql) => {
        const row = find(sql, tokenHash);
        const kept = judgeNewCode(row, now);
        if (row !== undefined && kept.state === 'kept')
          sql(
            `UPDATE reset_links SET code_hash = ?, code_expires_at = ?, codes_sent = codes_sent + 1
             WHERE token_hash = ?`,
          ).run(hash, expiresAt, text(row, 'root'));
        return kept;
      }),
    compare: (tokenHash, hash, now) =>
      db.write((sql) => {
        const row = find(sql, tokenHash);
        const typed = judgeTypedCode(row, hash, now);
        if (row === undefined || (typed.state !== 'wrong' && typed.state !== 'locked')) return typed;
        const root = text(row, 'root');
        sql('UPDATE reset_links SET wrong_codes = wrong_codes + 1 WHERE token_hash = ?').run(root);
        if (typed.state === 'locked')
          sql(
            'UPDATE reset_links SET used_at = ? WHERE used_at IS NULL AND (token_hash = ? OR exchanged_from = ?)',
          ).run(now, root, root);
        return typed;
      }),
  };
}

function find(sql: Sql, tokenHash: string): Row | undefined {
  return sql(SELECT).get(tokenHash);
}
