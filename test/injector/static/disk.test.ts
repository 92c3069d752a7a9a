import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../injector/static/bodies.ts';
import { createDisk, type Disk } from '../../../injector/static/disk.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

async function openDisk(maxBytes = 1 << 20): Promise<{ disk: Disk; folder: string; failures: unknown[] }> {
  const folder = join(await tempFolder(), 'deep', 'cache');
  const failures: unknown[] = [];
  return { disk: createDisk(folder, maxBytes, (error) => failures.push(error)), folder, failures };
}

const file = (key: string, size = 10) => ({ key, about: { hash: key }, body: Buffer.alloc(size, key) });

describe('the disk', () => {
  it('gives back what it was given, also to the next program', async () => {
    const { disk, folder } = await openDisk();
    await disk.write(file('a'));

    expect(await disk.read('a')).toEqual(file('a'));
    expect(await createDisk(folder, 1 << 20, () => undefined).read('a')).toEqual(file('a'));
    expect(await disk.read('b')).toBeUndefined();
  });

  it('lets nobody else look', async () => {
    const { disk, folder } = await openDisk();
    await disk.write(file('a'));
    const [name = ''] = await readdir(folder);

    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -3)],
    ['empty', () => Buffer.alloc(0)],
    ['with a byte changed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')])],
    ['of another format', () => Buffer.from('{"format":"other"}\nbody')],
    ['no JSON', () => Buffer.from('not json\nbody')],
    ['of another key', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"key":"a"', '"key":"b"'))],
  ])('does not believe a file %s, and replaces it', async (_how, breakIt) => {
    const { disk, folder } = await openDisk();
    await disk.write(file('a'));
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), breakIt(await readFile(join(folder, name))));

    expect(await disk.read('a')).toBeUndefined();
    await disk.write(file('a'));
    expect(await disk.read('a')).toEqual(file('a'));
  });

  it('keeps to its bound, the oldest going first', async () => {
    const { disk, folder } = await openDisk(10_000);
    for (const key of ['a', 'b', 'c', 'd']) await disk.write(file(key, 3_000));

    expect(await disk.read('a')).toBeUndefined();
    expect(await disk.read('d')).toEqual(file('d', 3_000));
    expect(await readdir(folder)).toHaveLength(3);
    expect(await disk.write(file('e', 20_000))).toBe(true);
    expect(await disk.read('e')).toBeUndefined();
  });

  it('touches nothing else in its folder, and clears away what was half written', async () => {
    const { disk, folder } = await openDisk(10);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'holiday.jpg'), 'x'.repeat(100));
    await writeFile(join(folder, `${'a'.repeat(64)}.kept.0123456789ab`), 'half');
    await disk.read('a');

    expect(await readdir(folder)).toEqual(['holiday.jpg']);
  });

  it('that cannot be used keeps nothing and throws nothing', async () => {
    const folder = join(await tempFolder(), 'file');
    await writeFile(folder, 'no folder');
    await chmod(folder, 0o400);
    const failures: unknown[] = [];
    const disk = createDisk(folder, 1_000, (error) => failures.push(error));

    expect(await disk.write(file('a'))).toBe(false);
    expect(await disk.read('a')).toBeUndefined();
    expect(failures).toHaveLength(1);
  });
});

describe('the memory', () => {
  it('keeps to its bound, the least used going first', () => {
    const memory = createMemory(100);
    memory.set('a', Buffer.alloc(40));
    memory.set('b', Buffer.alloc(40));
    memory.get('a');
    memory.set('c', Buffer.alloc(40));

    expect([memory.get('a'), memory.get('b'), memory.get('c')].map((body) => body?.length)).toEqual([
      40,
      undefined,
      40,
    ]);
    expect(memory.calculatedSize).toBe(80);
  });

  it('does not let one body push out all others', () => {
    const memory = createMemory(100);
    memory.set('a', Buffer.alloc(40));
    memory.set('b', Buffer.alloc(101));

    expect(memory.get('a')).toBeDefined();
    expect(memory.get('b')).toBeUndefined();
    memory.set('a', Buffer.alloc(10));
    expect(memory.calculatedSize).toBe(10);
  });
});
