import { basename } from 'node:path';
import type { ContactSource } from '../ports/contact-source.ts';
import { readSqliteCopy } from './sqlite-copy.ts';

/**
 * People of servers that are Jellyfin; `token` is Jellyfin's id of the account there. People who came without an invitation
 * have no address of their own, but may have one where Wizarr joins accounts.
 * Source: Wizarr, app/models.py and app/services/media/jellyfin.py, 2026-08.
 */
const STATEMENT = `
  SELECT u.id AS id, u.token AS jellyfin_id, u.username AS name,
         COALESCE(NULLIF(u.email, ''), NULLIF(i.primary_email, ''), '') AS email
  FROM user u JOIN media_server m ON m.id = u.server_id LEFT JOIN identity i ON i.id = u.identity_id
  WHERE m.server_type = 'jellyfin' ORDER BY u.id`;

/** What Wizarr writes where it has no address. Source: Wizarr, app/services/media, 2023 to 2026. */
const NONE = /^(?:none|null|empty)$/i;

/** Makes a source of the database of Wizarr: `database/database.db` in its folder. */
export function createWizarrSource(path: string): ContactSource {
  return {
    place: basename(path),
    rowWord: 'user',
    share: () => undefined,
    async *read() {
      yield* readSqliteCopy(path, 'Wizarr', function* (db) {
        for (const row of db.prepare(STATEMENT).iterate()) {
          const email = String(row['email']);
          yield {
            row: Number(row['id']),
            jellyfinId: String(row['jellyfin_id']),
            name: String(row['name']),
            channel: 'email',
            address: NONE.test(email) ? '' : email,
          };
        }
      });
    },
  };
}
