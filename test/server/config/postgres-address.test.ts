import { describe, expect, test } from 'vitest';
import { dumpCommand, psqlCommand } from '../../../server/commands/backup.ts';
import {
  findAddressFault,
  isPostgresAddress,
  parsePostgresAddress,
} from '../../../server/config/postgres-address.ts';

describe('an address of PostgreSQL', () => {
  test('names server, database and user, with the password decoded', () => {
    expect(parsePostgresAddress('postgres://gate:p%40s%2Fs@db.example.org/house')).toEqual({
      host: 'db.example.org',
      port: 5432,
      database: 'house',
      user: 'gate',
      password: 'p@s/s',
      schema: 'gatehouse',
      tls: 'disable',
      caFile: undefined,
      place: 'PostgreSQL db.example.org:5432/house',
    });
  });

  test.each([
    [
      'postgresql://gate@[::1]:5433/house',
      { host: '::1', port: 5433, password: undefined, place: 'PostgreSQL [::1]:5433/house' },
    ],
    ['postgres://gate@localhost/house?host=/run/pg', { host: '/run/pg', place: 'PostgreSQL /run/pg/house' }],
    [
      'postgres://gate@db/house?schema=own',
      { schema: 'own', place: 'PostgreSQL db:5432/house (schema own)' },
    ],
    [
      'postgres://gate@db/house?sslmode=verify-full&sslrootcert=/ca.pem',
      { tls: 'verify-full', caFile: '/ca.pem' },
    ],
  ])('%s', (text, expected) => {
    expect(parsePostgresAddress(text)).toMatchObject(expected);
  });

  test.each([
    ['postgres:gate@db/house', 'must begin with postgres://'],
    ['postgres://gate:secret/word@db/house', 'is no address'],
    ['postgres://gate:secret%zz@db/house', 'has a % that encodes nothing'],
    ['postgres://gate:secret@db/house#1', 'must not hold a #'],
    ['postgres://db/house', 'must name a user'],
    ['postgres://gate:secret@db', 'must end with the name of a database'],
    ['postgres://gate:secret@db/house/room', 'must end with the name of a database'],
    ['postgres://gate:secret@db/house?password=secret', 'may hold host, schema, sslmode, sslrootcert'],
    ['postgres://gate:secret@db/house?schema=a&schema=b', 'may hold host, schema, sslmode, sslrootcert'],
    ['postgres://gate:secret@db/house?sslmode=allow', 'has an unknown sslmode'],
    ['postgres://gate:secret@db/house?schema=a"b', 'has a schema that is no plain name'],
    ['postgres://gate:secret@db/house?sslrootcert=ca.pem', 'has an sslrootcert that is no absolute path'],
  ])('%s: what is wrong is said without the password', (text, words) => {
    expect(isPostgresAddress(text)).toBe(true);
    expect(findAddressFault(text)).toContain(words);
    expect(findAddressFault(text)).not.toContain('secret');
    expect(() => parsePostgresAddress(text)).toThrow(words);
  });

  test('becomes the commands of a dump, without the password and safe for a shell', () => {
    const address = parsePostgresAddress('postgres://gate:secret@db/my%20house?schema=own');
    expect(dumpCommand(address, "/tmp/it's.sql")).toBe(
      `pg_dump --host=db --port=5432 --username=gate --schema=own --file='/tmp/it'\\''s.sql' 'my house'`,
    );
    expect(psqlCommand(address, '/tmp/a.sql')).toBe(
      `psql --host=db --port=5432 --username=gate --single-transaction --set=ON_ERROR_STOP=1 --file=/tmp/a.sql 'my house'`,
    );
  });
});
