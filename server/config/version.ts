import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** Version of this program, from its package.json; `0.0.0` when there is none to read. */
export const PROGRAM_VERSION: string = readVersion();

function readVersion(): string {
  const file = findPackageJSON(import.meta.url);
  const manifest: unknown = file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : '0.0.0';
}
