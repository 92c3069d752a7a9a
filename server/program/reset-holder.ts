import type { ListedMod } from '../admin/api/world.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { METHODS } from '../config/methods.ts';
import type { Logger } from '../log/log.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import type { RunningResetService } from '../ports/reset-service.ts';
import type { ComposeAdmin } from '../reset/admin-parts.ts';

/** A reset service with the settings it was made for. */
interface HeldService {
  readonly service: RunningResetService;
  readonly settings: string;
}

/** Holds the reset service that the configuration in force asks for. */
export interface ResetHolder {
  /** The one in force; undefined when none is configured. */
  readonly current: RunningResetService | undefined;
  /**
   * Makes the service of a new configuration, calls `use` with it, and puts it into force when that succeeded; the one
   * before is then closed. The running one stays when nothing of it changed, so that a changed mod disturbs nobody's reset.
   *
   * @throws what `use` throws; the service before then stays in force.
   */
  change(
    config: Config,
    jellyfinCa: string | undefined,
    use: (service: RunningResetService | undefined) => Promise<void>,
  ): Promise<void>;
  /** As `RunningResetService.endWork`, of the one in force. */
  endWork(graceMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Makes a holder with no service in it. */
export function createResetHolder(parts: {
  readonly webFolder: string;
  readonly channels?: readonly ChannelDefinition[] | undefined;
  readonly log: Logger;
}): ResetHolder {
  let held: HeldService | undefined;
  let inForce: Config | undefined;
  async function listedMods(): Promise<readonly ListedMod[]> {
    const { listMods } = await import('./listed-mods.ts');
    return inForce === undefined ? [] : listMods(inForce);
  }

  async function serviceFor(
    config: Config,
    jellyfinCa: string | undefined,
  ): Promise<HeldService | undefined> {
    const { reset, remoteReset, jellyfin, loginThrottle, storage } = config;
    if (reset === undefined && remoteReset === undefined) return undefined;
    const ca = await readAuthority(remoteReset?.caFile, 'service');
    const settings = JSON.stringify([reset, remoteReset, ca, jellyfin, jellyfinCa, loginThrottle, storage]);
    if (held?.settings === settings) return held;
    if (remoteReset !== undefined) {
      const { createResetClient } = await import('../split/client.ts');
      const { method, ...where } = remoteReset;
      const wanted = { takesPins: METHODS[method].asksPin, throttlesLogins: loginThrottle !== undefined };
      return { service: createResetClient({ ...where, ...wanted, ca, log: parts.log }), settings };
    }
    if (reset === undefined) return undefined;
    // Loaded only where it is used: a pure injector needs no mail, no database and a third less memory.
    const { createResetService } = await import('../reset/reset-service.ts');
    const { composeAccount } = await import('../account/compose.ts');
    const { createAdminApi } = await import('../admin/api/compose.ts');
    const composeAdmin: ComposeAdmin = (made) => createAdminApi(made, { listMods: listedMods });
    const { url: jellyfinUrl, dataFolder, watchDataFolder } = jellyfin;
    const about = { reset, jellyfinUrl, jellyfinCa, dataFolder, watchDataFolder, loginThrottle, storage };
    const uiFolder = `${parts.webFolder}/ui`;
    const composing = { composeAccount, composeAdmin };
    return { service: createResetService({ ...about, ...parts, uiFolder, ...composing }), settings };
  }

  return {
    get current() {
      return held?.service;
    },
    async change(config, jellyfinCa, use) {
      const next = await serviceFor(config, jellyfinCa);
      try {
        await use(next?.service);
      } catch (error) {
        if (next !== held) await next?.service.close();
        throw error;
      }
      const previous = held;
      held = next;
      inForce = config;
      if (previous !== next) await previous?.service.close();
    },
    async endWork(graceMs) {
      await held?.service.endWork?.(graceMs);
    },
    async close() {
      await held?.service.close();
    },
  };
}
