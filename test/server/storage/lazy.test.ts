import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Opens a storage in a process of its own and tells whether the driver of PostgreSQL was loaded. */
const PROBE = `
const { openStorage } = await import('${ROOT}/server/storage/open-storage.ts');
await openStorage(process.argv[1]).then((storage) => storage.close(), () => undefined);
const { createRequire } = await import('node:module');
const loaded = Object.keys(createRequire('${ROOT}/').cache);
process.stdout.write(String(loaded.some((path) => path.includes('/node_modules/pg/'))));
`;

test('the driver of PostgreSQL is loaded only where storage names one', async () => {
  const isLoaded = (location: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', PROBE, location], { encoding: 'utf8' });
  expect(isLoaded(join(await tempFolder(), 'gatehouse.db'))).toBe('false');
  expect(isLoaded('postgres://nobody@127.0.0.1:1/nothing')).toBe('true');
});
