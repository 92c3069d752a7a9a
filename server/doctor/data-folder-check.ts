import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { askForPin } from '../jellyfin/data-folder/ask-for-pin.ts';
import {
  type DataFolder,
  explainNotFound,
  findDataFolder,
} from '../jellyfin/data-folder/find-data-folder.ts';
import type { KeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { type PinFile, readPinFiles } from '../jellyfin/data-folder/pin-file.ts';
import { type Finding, failed, fine, messageOf } from './finding.ts';

/** What is asked of Jellyfin. */
type Asked = Pick<KeylessApi, 'askForPin' | 'publicInfo'>;

const NAME = 'data-folder';

/** What everybody may do with a file or folder, in permission bits. */
const OTHERS_MAY_WRITE = 0o002;

/** Checks whether Jellyfin's data folder is there and can be used; none when the configuration does not name it. Writes nothing. */
export async function checkDataFolder({ dataFolder }: Config['jellyfin'], api: Asked): Promise<Finding[]> {
  if (dataFolder === undefined) return [];
  const finding = await findDataFolder(dataFolder);
  if (finding.kind === 'not-found')
    return [failed(NAME, explainNotFound(finding.tried), await explainMount(api))];
  const { folder } = finding;
  if (!folder.isOfJellyfin)
    return [failed(NAME, `${folder.path} is not a data folder of Jellyfin.`, await explainMount(api))];
  if ((folder.mode & OTHERS_MAY_WRITE) !== 0) {
    const says = `Everybody on this machine may write to ${folder.path}, and so set anybody's password in Jellyfin.`;
    return [failed(NAME, says, `chmod o-w ${folder.path}`)];
  }
  try {
    const fault = (await readPinFiles(folder.path)).map(faultOf).find((found) => found !== undefined);
    return [fault ?? fine(NAME, describe(folder))];
  } catch (error) {
    return [failed(NAME, messageOf(error), 'Let Gatehouse list and read that folder.')];
  }
}

function describe({ path, install, mayWrite, isNetworkMount }: DataFolder): string {
  const from = install === 'configured' ? '' : ` (${install})`;
  const share = isNetworkMount ? ', looked at again and again as it is a network share' : '';
  const hint = mayWrite ? '; reading it would be enough' : '';
  return `${path} is Jellyfin's data folder${from}${share}${hint}.`;
}

function faultOf(file: PinFile): Finding | undefined {
  const name = basename(file.path);
  if (file.kind === 'unreadable')
    return failed(
      NAME,
      `${name} cannot be read (${file.code}).`,
      'Let Gatehouse read what Jellyfin writes there.',
    );
  if ((file.kind === 'unusable' && file.isInTheWay) || (file.kind === 'pin' && file.isBroken))
    return failed(
      NAME,
      `${name} is broken, and Jellyfin fails on every PIN while it is there.`,
      `Delete ${file.path}.`,
    );
  if ('rights' in file && (file.rights.mode & OTHERS_MAY_WRITE) !== 0)
    return failed(NAME, `Everybody on this machine may change ${name}.`, 'Start Jellyfin with umask 022.');
  return undefined;
}

/** From 10.11.2 on Jellyfin tells everybody the path, also for a name nobody has, for which it writes nothing. */
async function explainMount(api: Asked): Promise<string> {
  const asked = await api.askForPin(`nobody-${randomBytes(8).toString('hex')}`).catch(() => undefined);
  const promised = asked?.kind === 'asked' ? asked.path.replace(/[\\/][^\\/]*$/, '') : '';
  const which =
    promised === '' ? 'in which Jellyfin writes passwordreset*.json' : `that Jellyfin has as ${promised}`;
  return `Let Gatehouse read the folder ${which} (in a container: mount it, :ro will do), and write its path here to jellyfin.dataFolder.`;
}

/**
 * Checks whether a PIN file that Jellyfin is asked for really comes. It stays for its 30 minutes, and an earlier one of that
 * person dies, so this is done on request only.
 */
export async function checkPinFile(
  userName: string,
  { dataFolder }: Config['jellyfin'],
  api: Asked,
): Promise<Finding> {
  const name = 'pin-file';
  if (dataFolder === undefined)
    return failed(name, 'There is no jellyfin.dataFolder.', 'Write its path, or auto, to the configuration.');
  const finding = await findDataFolder(dataFolder);
  if (finding.kind === 'not-found')
    return failed(name, 'There is no folder to see one in.', await explainMount(api));
  const { path } = finding.folder;
  try {
    const asked = await askForPin({ api, folder: finding.folder, wait: (ms) => sleep(ms) }, userName);
    if (asked.kind === 'pin') {
      const { mode, ownerId } = asked.file.rights;
      const says = `${basename(asked.file.path)} for ${userName} came to ${path} (owner ${ownerId}, mode ${mode.toString(8)}).`;
      return fine(name, says);
    }
    if (asked.kind === 'refused') {
      const says = `Jellyfin knows no ${userName}, or does not take Gatehouse for its home network.`;
      return failed(name, says, 'Correct the name, or Dashboard, Networking, LAN networks.');
    }
    if (asked.kind === 'no-file') {
      const says = `No PIN file for ${userName} came to ${path}: it is another folder, or Jellyfin knows no such user.`;
      return failed(name, says, await explainMount(api));
    }
    return failed(
      name,
      `Jellyfin failed to write a PIN file for ${userName}.`,
      'Look into the log of Jellyfin.',
    );
  } catch (error) {
    return failed(name, messageOf(error), 'Start Jellyfin, or correct jellyfin.url.');
  }
}
