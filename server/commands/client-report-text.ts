import type { ModCheck } from '../../injector/check/check-mods.ts';
import type { ClientReport } from '../../injector/client-report.ts';
import { nameSome } from '../messages/name-some.ts';

const STATES: Readonly<Record<ModCheck['state'], string>> = {
  ok: 'ok',
  partly: 'ok, but for',
  lost: 'does not find in this client:',
  unknown: 'not sure: the files of the client could not all be read, and these were not found:',
  'left-out': 'left out:',
};

/** Most places that are named of one mod. */
const MAX_NAMED = 5;

/**
 * What `gatehouse check` prints about the mods: a line each, in the order in which they run, with lines of where the texts
 * stand that it replaces, then what they change.
 */
export function describeReport({ version, mods, files }: ClientReport): string {
  if (mods.length === 0) return `Jellyfin ${version}; no mod is on\n`;
  const width = Math.max(...mods.map(({ mod }) => mod.length));
  const lines = mods.flatMap(({ mod, state, missing, found = [] }) => {
    return [
      `  ${mod.padEnd(width)}  ${`${STATES[state]} ${nameSome(missing, MAX_NAMED, '; ')}`.trim()}`,
      ...found.map((where) => `    ${where}`),
    ];
  });
  const changed = (files ?? []).flatMap(({ path, changes }) =>
    changes.length === 0
      ? [`\n${path} stays as it is\n`]
      : changes.map(({ mod, diff }) => `\n${path}, by ${mod ?? 'Gatehouse itself'}\n${diff.trimEnd()}\n`),
  );
  return `Jellyfin ${version}, in the order in which the mods run:\n${lines.join('\n')}\n${changed.join('')}`;
}
