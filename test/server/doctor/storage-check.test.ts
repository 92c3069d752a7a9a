import { expect, test } from 'vitest';
import { checkStorage } from '../../../server/doctor/reset-checks.ts';
import { POSTGRES_PASSWORD } from '../../support/storage/postgres.ts';
import { loadConfigWithStorage } from '../../support/storage/storage-config.ts';
import { tempPostgresStorage, usePostgres } from '../../support/storage/temp-postgres.ts';

const server = usePostgres();

/** What doctor finds about that storage, read from a config as people write it. */
async function look(storage: string) {
  const config = await loadConfigWithStorage(storage);
  const found = await checkStorage(config.reset, config.storage);
  for (const secret of [POSTGRES_PASSWORD, encodeURIComponent(POSTGRES_PASSWORD)])
    expect(JSON.stringify(found)).not.toContain(secret);
  return found;
}

test('doctor says of PostgreSQL that it can be used, will be made, or is away, and changes nothing', async () => {
  const empty = server().freshUrl();
  for (let i = 0; i < 2; i++) {
    const { finding, contacts } = await look(empty);
    expect(finding).toMatchObject({ state: 'fine', says: expect.stringContaining('will be made') });
    expect(contacts).toEqual([]);
  }
  const storage = await tempPostgresStorage(server());
  await storage.contacts.set({ userId: '1', userName: 'anna', channel: 'email', address: 'a@example.org' });
  const used = await look(storage.url);
  expect(used).toMatchObject({ finding: { state: 'fine' }, contacts: [{ userId: '1' }] });
  expect(used.finding.says).toContain(`PostgreSQL 127.0.0.1:${server().port}/postgres`);
  const refused = await look(storage.url.replace(/%25@/, '-wrong@'));
  expect(refused.finding).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('refuses our user name or password'),
  });
});
