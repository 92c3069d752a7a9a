import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../../../server/storage/sqlite/migrate.ts';

const version = (db: DatabaseSync) => db.prepare('PRAGMA user_version').get()?.['user_version'];

test('each step runs once, in order', async () => {
  const db = new DatabaseSync(':memory:');
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y'];
  await migrate(db, { migrations: steps.slice(0, 1) });
  expect(version(db)).toBe(1);
  await migrate(db, { migrations: steps });
  await migrate(db, { migrations: steps });
  expect(version(db)).toBe(2);
  expect(db.prepare('SELECT name FROM pragma_table_info(?)').all('a')).toEqual([
    { name: 'x' },
    { name: 'y' },
  ]);
});

test('a step that fails leaves the schema of the step before', async () => {
  const db = new DatabaseSync(':memory:');
  const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)'];
  await migrate(db, { migrations: steps.slice(0, 1) });
  await expect(migrate(db, { migrations: steps })).rejects.toThrow();
  expect(version(db)).toBe(1);
  expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'a' }]);
});
