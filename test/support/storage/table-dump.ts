import { DatabaseSync } from 'node:sqlite';

/** Everything a database file holds, table by table; the same text for the same rows. */
export function dumpTables(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return tables
      .map(({ name }) => {
        const rows = db.prepare(`SELECT * FROM "${String(name)}"`).all();
        const lines = rows.map((row) =>
          JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
        );
        return `${String(name)}\n${lines.sort().join('\n')}`;
      })
      .join('\n\n');
  } finally {
    db.close();
  }
}
