import { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createInjector } from '../injector/create-injector.ts';
import type { Mod } from '../injector/kit/define-mod.ts';
import type { ResetPort } from '../injector/proxy/reset-port.ts';
import type { Certificate } from '../injector/proxy/server.ts';
import type { Config } from './config/config.ts';
import { secretsOf } from './config/secrets.ts';
import { createMetrics } from './health/metrics.ts';
import { createStatus } from './health/status.ts';
import { readAuthority } from './jellyfin/read-authority.ts';
import { createKnownProxies } from './known-proxies.ts';
import type { Logger } from './log.ts';
import type { ResetService } from './reset-service.ts';

/** What a Gatehouse is made of. */
export interface GatehouseParts {
  readonly mods: readonly Mod[];
  /** Folder of the built browser parts, with `client/` and `ui/` in it. */
  readonly webFolder: string;
  readonly log: Logger;
  /** Makes it speak https. */
  readonly certificate?: Certificate | undefined;
}

/** Injector and reset service as one program. */
export interface Gatehouse {
  /** Port it listens on; 0 before `listen`. */
  readonly port: number;
  /** Puts a configuration into force; connections stay open. @throws {ModConflictError} the old one then stays. */
  apply(config: Config): Promise<void>;
  /** For connections that come after; does nothing without https. */
  renewCertificate(certificate: Certificate): void;
  /** @throws {Error} when the address cannot be listened on. */
  listen(host: string, port: number): Promise<void>;
  /** Takes no more requests, lets what is under way end for up to `graceMs`, default 10 s, then cuts it. Idempotent. */
  close(graceMs?: number): Promise<void>;
}

/** Makes a Gatehouse that does nothing until `apply` and `listen`. */
export function createGatehouse(parts: GatehouseParts): Gatehouse {
  const { log, webFolder } = parts;
  let metricsConfig: Config['metrics'] = { enabled: false };
  const status = createStatus({
    injector: () => injector.report(),
    reset: async () => reset?.service.report(),
    metricsConfig: () => metricsConfig,
    metrics: createMetrics(),
    log,
  });
  const { mods, certificate } = parts;
  const injector = createInjector({
    ...{ mods, log, status, certificate },
    clientFolder: `${webFolder}/client`,
    onJellyfinBack: () => knownProxies.askAgain(),
  });
  const knownProxies = createKnownProxies({ setSight: (sight) => injector.setClientSight(sight), log });
  let reset: { service: ResetService; settings: string } | undefined;

  /** Keeps the running service when nothing of it changed, so that a changed mod disturbs nobody's reset. */
  async function resetFor(
    config: Config,
    jellyfinCa: string | undefined,
  ): Promise<{ service: ResetService; settings: string } | undefined> {
    if (config.reset === undefined) return undefined;
    const settings = JSON.stringify([config.reset, config.jellyfin, jellyfinCa, config.storage]);
    if (reset?.settings === settings) return reset;
    // Loaded only where it is used: a pure injector needs no mail, no database and a third less memory.
    const { createResetService } = await import('./reset-service.ts');
    const { reset: own, jellyfin, storage } = config;
    const parts = { reset: own, jellyfinUrl: jellyfin.url, jellyfinCa, storage };
    return { service: createResetService({ ...parts, uiFolder: `${webFolder}/ui`, log }), settings };
  }

  return {
    get port() {
      return (injector.server.address() as AddressInfo | null)?.port ?? 0;
    },
    async apply(config) {
      log.hide(secretsOf(config));
      const jellyfinCa = await readAuthority(config.jellyfin.caFile);
      const next = await resetFor(config, jellyfinCa);
      const port: ResetPort | undefined = next?.service;
      const settings = {
        jellyfinUrl: config.jellyfin.url,
        jellyfinCa,
        publicUrl: config.publicUrl,
        hsts: config.isHstsSent,
        trustedProxies: config.listen.trustedProxies,
        publicHosts: config.publicHosts,
        enabledMods: config.enabledMods,
        guard: config.guard,
        cache: config.cache,
      };
      try {
        await injector.configure(settings, port);
      } catch (error) {
        if (next !== reset) await next?.service.close();
        throw error;
      }
      metricsConfig = config.metrics;
      knownProxies.start(config.jellyfin);
      const previous = reset;
      reset = next;
      if (previous !== undefined && previous !== next) await previous.service.close();
    },
    renewCertificate(renewed) {
      if (injector.server instanceof HttpsServer) injector.server.setSecureContext({ ...renewed });
    },
    listen(host, port) {
      return new Promise((resolve, reject) => {
        injector.server.once('error', reject);
        injector.server.listen(port, host, () => {
          injector.server.off('error', reject);
          resolve();
        });
      });
    },
    async close(graceMs = 10_000) {
      const closed = new Promise<void>((resolve) => injector.server.close(() => resolve()));
      injector.server.closeIdleConnections();
      knownProxies.stop();
      const kept = injector.close();
      const cut = setTimeout(() => injector.server.closeAllConnections(), graceMs);
      await Promise.all([closed, kept, reset?.service.close()]);
      clearTimeout(cut);
    },
  };
}
