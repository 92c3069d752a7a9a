import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeIconSizes } from '../../../injector/files/icon-sizes.ts';
import { filesIn, keyOf, type ServedFile, type ServedFiles } from '../../../injector/kit/file-option.ts';

/** The files that options name, found in a folder, as addresses that hold them (`data:`): nothing has to serve them. */
export async function filesFrom(folder: string, options: unknown): Promise<ServedFiles> {
  const served: Record<string, ServedFile> = {};
  for (const file of filesIn(options)) served[keyOf(file)] = await asData(file.kind, join(folder, file.from));
  return served;
}

async function asData(kind: string, path: string): Promise<ServedFile> {
  if (kind === 'fonts') {
    const names = (await readdir(path)).sort();
    const entries = names.map(async (name) => ({
      name,
      href: addressOf(await readFile(join(path, name)), 'font/woff'),
    }));
    return { href: '', entries: await Promise.all(entries) };
  }
  const bytes = await readFile(path);
  if (kind !== 'icons') return { href: addressOf(bytes, 'image/png') };
  const sizes = [...(await makeIconSizes(bytes))];
  return {
    href: '',
    entries: sizes.map(([name, size]) => ({ name, href: addressOf(size.bytes, size.contentType) })),
  };
}

const addressOf = (bytes: Buffer, type: string): string => `data:${type};base64,${bytes.toString('base64')}`;
