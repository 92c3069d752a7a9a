import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildClient } from '../../../build/client.ts';

/**
 * Builds the browser parts of the injector for all tests of a file.
 *
 * @returns Asks for their folder, inside a test or a later hook.
 */
export function useBuiltClient(): () => string {
  let folder: string | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-client-'));
    await buildClient(join(import.meta.dirname, '../../..'), folder);
  });
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });
  return () => {
    if (folder === undefined) throw new Error('The browser parts are there while a test runs only.');
    return folder;
  };
}
