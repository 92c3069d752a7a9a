import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFolderPlaces } from '../../../../server/config/data-folder-places.ts';
import { explainNotFound, findDataFolder } from '../../../../server/jellyfin/data-folder/find-data-folder.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';

const pathsOf = (surroundings: Partial<Parameters<typeof dataFolderPlaces>[0]>): string[] =>
  dataFolderPlaces({ environment: {}, platform: 'linux', home: '/home/ada', ...surroundings }).map(
    ({ path }) => path,
  );

describe('the places of the data folder', () => {
  it('on Linux are those of the images, the packages and a bare server, what Jellyfin itself is told first', () => {
    const environment = { JELLYFIN_DATA_DIR: '/srv/jellyfin', XDG_DATA_HOME: '/home/ada/.data' };
    expect(pathsOf({ environment })).toEqual([
      '/srv/jellyfin',
      '/jellyfin',
      '/config/data',
      '/config',
      '/var/lib/jellyfin',
      '/var/db/jellyfin',
      '/home/ada/.data/jellyfin',
      '/home/ada/.local/share/jellyfin',
      '/home/ada/.var/app/org.jellyfin.JellyfinServer/data/jellyfin',
    ]);
    expect(pathsOf({})[0]).toBe('/jellyfin');
  });

  it('on Windows are those of the installers, old and new', () => {
    const environment = { ProgramData: 'C:\\ProgramData', LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' };
    expect(pathsOf({ environment, platform: 'win32' })).toEqual([
      'C:\\ProgramData\\Jellyfin\\Server',
      'C:\\Users\\ada\\AppData\\Local\\jellyfin',
    ]);
  });

  it('on a Mac are that of the app, and of a bare server', () => {
    expect(pathsOf({ platform: 'darwin', home: '/Users/ada' })).toEqual([
      '/Users/ada/Library/Application Support/jellyfin',
      '/Users/ada/.local/share/jellyfin',
    ]);
  });
});

/** Folders below a new one, each with the files that stand behind its name. */
async function lay(tree: Readonly<Record<string, readonly string[]>>) {
  const root = await tempFolder();
  const places = Object.keys(tree).map((name) => ({ path: join(root, name), install: name }));
  for (const [name, files] of Object.entries(tree)) {
    await mkdir(join(root, name), { recursive: true });
    for (const file of files) {
      await mkdir(join(root, name, file, '..'), { recursive: true });
      await writeFile(join(root, name, file), '');
    }
  }
  return { root, places };
}

describe('the data folder', () => {
  it.each([
    ['its database', ['data/jellyfin.db']],
    ['its folders', ['root/x', 'plugins/x']],
    ['a PIN file', ['passwordreset6e2030dcd031561296d17289f6fe5c33.json']],
  ])('is known by %s', async (_by, files) => {
    const { places } = await lay({ empty: [], other: ['data/other.db', 'root/x'], right: files });
    expect(await findDataFolder({ isAuto: true, places })).toMatchObject({
      kind: 'found',
      folder: { install: 'right', isOfJellyfin: true, mayWrite: true },
    });
  });

  it('of linuxserver is the folder data in the mount, and of Jellyfin the mount itself', async () => {
    const linuxserver = await lay({ 'config/data': ['data/jellyfin.db'], config: ['data/data/jellyfin.db'] });
    const official = await lay({ 'config/data': ['jellyfin.db'], config: ['data/jellyfin.db'] });
    const pathOf = async ({ places }: Awaited<ReturnType<typeof lay>>) => {
      const finding = await findDataFolder({ isAuto: true, places });
      return finding.kind === 'found' ? finding.folder.path : undefined;
    };
    expect(await pathOf(linuxserver)).toBe(join(linuxserver.root, 'config/data'));
    expect(await pathOf(official)).toBe(join(official.root, 'config'));
  });

  it('that is nowhere is said to be nowhere, with each place and why', async () => {
    const { root, places } = await lay({ empty: [], closed: ['data/jellyfin.db'] });
    await writeFile(join(root, 'file'), '');
    places.push({ path: join(root, 'file'), install: '' }, { path: join(root, 'none'), install: '' });
    const finding = await findDataFolder({
      isAuto: true,
      places: places.filter(({ install }) => install !== 'closed'),
    });
    if (finding.kind === 'found') throw new Error('nothing was there');
    expect(finding.tried.map(({ why }) => why)).toEqual(['not of Jellyfin', 'not a folder', 'missing']);
    expect(explainNotFound(finding.tried)).toBe(
      `Jellyfin's data folder was not found; tried ${root}/empty (not of Jellyfin), ${root}/file (not a folder), ${root}/none (missing).`,
    );
  });

  it('that was named is taken even if it looks like nothing yet, with its owner and mode', async () => {
    const { places } = await lay({ named: [] });
    await chmod(places[0]?.path ?? '', 0o750);
    const finding = await findDataFolder({ isAuto: false, places });
    expect(finding).toMatchObject({
      kind: 'found',
      folder: { isOfJellyfin: false, mode: 0o750, ownerId: process.getuid?.() },
    });
  });

  it('that may not be listed is said so', async () => {
    const { places } = await lay({ closed: ['data/jellyfin.db'] });
    const path = places[0]?.path ?? '';
    await chmod(path, 0o000);
    onTestFinished(() => chmod(path, 0o755));
    // Nothing is closed to root; a name too long for the system cannot be looked at by anybody.
    const isRoot = process.getuid?.() === 0;
    const closed = isRoot ? [{ path: join(path, 'x'.repeat(5_000)), install: 'x' }] : places;
    expect(await findDataFolder({ isAuto: false, places: closed })).toMatchObject({
      tried: [{ why: 'may not be read' }],
    });
  });
});
