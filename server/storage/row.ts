import type { SQLOutputValue } from 'node:sqlite';

/** A row as node:sqlite gives it. */
export type Row = Record<string, SQLOutputValue>;

/** A text column that is never NULL. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** A whole-number column that is never NULL. */
export function integer(row: Row, column: string): number {
  return Number(row[column]);
}
