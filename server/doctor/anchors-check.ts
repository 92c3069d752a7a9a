import { loadEnabledMods } from '../../injector/kit/data-mod.ts';
import type { ServedFiles } from '../../injector/kit/file-option.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { tryModFiles } from '../config/mod-files.ts';
import { nameSome } from '../messages/name-some.ts';
import { type Finding, failed, fine, skipped, warning } from './finding.ts';

const NAME = 'mod-anchors';

/** Most places that are named of one mod. */
const MOST_PLACES = 3;

/**
 * Looks whether mods get the files they name, and find in the client of the Jellyfin that runs what they change: they go without,
 * or are left out, and nobody who looks at the page knows why. Never rejects.
 *
 * @param clientFolder Folder of the built browser parts.
 */
export async function checkMods(config: Config, clientFolder: string): Promise<Finding[]> {
  const { missing, served } = await tryModFiles(config);
  const fix = 'Correct the address, or copy the file beside config.yaml and name it there.';
  const files = missing.map((says) => failed('mod-files', `${says}.`, fix));
  return [...files, ...(await checkAnchors(config, served, clientFolder))];
}

async function checkAnchors(config: Config, files: ServedFiles, clientFolder: string): Promise<Finding[]> {
  const { enabledMods: enabled, modConditions: conditions, jellyfin } = config;
  if (Object.keys(enabled).length === 0) return [];
  try {
    // It loads what reads the web client, which not everybody who asks needs.
    const { createClientReport } = await import('../../injector/client-report.ts');
    const { mods, version } = await createClientReport(
      { url: jellyfin.url, ca: await readAuthority(jellyfin.caFile, 'jellyfin') },
      { mods: await loadEnabledMods(MOD_LIST, enabled), enabled, conditions, files },
      { clientFolder, withFiles: false },
    );
    const troubles = mods.flatMap(({ mod, state, missing }) => {
      const what = nameSome(missing, MOST_PLACES);
      if (state === 'lost')
        return failed(
          NAME,
          `The mod ${mod} does not find in the client of Jellyfin ${version} what it changes (${what}): nobody sees it.`,
          `Update Gatehouse, or set mods.${mod} to false; gatehouse check tells all of it.`,
        );
      if (state === 'left-out')
        return warning(
          NAME,
          `The mod ${mod} is left out (${what}): nobody sees it.`,
          `Mend that, or set mods.${mod} to false.`,
        );
      return [];
    });
    const isUnknown = mods.some(({ state }) => state === 'unknown');
    if (troubles.length === 0 && isUnknown)
      return [
        skipped(
          NAME,
          'Whether mods find what they change cannot be told: not all files of the client could be read.',
        ),
      ];
    return troubles.length > 0
      ? troubles
      : [fine(NAME, 'Every mod finds what it changes in the client that runs.')];
  } catch {
    // That Jellyfin cannot be asked, or its file of authorities not read, another finding says.
    return [];
  }
}
