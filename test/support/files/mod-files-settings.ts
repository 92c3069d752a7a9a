import { join } from 'node:path';
import type { ModFilesSettings } from '../../../injector/files/mod-files.ts';

/** Where files are when a folder is that of `config.yaml`; servers of tests, on this machine, may be asked. */
export function modFilesSettings(
  folder: string,
  allowPrivate: readonly string[] = ['127.0.0.1'],
): ModFilesSettings {
  return {
    folder,
    lockFile: join(folder, 'mods.lock.yaml'),
    storeFolder: join(folder, 'gatehouse-cache/files'),
    allowPrivate,
  };
}
