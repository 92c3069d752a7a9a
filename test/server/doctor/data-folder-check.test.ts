import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkDataFolder, checkPinFile } from '../../../server/doctor/data-folder-check.ts';
import { createKeylessApi } from '../../../server/jellyfin/data-folder/keyless-api.ts';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeLikeJellyfin } from '../../support/jellyfin/folder-accounts.ts';
import { admit, runDoctor } from '../../support/program/doctor-fixture.ts';

async function start(version: JellyfinVersion = '12.0') {
  const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
  onTestFinished(() => jellyfin.close());
  await makeLikeJellyfin(jellyfin.dataFolder);
  await chmod(jellyfin.dataFolder, 0o755);
  const api = createKeylessApi({ url: jellyfin.url, deviceId: 'gatehouse-test', version: '0.1.0' });
  const settings = (path: string) => ({
    url: jellyfin.url,
    watchDataFolder: 'auto' as const,
    dataFolder: { isAuto: false, places: [{ path, install: 'configured' }] },
  });
  return {
    jellyfin,
    check: (path = jellyfin.dataFolder) => checkDataFolder(settings(path), api),
    tryPin: (name: string, path = jellyfin.dataFolder) => checkPinFile(name, settings(path), api),
  };
}

describe('the finding about the data folder', () => {
  it('says that it is there and may be read, and leaves nothing in it', async () => {
    const { jellyfin, check } = await start();
    const says = expect.stringMatching(/is Jellyfin's data folder.*; reading it would be enough\.$/);
    expect(await check()).toEqual([{ name: 'data-folder', state: 'fine', says }]);
    expect(await readdir(jellyfin.dataFolder)).toEqual(['data']);
  });

  it.each(['10.10.7', '12.0'] as const)(
    'names what was tried, and which folder of Jellyfin %s is missing, as far as it tells',
    async (version) => {
      const { jellyfin, check } = await start(version);
      const missing = join(await tempFolder(), 'none');
      const which =
        version === '12.0' ? `that Jellyfin has as ${jellyfin.dataFolder}` : /passwordreset\*\.json/;
      for (const [path, says] of [
        [missing, `tried ${missing} (missing)`],
        [await tempFolder(), 'is not a data folder of Jellyfin'],
      ] as const) {
        const [finding] = await check(path);
        expect(finding).toMatchObject({
          name: 'data-folder',
          state: 'failed',
          says: expect.stringContaining(says),
        });
        expect(finding?.fix).toMatch(which);
      }
      expect(await readdir(jellyfin.dataFolder)).toEqual(['data']);
    },
  );

  it('warns of a folder and of files that everybody may write', async () => {
    const { jellyfin, check } = await start();
    const file = join(jellyfin.dataFolder, 'passwordreset1.json');
    await writeFile(file, '{}');
    await chmod(file, 0o666);
    expect(await check()).toMatchObject([
      { state: 'failed', says: expect.stringMatching(/change passwordreset1/) },
    ]);
    await chmod(file, 0o644);
    expect(await check()).toMatchObject([{ state: 'fine' }]);
    await chmod(jellyfin.dataFolder, 0o777);
    expect(await check()).toMatchObject([{ state: 'failed', fix: `chmod o-w ${jellyfin.dataFolder}` }]);
  });

  it.each([
    '',
    'null',
    '{"Pin":"1A',
    `{"Pin":"1A-2B-3C-4D","UserName":"a","ExpirationDate":"2026-01-01T00:00:00Z"}}`,
  ])('names the file %j that Jellyfin fails on', async (content) => {
    const { jellyfin, check } = await start();
    const file = join(jellyfin.dataFolder, 'passwordreset1.json');
    await writeFile(file, content);
    expect(await check()).toMatchObject([{ state: 'failed', fix: `Delete ${file}.` }]);
    await rm(file);
    expect(await check()).toMatchObject([{ state: 'fine' }]);
  });
});

describe.each(JELLYFIN_VERSIONS)('the trial of a PIN file of Jellyfin %s', (version) => {
  it('sees it come, with owner and mode, and changes no password', async () => {
    const { jellyfin, tryPin } = await start(version);
    const finding = await tryPin('ALICE');
    const file = (await readdir(jellyfin.dataFolder)).find((name) => name !== 'data') ?? '';
    const says = `${basename(file)} for ALICE came to ${jellyfin.dataFolder} (owner ${process.getuid?.()}, mode 644).`;
    expect(finding).toEqual({ name: 'pin-file', state: 'fine', says });
    expect(jellyfin.user('alice').password).toBe('alice-pw-1');
  });

  it('says what to mend where the folder is none or another, or Jellyfin is away', async () => {
    const { jellyfin, tryPin } = await start(version);
    const none = join(await tempFolder(), 'none');
    expect(await tryPin('alice', none)).toMatchObject({
      ...{ name: 'pin-file', state: 'failed', says: 'There is no folder to see one in.' },
      fix: expect.stringContaining('jellyfin.dataFolder'),
    });
    const other = await tempFolder();
    await makeLikeJellyfin(other);
    await chmod(other, 0o755);
    expect(await tryPin('alice', other)).toMatchObject({ name: 'pin-file', state: 'failed' });
    await jellyfin.close();
    expect(await tryPin('alice', other)).toMatchObject({
      ...{ name: 'pin-file', state: 'failed', fix: 'Start Jellyfin, or correct jellyfin.url.' },
    });
  });
});

describe('gatehouse doctor', () => {
  it('says what it found of the data folder, and tries a PIN file when told', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    await makeLikeJellyfin(jellyfin.dataFolder);
    const lines = { jellyfin: `{ url: '${jellyfin.url}', dataFolder: '${jellyfin.dataFolder}' }` };
    const { folder } = await admit({ lines });
    const { out, err, code } = await runDoctor(['--pin-file', 'alice'], folder);
    expect(err).toBe(
      'Jellyfin is asked for a PIN file for alice now; an earlier PIN of theirs dies. A Gatehouse that runs takes it for their wish and sends them a message: tell them that it was you.\n',
    );
    expect(out).toMatch(/^✓ data-folder {6}\/.* is Jellyfin's data folder/m);
    expect(out).toMatch(/^✓ pin-file {9}passwordreset[0-9a-f]{32}\.json for alice came to/m);
    expect(code).toBe(0);
  });
});
