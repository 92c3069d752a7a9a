import { Client, type ClientConfig, Pool, type PoolClient, type PoolConfig } from 'pg';
import type { PostgresAddress } from '../../config/postgres-address.ts';
import type { Row } from '../rows.ts';
import { createConnectionBreaker } from './connection-breaker.ts';
import { isAway, isSilence, toStorageError } from './faults.ts';
import { tlsOptions } from './tls-options.ts';

/** Connections one process opens at most; others wait for a free one. */
const MAX_CONNECTIONS = 8;

/** How long is waited for the server. */
export interface PostgresLimits {
  /** For a connection. Default 4 s. */
  readonly connectMs: number;
  /** For one statement, its waiting for others included; ours take milliseconds. Default 4 s. */
  readonly statementMs: number;
}

/** Together below 10 s, so that whoever asks is told in time that nobody can. */
const LIMITS: PostgresLimits = { connectMs: 4_000, statementMs: 4_000 };

/** What a statement answers. */
export interface Answer {
  readonly rows: readonly Row[];
  /** Rows it gave or changed. */
  readonly count: number;
}

/** A value of a statement. */
export type Value = string | number | boolean | null | readonly (string | null)[];

/**
 * Runs one statement; `@name` in its text is our table of that name. A NUL in a text, which PostgreSQL cannot keep,
 * becomes U+FFFD. @throws {StorageError}
 */
export type Query = (text: string, values?: readonly Value[]) => Promise<Answer>;

/** An open PostgreSQL database. Connections are opened when they are needed, and anew when they were lost. */
export interface Postgres {
  /** What it is called in logs and errors. */
  readonly place: string;
  readonly schema: string;
  readonly query: Query;
  /** Runs statements in one transaction: all or nothing, on disk when the promise resolves. @throws {StorageError} */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Ends all connections; what is under way ends first. Idempotent. */
  close(): Promise<void>;
}

/**
 * Makes the pool; connects to nothing yet.
 *
 * @throws {StorageError} `storage-refused` when the file of certificate authorities cannot be read.
 */
export async function openPool(address: PostgresAddress, limits = LIMITS): Promise<Postgres> {
  const { place, schema } = address;
  const pool = new Pool(await poolConfig(address, limits));
  // A connection that breaks while nobody uses it is replaced by the next use.
  pool.on('error', () => undefined);
  const tables = createTableNames(schema);
  let closing: Promise<void> | undefined;

  // Our own queue, because the pool's counts waiting for one's turn as waiting for the server.
  const turnstile = createConnectionBreaker({
    width: MAX_CONNECTIONS,
    isSilence,
    whileSilent: () => new Error('timeout: it did not answer a moment ago'),
    whileFull: () => Object.assign(new Error('too many wait for it'), { code: '53000' }),
  });

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await turnstile.run(work);
    } catch (error) {
      throw toStorageError(error, place);
    }
  }

  const queryOn =
    (client: Pick<PoolClient, 'query'>): Query =>
    async (text, values = []) => {
      const kept = values.map((value) =>
        Array.isArray(value)
          ? value.map(withoutNul)
          : withoutNul(value as Exclude<Value, readonly unknown[]>),
      );
      const { rows, rowCount } = await client.query<Row>(tables(text), kept);
      return { rows, count: rowCount ?? 0 };
    };

  return {
    place,
    schema,
    query: (text, values) => guarded(() => queryOn(pool)(text, values)),
    transaction: (work) => guarded(async () => inTransaction(await pool.connect(), queryOn, work)),
    close: async () => {
      closing ??= pool.end().catch(() => undefined);
      await closing;
    },
  };
}

/**
 * A connection that has somebody to tell of its end from the first moment to the last. The pool's own listener is away
 * between letting in and handing over: what the server sends in one piece with that, such as FATAL 57P01 while it is
 * killed, would end the process. Source: pg-pool 3.14.0, `_acquireClient`; Node's events, "Error events".
 */
class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    // Whoever uses it hears of it by the failure of the statement, and the pool takes no client back that is broken.
    this.on('error', () => undefined);
  }
}

function withoutNul<T>(value: T): T | string {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

async function inTransaction<T>(
  client: PoolClient,
  queryOn: (client: PoolClient) => Query,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  let isBroken = false;
  // A connection that breaks between two statements, or behind the last of them, is not to be used again.
  const onError = (): void => {
    isBroken = true;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(queryOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A server that does not answer would not answer this either.
    if (isAway(error)) isBroken = true;
    else await client.query('ROLLBACK').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(isBroken);
  }
}

function createTableNames(schema: string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const named = text.replace(/@(\w+)/g, `"${schema}".$1`);
    known.set(text, named);
    return named;
  };
}

async function poolConfig(address: PostgresAddress, limits: PostgresLimits): Promise<PoolConfig> {
  const { host, port, database, user, password } = address;
  return {
    ...{ host, port, database, user },
    ...(password === undefined ? {} : { password }),
    ssl: await tlsOptions(address),
    Client: HeardClient,
    application_name: 'gatehouse',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: limits.connectMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: limits.statementMs,
    // For a server that went away without a word: the statement's own limit cannot end it.
    query_timeout: limits.statementMs + 1_000,
    keepAlive: true,
  };
}

/**
 * Holds an account until the transaction ends, against every other process that holds it too. What follows sees what
 * the one before did.
 */
export async function lockAccount(query: Query, schema: string, userId: string): Promise<void> {
  await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`gatehouse ${schema}`, userId]);
}

/** The same without waiting: false when somebody else holds the account at this moment. */
export async function tryLockAccount(query: Query, schema: string, userId: string): Promise<boolean> {
  const { rows } = await query('SELECT pg_try_advisory_xact_lock(hashtext($1), hashtext($2)) AS is_held', [
    `gatehouse ${schema}`,
    userId,
  ]);
  return rows[0]?.['is_held'] === true;
}
