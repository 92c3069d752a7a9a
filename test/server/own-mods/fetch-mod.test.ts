import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { changeLock, readLock } from '../../../injector/files/lock-file.ts';
import { describeOrigin, fetchMod, isOther } from '../../../server/own-mods/fetch-mod.ts';
import { modFilesSettings } from '../../support/files/mod-files-settings.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startFileServer } from '../../support/network/file-server.ts';

const DAY = Date.UTC(2026, 10, 29);
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

it('an archive is told with where it came from, its SHA-256, and that it came over http', async () => {
  const { url, files } = await startFileServer({ '/v1.tgz': 'archive' });
  files['/latest'] = (response) => response.writeHead(302, { Location: '/v1.tgz' }).end();
  const fetched = await fetchMod(`${url}/latest#top`, modFilesSettings(await tempFolder()), DAY);
  expect(fetched.bytes.toString()).toBe('archive');
  expect(describeOrigin(fetched)).toEqual([
    `from ${url}/latest`,
    `which leads to ${url}/v1.tgz`,
    `7 bytes, sha256 ${sha256Of('archive')}`,
  ]);
  const far = { ...fetched, address: 'http://example.org/mod.tgz', movedTo: 'https://example.org/v1.tgz' };
  expect(describeOrigin(far)).toContain('IT CAME OVER HTTP: ANYBODY ON THE WAY COULD HAVE CHANGED IT');
});

it('what was added is known the next time: the same bytes, or others', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { url, files } = await startFileServer({ '/mod.tgz': 'one' });
  const first = await fetchMod(`${url}/mod.tgz`, settings, DAY);
  expect(isOther(first)).toBe(false);
  await first.note('film-night');
  const same = await fetchMod(`${url}/mod.tgz`, settings, DAY + 86_400_000);
  expect(isOther(same)).toBe(false);
  expect(describeOrigin(same).at(-1)).toBe(
    'the same bytes as on 2026-11-29, when film-night was added from there',
  );
  files['/mod.tgz'] = 'two';
  const other = await fetchMod(`${url}/mod.tgz`, settings, DAY + 86_400_000);
  expect(isOther(other)).toBe(true);
  expect(describeOrigin(other).at(-1)).toBe(
    `IT IS NOT WHAT IT WAS ON 2026-11-29, when film-night was added from there (sha256 ${sha256Of('one')})`,
  );
});

it('a mod is of one address at a time, and stands beside what files stand for', async () => {
  const settings = modFilesSettings(await tempFolder());
  const style = { sha256: sha256Of('style'), bytes: 5, fetched: '2026-11-28' };
  await changeLock(settings.lockFile, new Map([['https://example.org/a.css', style]]));
  const { url } = await startFileServer({ '/v1.tgz': 'one', '/v2.tgz': 'two', '/other.tgz': 'three' });
  for (const [path, mod] of [
    ['v1', 'film-night'],
    ['other', 'other'],
    ['v2', 'film-night'],
  ])
    await (await fetchMod(`${url}/${path}.tgz`, settings, DAY)).note(mod ?? '');
  const lock = parse(await readFile(settings.lockFile, 'utf8'));
  expect(lock.added).toEqual({
    [`${url}/other.tgz`]: { mod: 'other', sha256: sha256Of('three'), bytes: 5, fetched: '2026-11-29' },
    [`${url}/v2.tgz`]: { mod: 'film-night', sha256: sha256Of('two'), bytes: 3, fetched: '2026-11-29' },
  });
  // Nothing of it is forgotten when files are taken anew.
  expect([...(await readLock(settings.lockFile)).keys()]).toEqual(['https://example.org/a.css']);
  await changeLock(settings.lockFile, new Map([['https://example.org/a.css', undefined]]));
  expect(parse(await readFile(settings.lockFile, 'utf8')).added).toEqual(lock.added);
});

it('is refused in one sentence: nothing there, too much, nobody at home unless named, a lock that is broken', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { url, asked } = await startFileServer({ '/large.tgz': Buffer.alloc(8 * 1024 * 1024 + 1) });
  await expect(fetchMod(`${url}/no.tgz`, settings, DAY)).rejects.toThrow(
    `${url}/no.tgz is not there (404); open it in a browser`,
  );
  await expect(fetchMod(`${url}/large.tgz`, settings, DAY)).rejects.toThrow(
    /\/large\.tgz is larger than 8 MB/,
  );
  asked.splice(0);
  await expect(fetchMod(`${url}/no.tgz`, { ...settings, allowPrivate: [] }, DAY)).rejects.toThrow(
    /add 127\.0\.0\.1 to files\.allowPrivate$/,
  );
  await writeFile(settings.lockFile, 'added: [1]\n');
  await expect(fetchMod(`${url}/no.tgz`, settings, DAY)).rejects.toThrow(
    /^mods\.lock\.yaml does not hold what/,
  );
  expect(asked).toEqual([]);
});
