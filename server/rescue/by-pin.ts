import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolderSetting } from '../config/data-folder-places.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { explainNotFound, findDataFolder } from '../jellyfin/data-folder/find-data-folder.ts';
import { createKeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { PinWayError } from '../jellyfin/data-folder/redeem-pin-file.ts';
import { setPasswordByPin } from '../jellyfin/data-folder/set-password-by-pin.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import type { Logger } from '../log/log.ts';
import type { SetPasswordOutcome } from '../ports/accounts.ts';

/** Whose password, and how Jellyfin is reached. */
export interface ByPinWish {
  /** With the base path, if it has one. */
  readonly url: string;
  readonly name: string;
  readonly password: string;
  /** Where Jellyfin writes PIN files. */
  readonly dataFolder: DataFolderSetting;
  readonly log: Logger;
}

/**
 * Sets a password over a PIN file that Jellyfin is asked for: needs no key, and of Jellyfin's data folder only that it can be read.
 * Opens no account that is closed. Never throws.
 */
export async function setByPin({
  url,
  name,
  password,
  dataFolder,
  log,
}: ByPinWish): Promise<SetPasswordOutcome> {
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const api = createKeylessApi({ url, deviceId, version: PROGRAM_VERSION });
  const clock = { now: () => Date.now() };
  return setPasswordByPin(
    {
      api,
      clock,
      log,
      wait: (ms) => sleep(ms),
      mayBeAdministrator: true,
      onFile: async () => undefined,
      async findFolder() {
        const finding = await findDataFolder(dataFolder);
        if (finding.kind === 'found') return finding.folder;
        throw new PinWayError({ kind: 'refused', detail: explainNotFound(finding.tried) });
      },
    },
    { id: ownUserId(name), isOwnId: true, name },
    password,
    clock.now(),
  );
}
