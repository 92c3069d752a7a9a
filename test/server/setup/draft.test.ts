import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeDraft } from '../../../server/setup/draft.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

// biome-ignore lint/plugin: Windows has no permission bits.
describe.runIf(process.platform !== 'win32')('writeDraft', () => {
  it('makes a new file for its owner alone, in a folder that it makes', async () => {
    const file = join(await tempFolder(), 'new/config.yaml');
    const draft = await writeDraft(file, 'a: b\n');
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(await modeOf(draft.path)).toBe(0o600);
    await draft.putInPlace();
    await draft.discard();
    expect(await readFile(file, 'utf8')).toBe('a: b\n');
    expect(await modeOf(file)).toBe(0o600);
  });

  it.each([
    [0o640, 0o640],
    [0o644, 0o640],
    [0o400, 0o600],
    [0o777, 0o660],
  ])(
    'a file of mode %o has %o afterwards: the group keeps what it may, others nothing',
    async (before, after) => {
      const file = join(await tempFolder(), 'config.yaml');
      await writeFile(file, 'old');
      await chmod(file, before);
      await (await writeDraft(file, 'new')).putInPlace();
      expect(await modeOf(file)).toBe(after);
    },
  );

  it('leaves the file as it is, and nothing beside it, when it is discarded', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), 'old');
    await (await writeDraft(join(folder, 'config.yaml'), 'new')).discard();
    expect(await readdir(folder)).toEqual(['config.yaml']);
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('old');
  });

  it('writes what a symbolic link leads to', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'real.yaml'), 'old');
    await symlink('real.yaml', join(folder, 'config.yaml'));
    await (await writeDraft(join(folder, 'config.yaml'), 'new')).putInPlace();
    expect((await lstat(join(folder, 'config.yaml'))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, 'real.yaml'), 'utf8')).toBe('new');
  });
});
