import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { tempFolder } from '../files/temp-folder.ts';
import type { PostgresServer } from './postgres.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/storage');

/** The databases of earlier versions, as names of their files: `sqlite-schema-5.sql`. */
export const DATABASE_FIXTURES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .toSorted();

/**
 * Makes a copy of one that may be worked on, in a folder of its own or in place of everything of ours on that server; answers where,
 * as `storage:` of the config.
 */
export async function placeFixture(name: string, server: PostgresServer): Promise<string> {
  const script = readFileSync(join(FOLDER, name), 'utf8');
  if (name.startsWith('postgres-')) {
    await server.run('DROP SCHEMA IF EXISTS gatehouse CASCADE');
    await server.run(script);
    return server.url('schema=gatehouse');
  }
  const path = join(await tempFolder(), 'gatehouse.db');
  const db = new DatabaseSync(path);
  db.exec(script);
  db.close();
  return path;
}
