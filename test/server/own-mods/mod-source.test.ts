import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { describe, expect, it } from 'vitest';
import { fetchMod } from '../../../server/own-mods/fetch-mod.ts';
import { MOD_SOURCE_LIMITS, type ModSource, readModSource } from '../../../server/own-mods/mod-source.ts';
import { modFilesSettings } from '../../support/files/mod-files-settings.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startFileServer } from '../../support/network/file-server.ts';

interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly type?: 'File' | 'Link' | 'SymbolicLink' | 'FIFO' | 'CharacterDevice';
  /** What the header says; default: that of the text. */
  readonly size?: number;
}

/** An archive with whatever entries, also those that no program would write. */
function tarOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, text = '', type = 'File', size }) => {
    const body = Buffer.from(text);
    const isLink = type === 'Link' || type === 'SymbolicLink';
    const linkpath = isLink ? { linkpath: '/etc/passwd' } : {};
    const header = new Header({ path, type, mode: 0o644, size: size ?? body.length, ...linkpath });
    header.encode();
    const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
    return [header.block ?? Buffer.alloc(512), body, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const archiveOf = (entries: readonly Entry[]): Buffer => gzipSync(tarOf(entries));

async function asFile(archive: Buffer): Promise<ModSource> {
  const file = join(await tempFolder(), 'mod.tgz');
  await writeFile(file, archive);
  return file;
}

/** Really fetched from a server. */
async function asFetched(archive: Buffer): Promise<ModSource> {
  const { url } = await startFileServer({ '/mod.tgz': archive });
  return await fetchMod(`${url}/mod.tgz`, modFilesSettings(await tempFolder()), Date.now());
}

const YAML: Entry = { path: 'mod.yaml', text: 'name: x' };

describe.each([
  ['a file', asFile],
  ['an address', asFetched],
])('the archive of a mod at %s', (_where, place) => {
  const read = async (archive: Buffer) => readModSource(await place(archive));

  it('has its files at the top, or in one folder, without hidden ones', async () => {
    for (const top of ['', './', 'film-night/', 'package/']) {
      const files = await read(
        archiveOf([
          { ...YAML, path: `${top}mod.yaml` },
          { path: `${top}pictures/a.svg`, text: '<svg/>' },
          { path: `${top}.git/config`, text: 'x' },
        ]),
      );
      expect([...files.keys()].sort()).toEqual(['mod.yaml', 'pictures/a.svg']);
      expect(files.get('mod.yaml')?.toString()).toBe('name: x');
    }
  });

  it.each<[string, Entry, RegExp]>([
    ['leads out', { path: '../evil.css', text: 'x' }, /"\.\.\/evil\.css" leads out/],
    ['leads out from within', { path: 'a/../../evil.css', text: 'x' }, /leads out/],
    ['is absolute', { path: '/etc/evil.css', text: 'x' }, /leads out/],
    ['has a drive', { path: 'C:/evil.css', text: 'x' }, /leads out/],
    ['is a symbolic link', { path: 'a.css', type: 'SymbolicLink' }, /"a\.css" is a link/],
    ['is a hidden link', { path: '.a.css', type: 'SymbolicLink' }, /"\.a\.css" is a link/],
    ['is a hard link', { path: 'a.css', type: 'Link' }, /"a\.css" is a link/],
    ['is a pipe', { path: 'a.css', type: 'FIFO' }, /"a\.css" is a link, or no regular file/],
    ['is a device', { path: 'a.css', type: 'CharacterDevice' }, /"a\.css" is a link, or no regular file/],
    ['is there twice', { path: 'MOD.yaml', text: 'x' }, /"MOD\.yaml" is in it twice/],
    ['says to be too large', { path: 'a.css', size: MOD_SOURCE_LIMITS.bytes + 1 }, /is larger than 8 MB/],
  ])('is refused when an entry %s', async (_what, entry, sentence) => {
    await expect(read(archiveOf([YAML, entry]))).rejects.toThrow(sentence);
    await expect(read(archiveOf([entry, YAML]))).rejects.toThrow(
      entry.path === 'MOD.yaml' ? /is in it twice/ : sentence,
    );
  });

  it('is refused when there are too many entries, or its mod.yaml is too large', async () => {
    const many = Array.from({ length: MOD_SOURCE_LIMITS.files }, (_, index) => ({ path: `${index}.css` }));
    await expect(read(archiveOf([YAML, ...many]))).rejects.toThrow(/more than 300 files/);
    const long = { ...YAML, text: `name: x\n${'#'.repeat(256 * 1024)}` };
    await expect(read(archiveOf([long]))).rejects.toThrow(/"mod\.yaml" is larger than 256 kB/);
  });

  it('is refused when it unpacks to more than may be, also where what is too large is left behind', async () => {
    const text = 'x'.repeat(MOD_SOURCE_LIMITS.bytes);
    for (const hidden of ['', '.']) {
      const large = Array.from({ length: 9 }, (_, index) => ({ path: `${hidden}${index}.css`, text }));
      await expect(read(archiveOf([YAML, ...large]))).rejects.toThrow(/larger than 64 MB/);
    }
  });

  it('is refused when it is broken, cut off, compressed twice, not at all, or no archive', async () => {
    const archive = archiveOf([YAML, { path: 'a.css', text: 'x'.repeat(5000) }]);
    const others = [
      archive.subarray(0, 60),
      gzipSync(archive),
      tarOf([YAML]),
      Buffer.from('this is no archive'),
      Buffer.alloc(0),
      gzipSync('this is no archive'),
    ];
    for (const other of others)
      await expect(read(other)).rejects.toThrow(/cannot be read as a \.tgz|has no mod\.yaml/);
  });
});

describe('the source of a mod', () => {
  it('is there, and a folder or a .tgz', async () => {
    const other = join(await tempFolder(), 'mod.zip');
    await writeFile(other, 'PK');
    await expect(readModSource(other)).rejects.toThrow(/is no folder and no archive/);
    await expect(readModSource(`${other}.tgz`)).rejects.toThrow(/does not exist/);
  });

  it('must have a mod.yaml', async () => {
    await expect(readModSource(await asFile(archiveOf([{ path: 'a/b/mod.yaml' }])))).rejects.toThrow(
      /has no mod\.yaml/,
    );
    await expect(readModSource(await tempFolder())).rejects.toThrow(/has no mod\.yaml/);
  });

  it('may be what tar itself writes', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'mod.yaml'), 'name: x');
    const file = join(await tempFolder(), 'x.tar.gz');
    await create({ gzip: true, file, cwd: folder }, ['.']);
    expect([...(await readModSource(file)).keys()]).toEqual(['mod.yaml']);
    await symlink('mod.yaml', join(folder, 'other.yaml'));
    await create({ gzip: true, file, cwd: folder }, ['.']);
    await expect(readModSource(file)).rejects.toThrow(/"\.?\/?other\.yaml" is a link/);
  });
});
