/** A row as a database driver gives it; PostgreSQL's 64-bit integers come as text. */
export type Row = Readonly<Record<string, unknown>>;

/** A text column that is never NULL. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** A text column; undefined for NULL. */
export function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : String(value);
}

/** A whole-number column that is never NULL. */
export function integer(row: Row, column: string): number {
  return Number(row[column]);
}
