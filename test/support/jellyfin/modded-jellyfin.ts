import type { ResetPort, ResetRequest } from '../../../injector/answers/reset-port.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { whenOption } from '../../../injector/kit/conditions.ts';
import { optionsToCarry } from '../../../injector/kit/data-mod.ts';
import type { Mod } from '../../../injector/kit/define-mod.ts';
import { resolveMods } from '../../../server/config/mods.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type FakeJellyfinOptions,
  type JellyfinVersion,
} from '../../jellyfin/fake-jellyfin.ts';
import { modFilesSettings } from '../files/mod-files-settings.ts';
import { createKeptLog } from '../log/quiet-log.ts';
import { modList } from '../mods/mod-list.ts';
import { listen, shut } from '../network/listen.ts';

/** A mod with the options an admin would write; one that comes again is a further entry of it. */
export interface SwitchedOn {
  readonly mod: Mod;
  readonly options: unknown;
  /** As below `when` in `config.yaml`; left out: always. */
  readonly when?: object;
}

/** A fake Jellyfin with the injector in front. */
export interface ModdedJellyfin {
  readonly jellyfin: FakeJellyfin;
  /** Address of the web client behind the injector. */
  readonly webUrl: string;
  /** Requests the reset service was handed. */
  readonly asked: readonly ResetRequest[];
  /** Puts these mods into force, for pages that are loaded after it; `redeemPin` where messages hold PINs. */
  switchOn(mods: readonly SwitchedOn[], redeemPin?: ResetPort['redeemPin']): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a fake Jellyfin of a version and the injector in front of it. A stand-in for the reset service keeps what it is
 * asked, sends who enters the name `busy` elsewhere, and answers every page below `/gatehouse/` with its path.
 *
 * @param clientFolder Where the browser parts are, as `buildClient` leaves them.
 * @param mods All that may be switched on, in the order in which they run.
 * @param more What the fake is besides, such as its films; `filesFolder`, where files that options name are, as beside
 * `config.yaml`: left out, none can be had; and `cacheFolder`, where files of the web client are kept: left out, none are.
 */
export async function startModdedJellyfin(
  version: JellyfinVersion,
  clientFolder: string,
  mods: readonly Mod[],
  {
    filesFolder,
    cacheFolder,
    ...more
  }: Partial<FakeJellyfinOptions> & { readonly filesFolder?: string; readonly cacheFolder?: string } = {},
): Promise<ModdedJellyfin> {
  const jellyfin = await createFakeJellyfin({ version, hashMs: 1, ...more });
  const injector = createInjector({ mods: modList(mods), clientFolder, log: createKeptLog() });
  const asked: ResetRequest[] = [];
  const port = await listen(injector.server);
  return {
    jellyfin,
    webUrl: `http://127.0.0.1:${port}/web/index.html`,
    asked,
    async switchOn(used, redeemPin) {
      const section: Record<string, unknown[]> = {};
      for (const { mod, options, when } of used) {
        const parsed = Object(optionsToCarry(mod, mod.options.parse(options)));
        const entry = when === undefined ? parsed : { ...parsed, when: whenOption.parse(when) };
        section[mod.name] = [...(section[mod.name] ?? []), entry];
      }
      const { enabledMods, modConditions } = resolveMods(section, [...new Set(used.map(({ mod }) => mod))]);
      const files = filesFolder === undefined ? undefined : modFilesSettings(filesFolder);
      const cache =
        cacheFolder === undefined
          ? undefined
          : { memoryBytes: 1 << 26, diskBytes: 1 << 26, folder: cacheFolder };
      await injector.configure(
        { jellyfinUrl: jellyfin.url, trustedProxies: [], enabledMods, modConditions, files, cache },
        {
          async requestReset(reset) {
            asked.push(reset);
            return reset.enteredName === 'busy' ? 'proof-needed' : undefined;
          },
          redeemPin,
          answer: (request, response) => void response.end(`own page ${request.url}`),
        },
      );
    },
    async close() {
      await injector.close();
      await shut(injector.server);
      await jellyfin.close();
    },
  };
}
