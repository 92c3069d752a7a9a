import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

/** A variable in the name of a credential; a folder of `LoadCredential=` puts its own name and `_` before each of its files. */
function variableIn(name: string): string | undefined {
  const place = name.indexOf('GATEHOUSE_');
  const isWhole = place === 0 || name[place - 1] === '_';
  return isWhole && /^[A-Z0-9_]+$/.test(name.slice(place)) ? name.slice(place) : undefined;
}

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
    const variable = variableIn(name);
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
