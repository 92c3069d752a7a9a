import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';
import { Client } from 'pg';

/** Statements this process has sent to a database. */
export interface Statements {
  /** How many so far. */
  count(): number;
  /** The texts of those that were prepared in SQLite, each once. */
  readonly texts: ReadonlySet<string>;
}

/** Counts every statement to PostgreSQL and SQLite from now on. */
export function countStatements(): Statements {
  let count = 0;
  const texts = new Set<string>();
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    count += 1;
    return query.apply(this, args);
  } as typeof Client.prototype.query;
  const prepare = DatabaseSync.prototype.prepare;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string) {
    texts.add(text);
    return prepare.call(this, text);
  };
  for (const name of ['run', 'get', 'all'] as const) {
    const run = StatementSync.prototype[name] as (...args: SQLInputValue[]) => unknown;
    StatementSync.prototype[name] = function (this: StatementSync, ...args: SQLInputValue[]) {
      count += 1;
      return run.apply(this, args);
    } as never;
  }
  return { count: () => count, texts };
}
