import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

/** A variable in the name of a credential; a folder of `LoadCredential=` puts its own name and `_` before each of its files. */
const VARIABLE = /(?:^|_)(GATEHOUSE_[A-Z0-9_]+)$/;

/**
 * Adds what systemd hands over as credentials: a file in `CREDENTIALS_DIRECTORY` that is called after a variable, such as
 * `GATEHOUSE_JELLYFIN__API_KEY`, counts as that variable with `_FILE` behind it. A variable that is set comes first. Never
 * throws; a folder that cannot be read has none.
 *
 * Source: systemd.exec(5), "Credentials".
 */
export function withCredentials(environment: Environment): Environment {
  const folder = environment['CREDENTIALS_DIRECTORY'];
  if (folder === undefined || folder === '') return environment;
  const found = namesIn(folder).flatMap((name): [string, string][] => {
    const variable = VARIABLE.exec(name)?.[1];
    if (variable === undefined || environment[variable]) return [];
    return [[`${variable}_FILE`, join(folder, name)]];
  });
  return { ...Object.fromEntries(found), ...environment };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
