import type { Certificate } from '../../injector/admission/server.ts';
import { createInjector } from '../../injector/create-injector.ts';
import type { ModList } from '../../injector/kit/define-mod.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { secretsOf } from '../config/secrets.ts';
import { createMetrics } from '../health/metrics.ts';
import { reachKey } from '../health/reach.ts';
import { createStatus } from '../health/status.ts';
import { createKeyNote } from '../jellyfin/key-state.ts';
import { createKnownProxies } from '../jellyfin/known-proxies.ts';
import type { Logger } from '../log/log.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import { createListening, type Listening } from './listener.ts';
import { createResetHolder } from './reset-holder.ts';
import { createStandaloneLoginThrottle } from './standalone-login-throttle.ts';

/** What a Gatehouse is made of. */
export interface GatehouseParts {
  readonly mods: ModList;
  /** The channels there are. @default `CHANNELS` of channels/registry.ts */
  readonly channels?: readonly ChannelDefinition[];
  /** Folder of the built browser parts, with `client/` and `ui/` in it. */
  readonly webFolder: string;
  readonly log: Logger;
  /** Makes it speak https. */
  readonly certificate?: Certificate | undefined;
}

/** Injector and reset service as one program. */
export interface Gatehouse extends Listening {
  /** Puts a configuration into force; connections stay open. @throws {ModConflictError} the old one then stays. */
  apply(config: Config): Promise<void>;
}

/** Makes a Gatehouse that does nothing until `apply` and `listen`. */
export function createGatehouse(parts: GatehouseParts): Gatehouse {
  const { log, webFolder } = parts;
  let metricsConfig: Config['metrics'] = { enabled: false };
  let keyOfReach: Buffer | undefined;
  const keyNote = createKeyNote(log);
  const status = createStatus({
    injector: () => injector.report(),
    reset: async () => holder.current?.report(),
    metricsConfig: () => metricsConfig,
    metrics: createMetrics(),
    reachKey: () => keyOfReach,
    keyState: () => keyNote.state,
    isEnding: () => listening.isEnding,
    log,
  });
  const { mods, certificate } = parts;
  const injector = createInjector({
    ...{ mods, log, status, certificate },
    clientFolder: `${webFolder}/client`,
    onJellyfinBack: () => knownProxies.askAgain(),
  });
  const knownProxies = createKnownProxies({
    setStatus: (status) => injector.setKnownProxiesStatus(status),
    setKeyState: keyNote.set,
    log,
  });
  const holder = createResetHolder({ webFolder, log, channels: parts.channels });
  const standaloneThrottle = createStandaloneLoginThrottle(log);
  const listening = createListening(injector.server, {
    endWork: (graceMs) => Promise.all([injector.endWebSockets(), holder.endWork(graceMs)]),
    endRest() {
      knownProxies.stop();
      return Promise.all([injector.close(), holder.close()]);
    },
  });

  // Onto it, not into a copy: its port is known only once it listens.
  return Object.assign(listening, {
    async apply(config: Config): Promise<void> {
      log.hide(secretsOf(config));
      const jellyfinCa = await readAuthority(config.jellyfin.caFile, 'jellyfin');
      const settings = {
        jellyfinUrl: config.jellyfin.url,
        jellyfinCa,
        publicUrl: config.publicUrl,
        hsts: config.isHstsSent,
        trustedProxies: config.listen.trustedProxies,
        publicHosts: config.publicHosts,
        enabledMods: config.enabledMods,
        modConditions: config.modConditions,
        files: config.files,
        guard: config.guard,
        cache: config.cache,
      };
      const loginThrottle = await standaloneThrottle.of(config, jellyfinCa);
      await holder.change(config, jellyfinCa, (port) => injector.configure(settings, port, loginThrottle));
      metricsConfig = config.metrics;
      keyOfReach = reachKey(config);
      knownProxies.start(config.jellyfin);
    },
  });
}
