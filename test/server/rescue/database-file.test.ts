import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { examineFile } from '../../../server/rescue/database-file.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeDatabase } from '../../support/rescue/jellyfin-database.ts';

const disk = vi.hoisted(() => ({ type: 0xef53 }));

// No network file system can be mounted everywhere; the kernel's number for it is all that is looked at.
vi.mock('node:fs/promises', async (load) => ({
  ...(await load<typeof import('node:fs/promises')>()),
  statfs: async () => ({ type: disk.type }),
}));

test.each([
  ['NFS', 0x6969],
  ['CIFS', 0xff534d42],
  ['FUSE', 0x65735546],
])('a database on %s is left alone, and the ways out are named', async (_name, type) => {
  const { path } = await makeDatabase('12.0');
  disk.type = type;
  await expect(examineFile(path)).rejects.toThrow(/network or FUSE file system.*--way pin/);
  disk.type = 0xef53;
  expect(await examineFile(path)).toMatchObject({ path, hasLog: false, readOnlyBecause: undefined });
});

test('a folder is no database, and neither is what is not there', async () => {
  const folder = join(await tempFolder(), 'jellyfin.db');
  await expect(examineFile(folder)).rejects.toThrow(`${folder} cannot be looked at (ENOENT)`);
  await mkdir(folder);
  await expect(examineFile(folder)).rejects.toThrow(`${folder} is no file; name jellyfin.db`);
});
