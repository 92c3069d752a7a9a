import { describe, expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { readForReport } from '../../../server/storage/read-for-report.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { usePostgres } from '../../support/storage/temp-postgres.ts';

const server = usePostgres();
const NOW = 1_800_000_000_000;

const PLACES: Readonly<Record<string, () => Promise<string>>> = {
  SQLite: async () => `${await tempFolder()}/gatehouse.db`,
  PostgreSQL: async () => server().freshUrl(),
};

describe.each(Object.entries(PLACES))('what a report is made of, from %s', (_name, makePlace) => {
  test('is what happened last, newest first, and every name, id and address once, also of who is in the audit table alone', async () => {
    const place = await makePlace();
    const storage = await openStorage(place);
    onTestFinished(() => storage.close());
    const anna = { userId: 'a'.repeat(32), userName: 'Anna' };
    await storage.contacts.setAll([
      { ...anna, channel: 'email', address: 'anna@example.org' },
      { ...anna, channel: 'telegram', address: '4711' },
    ]);
    const gone = { userId: 'b'.repeat(32), userName: "o'hara" };
    const entries = ['first', 'second', 'third'].map((event, n) => ({ at: NOW + n, event, ...gone }));
    await storage.audit.addAll([...entries, { at: NOW + 3, event: 'started' }]);

    const read = await readForReport(place, 2);
    expect(read.audit.map(({ event }) => event)).toEqual(['started', 'third']);
    expect(read.names.toSorted()).toEqual(['Anna', "o'hara"]);
    expect(read.userIds.toSorted()).toEqual([anna.userId, gone.userId]);
    expect(read.addresses.toSorted()).toEqual(['4711', 'anna@example.org']);
  });

  test('is not there where nothing was kept yet, and reading it makes nothing', async () => {
    const place = await makePlace();
    await expect(readForReport(place, 10)).rejects.toThrow();
    await expect(readForReport(place, 10)).rejects.toThrow();
    const storage = await openStorage(place);
    onTestFinished(() => storage.close());
    expect((await readForReport(place, 10)).audit).toEqual([]);
  });
});
