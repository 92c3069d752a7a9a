import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothing, sourcesOf } from '../../../injector/files/mod-files.ts';
import { serveFiles } from '../../../injector/files/serve-files.ts';
import type { FileKind, FileRef } from '../../../injector/kit/file-option.ts';
import { tempFolder } from './temp-folder.ts';

/** What becomes of one file that an option names, in a new folder with these files in it. */
export async function writeAndRead(
  kind: FileKind,
  from: string,
  files: Readonly<Record<string, Buffer | string>> = {},
) {
  const folder = await tempFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return await readNamed(folder, { kind, from });
}

/** What becomes of one file that an option names, in a folder that is there. */
export async function readNamed(folder: string, file: FileRef) {
  const { served, problems, assets } = await serveFiles([file], sourcesOf(folder, nothing));
  return { file: [...served.values()][0], problem: problems[0]?.message, assets };
}
