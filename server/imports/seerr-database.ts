import { basename } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { findAddressFault, type PostgresAddress, parsePostgresAddress } from '../config/postgres-address.ts';
import { type ContactSource, type FoundContact, SourceError } from '../ports/contact-source.ts';
import { tlsOptions } from '../storage/postgres/tls-options.ts';
import type { AskSecret } from './source-definition.ts';
import { readSqliteCopy } from './sqlite-copy.ts';

/** People read at once. */
export const PAGE_ROWS = 1_000;

/** How long the server may take for a page, in milliseconds. */
export const ROWS_MS = 60_000;

/**
 * People with an account in Jellyfin, from an id on. The names are quoted for PostgreSQL, where they have capitals; SQLite
 * takes them so too. Source: Seerr 3.1, server/entity/User.ts and UserSettings.ts; its first migrations, 2020 to 2024.
 */
function statement(first: string, limit: string): string {
  return `SELECT u."id" AS id, u."jellyfinUserId" AS jellyfin_id, u."jellyfinUsername" AS name, u."email" AS email,
                 s."discordId" AS discord, s."telegramChatId" AS telegram
          FROM "user" u LEFT JOIN "user_settings" s ON s."userId" = u."id"
          WHERE u."id" > ${first} AND u."jellyfinUserId" IS NOT NULL AND u."jellyfinUserId" <> ''
          ORDER BY u."id" LIMIT ${limit}`;
}

/** A person, as the statement or Seerr's API gives them. */
export interface SeerrUser {
  readonly id: number;
  readonly jellyfinId: string;
  readonly name: string | undefined;
  readonly email: string;
  readonly discord: string | undefined;
  readonly telegram: string | undefined;
}

/**
 * The contacts of a person. Seerr must have a mail address of everybody and puts the user name where it has none, so what has
 * no @ is none. Its switches of notices are about requests of films, and keep nobody from being reached.
 */
export function contactsOfSeerrUser(user: SeerrUser): readonly FoundContact[] {
  const who = { row: user.id, jellyfinId: user.jellyfinId, name: user.name };
  const chats = (['discord', 'telegram'] as const).flatMap((channel) => {
    const address = user[channel] ?? '';
    return address === '' ? [] : [{ ...who, channel, address }];
  });
  const hasMail = user.email.includes('@');
  if (!hasMail && chats.length > 0) return chats;
  return [{ ...who, channel: 'email', address: hasMail ? user.email : '' }, ...chats];
}

function toUser(row: Readonly<Record<string, unknown>>): SeerrUser {
  const textOf = (name: string) => {
    const value = row[name];
    return value === null || value === undefined || value === '' ? undefined : String(value);
  };
  return {
    id: Number(row['id']),
    jellyfinId: textOf('jellyfin_id') ?? '',
    name: textOf('name'),
    email: textOf('email') ?? '',
    discord: textOf('discord'),
    telegram: textOf('telegram'),
  };
}

/** Makes a source of the SQLite database of Seerr or Jellyseerr: `db/db.sqlite3` in its folder. */
export function createSeerrSqliteSource(path: string): ContactSource {
  return {
    place: basename(path),
    rowWord: 'user',
    share: () => undefined,
    async *read() {
      yield* readSqliteCopy(path, 'Seerr or Jellyseerr', function* (db) {
        for (const row of db.prepare(statement('0', '-1')).iterate()) yield* contactsOfSeerrUser(toUser(row));
      });
    },
  };
}

/**
 * Makes a source of the PostgreSQL database of Seerr or Jellyseerr. Reads in transactions that may not write.
 *
 * @param text `postgres://user@host/seerr`, without a password, with the parameters of `storage`.
 * @throws {SourceError} when it is none.
 */
export async function createSeerrPostgresSource(text: string, askSecret: AskSecret): Promise<ContactSource> {
  const fault = findAddressFault(text);
  if (fault !== undefined) throw new SourceError(`the address of the database ${fault}`);
  const address = parsePostgresAddress(text);
  const schema = new URL(text).searchParams.get('schema') ?? undefined;
  const password = await askSecret(`password of ${address.user} in PostgreSQL`);
  const place = `PostgreSQL ${address.host}/${address.database}`;
  return {
    place,
    rowWord: 'user',
    share: () => undefined,
    async *read() {
      const client = new Client(await clientConfig(address, schema, password));
      // What happens to it is told by the statement that fails.
      client.on('error', () => undefined);
      try {
        await client.connect();
        for (let last = 0; ; ) {
          const { rows } = await client.query<Record<string, unknown>>(statement('$1', '$2'), [
            last,
            PAGE_ROWS,
          ]);
          for (const row of rows) yield* contactsOfSeerrUser(toUser(row));
          if (rows.length < PAGE_ROWS) return;
          last = Number(rows.at(-1)?.['id']);
        }
      } catch (error) {
        throw explain(error, place);
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}

async function clientConfig(
  address: PostgresAddress,
  schema: string | undefined,
  password: string,
): Promise<ClientConfig> {
  const { host, port, database, user } = address;
  const path = schema === undefined ? '' : ` -c search_path=${schema}`;
  return {
    ...{ host, port, database, user, password },
    ssl: await tlsOptions(address),
    application_name: 'gatehouse import',
    options: `-c default_transaction_read_only=on${path}`,
    connectionTimeoutMillis: 10_000,
    statement_timeout: ROWS_MS,
    query_timeout: ROWS_MS + 1_000,
  };
}

/** Source: PostgreSQL 17 manual, appendix A, error codes. */
function explain(error: unknown, place: string): unknown {
  if (error instanceof SourceError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('28'))
    return new SourceError(`${place} does not let this user in; correct the user or the password`);
  if (code === '3D000') return new SourceError(`${place} does not exist; correct the name of the database`);
  if (code === '42P01' || code === '42703')
    return new SourceError(
      `${place} is no database of Seerr or Jellyseerr that Gatehouse knows; name its schema with ?schema=... if it has one`,
    );
  if (code === '42501')
    return new SourceError(`${place} does not let this user read the tables of Seerr; grant it SELECT`);
  return new SourceError(`${place} cannot be read (${code === '' ? 'no answer in time' : code})`);
}
