import { expect, test } from 'vitest';
import { killPostgresInUse } from '../../support/storage/postgres-kills.ts';
import { cutWhileKeeping, killWhileMigrating } from '../../support/storage/storage-storms.ts';
import { tempPostgresStorage, usePostgres } from '../../support/storage/temp-postgres.ts';

const server = usePostgres();

test('kill -9 while a SQLite file is brought up to date leaves one schema or the other (C10, shortened)', async () => {
  await killWhileMigrating(5);
});

test('connections to PostgreSQL that are cut all the while lose nothing that was promised (C21, shortened)', async () => {
  await cutWhileKeeping(server(), await tempPostgresStorage(server()), 300);
});

test(
  'PostgreSQL killed at random moments ends nobody who uses it (C21, shortened)',
  { timeout: 120_000 },
  () => killPostgresInUse(server(), 8),
);

test('limits outlive a restart of the database and of us (C23)', async () => {
  const { openStorage } = await import('../../../server/storage/open-storage.ts');
  const { limits, url } = await tempPostgresStorage(server());
  const allowance = { points: 2, windowMs: 60_000 };
  for (let i = 0; i < 3; i++) await limits.take('everybody', allowance, 1);
  await server().kill();
  await server().start();
  const again = await openStorage(url);
  expect(await again.limits.read('everybody', 2)).toMatchObject({ isWithin: false, used: 3 });
  await again.close();
});
