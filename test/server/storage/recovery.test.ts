import { chmod, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createResetService } from '../../../server/reset/reset-service.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { restoreDatabase } from '../../../server/storage/sqlite/restore.ts';
import { holdFile } from '../../support/files/file-holder.ts';
import { MAY_MOUNT, mountSmallDisk } from '../../support/files/small-disk.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { POSTGRES_PASSWORD, startPostgres } from '../../support/storage/postgres.ts';
import { loadConfigWithStorage } from '../../support/storage/storage-config.ts';

const contact = { userId: '1', userName: 'anna', channel: 'email', address: 'a@example.org' } as const;
const asked = { enteredName: 'anna', clientAddress: '192.0.2.1', acceptLanguage: 'en' };

/** How soon a database is tried again. */
const REOPEN_MS = 100;

/** Starts the reset service over a storage, and tries again soon where it cannot be opened. */
async function startService(storage: string) {
  const config = await loadConfigWithStorage(storage);
  if (config.reset === undefined) throw new Error('the config has a reset');
  const kept = keepLines();
  const service = createResetService({
    reset: config.reset,
    jellyfinUrl: config.jellyfin.url,
    storage: config.storage,
    uiFolder: await tempFolder(),
    log: kept.log,
    reopenMs: REOPEN_MS,
  });
  onTestFinished(() => service.close());
  return { service, kept };
}

/** A database that cannot be used, and how that is mended. */
interface Patient {
  readonly location: string;
  readonly mend: () => Promise<unknown>;
}

async function newFile(): Promise<string> {
  const path = join(await tempFolder(), 'gatehouse.db');
  const storage = await openStorage(path);
  await storage.contacts.set(contact);
  await storage.close();
  return path;
}

async function damaged(spoil: (bytes: Buffer) => void): Promise<Patient> {
  const location = await newFile();
  const backup = `${location}.backup`;
  await copyFile(location, backup);
  const bytes = await readFile(location);
  spoil(bytes);
  await writeFile(location, bytes);
  return { location, mend: () => restoreDatabase(backup, location, new Date()) };
}

/** The file is put aside by its owner; ours is made anew. */
async function strange(sql: string, make: () => Promise<string>): Promise<Patient> {
  const location = await make();
  const db = new DatabaseSync(location);
  db.exec(sql);
  db.close();
  return { location, mend: () => rename(location, `${location}.aside`) };
}

const PATIENTS: readonly (readonly [string, RegExp, () => Promise<Patient>])[] = [
  [
    'storage-folder-missing',
    /there is no folder .*; make it/,
    async () => {
      const location = join(await tempFolder(), 'missing', 'gatehouse.db');
      return { location, mend: () => mkdir(dirname(location)) };
    },
  ],
  ['storage-corrupt', /its first bytes are damaged/, () => damaged((bytes) => bytes.fill(0x5a, 0, 100))],
  [
    'storage-corrupt',
    /is damaged\b.*gatehouse restore/,
    () => damaged((bytes) => bytes.fill(0x5a, 4096 * 2)),
  ],
  ['storage-newer', /install the newer Gatehouse/, () => strange('PRAGMA user_version = 99', newFile)],
  [
    'storage-foreign',
    /of another program/,
    () => strange('CREATE TABLE films (name)', async () => join(await tempFolder(), 'library.db')),
  ],
  [
    'storage-busy',
    /is held by another process/,
    async () => {
      const location = await newFile();
      return { location, mend: await holdFile(location) };
    },
  ],
  [
    'storage-unreachable',
    /cannot be reached; start it/,
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.close());
      await server.kill();
      return { location: server.url(), mend: () => server.start() };
    },
  ],
];

describe('a reset service whose database cannot be used at start', () => {
  test.each(PATIENTS)(
    'says %s (%s), and works without a restart when it is mended',
    async (code, fix, make) => {
      const { location, mend } = await make();
      const before = await readFile(location).catch(() => undefined);
      const { service, kept } = await startService(location);

      await expect(service.requestReset(asked)).rejects.toThrow('the database is not open');
      expect(await service.report()).toMatchObject({ storage: 'unavailable' });
      // Tried again, and not said again.
      await setTimeout(5 * REOPEN_MS);
      expect(kept.of('storage-unavailable')).toHaveLength(1);
      const [line] = kept.of('storage-unavailable');
      expect(line?.['err']).toMatchObject({ code, message: expect.stringMatching(fix) });
      expect(await readFile(location).catch(() => undefined)).toEqual(before);
      expect(kept.text()).not.toContain(POSTGRES_PASSWORD);
      expect(kept.text()).not.toContain(encodeURIComponent(POSTGRES_PASSWORD));

      await mend();
      await vi.waitFor(() => service.requestReset(asked));
      expect(await service.report()).toMatchObject({ storage: 'open', outbox: { waiting: 1 } });
      expect(kept.of('storage-back')).toHaveLength(1);
    },
  );

  // biome-ignore lint/plugin: a disk that is full has to be mounted, which root on Linux may
  test.runIf(MAY_MOUNT)('on a disk that is full says so, and works when there is room', async () => {
    const disk = mountSmallDisk(1024 * 1024);
    await disk.fill();
    const { service, kept } = await startService(join(disk.folder, 'gatehouse.db'));
    await expect(service.requestReset(asked)).rejects.toThrow();
    expect(kept.of('storage-unavailable')[0]?.['err']).toMatchObject({ code: 'storage-full' });
    await disk.free();
    await vi.waitFor(() => service.requestReset(asked));
  });

  // biome-ignore lint/plugin: nothing stops root from writing but a disk mounted read-only
  test.runIf(MAY_MOUNT || process.getuid?.() !== 0)('that may only be read says so', async () => {
    const { folder, setReadOnly } = await lockable();
    const path = join(folder, 'gatehouse.db');
    await (await openStorage(path)).close();
    await setReadOnly(true);
    const { service, kept } = await startService(path);
    await expect(service.requestReset(asked)).rejects.toThrow();
    expect(kept.of('storage-unavailable')[0]?.['err']).toMatchObject({
      code: 'storage-not-writable',
      message: expect.stringContaining('let the user Gatehouse runs as own the file and its folder'),
    });
    await setReadOnly(false);
    await vi.waitFor(() => service.requestReset(asked));
  });
});

/** A folder that can be made read-only with what is in it; modes mean nothing to root. */
async function lockable() {
  if (MAY_MOUNT) {
    const disk = mountSmallDisk(1024 * 1024);
    return { folder: disk.folder, setReadOnly: async (is: boolean) => disk.setReadOnly(is) };
  }
  const folder = await tempFolder();
  const setReadOnly = async (is: boolean): Promise<void> => {
    await chmod(join(folder, 'gatehouse.db'), is ? 0o400 : 0o600);
    await chmod(folder, is ? 0o500 : 0o700);
  };
  return { folder, setReadOnly };
}
