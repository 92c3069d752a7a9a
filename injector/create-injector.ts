import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import { createClientScript } from './client-script.ts';
import { createUpstream } from './http/upstream.ts';
import { createRunningVersion } from './jellyfin/running-version.ts';
import type { Mod } from './kit/define-mod.ts';
import type { Log } from './kit/log.ts';
import { createPlan } from './kit/plan.ts';
import { createAssets } from './proxy/assets.ts';
import { createClientAddresses } from './proxy/client-address.ts';
import { createDispatch } from './proxy/dispatch.ts';
import { createPassThrough } from './proxy/pass-through.ts';
import type { ResetPort } from './proxy/reset-port.ts';
import { createServer } from './proxy/server.ts';
import { answerUnavailable } from './proxy/unavailable.ts';
import { createEdition, type Edition } from './rewrite/edition.ts';
import { createOriginals } from './rewrite/originals.ts';
import type { OnModFailure } from './rewrite/page.ts';
import { createRewriter } from './rewrite/rewriter.ts';

/** What of the configuration the injector needs. */
export interface InjectorSettings {
  /** Where Jellyfin listens, base URL included. */
  readonly jellyfinUrl: string;
  /** Addresses and ranges of proxies in front of us that may say who the client is. */
  readonly trustedProxies: readonly string[];
  /** Options of each mod that is on, by name, as its schema parsed them. */
  readonly enabledMods: Readonly<Record<string, z.output<z.ZodType>>>;
}

/** What the injector is made of from outside. */
export interface InjectorParts {
  /** Every mod there is, in the order in which they run. */
  readonly mods: readonly Mod[];
  /** Folder of the built browser parts (`dist/client`). */
  readonly clientFolder: string;
  readonly log: Log;
}

/** The proxy in front of Jellyfin. */
export interface Injector {
  /** Browsers and apps talk to it; the caller listens and closes. */
  readonly server: Server;
  /**
   * Puts a configuration into force, for requests that come after; open connections stay.
   *
   * @throws {ModConflictError} when two mods claim the same thing; the old configuration then stays.
   */
  configure(settings: InjectorSettings, reset: ResetPort | undefined): Promise<void>;
  /** Ends every WebSocket (clients come back by themselves), looking after Jellyfin's version, and idle connections to it. */
  close(): void;
}

/** Makes the injector; it answers 503 until the first `configure`. */
export function createInjector(parts: InjectorParts): Injector {
  const { log } = parts;
  const assets = createAssets();
  const reported = new Set<string>();
  let current: { answer: ReturnType<typeof createDispatch>; close: () => void } | undefined;

  const onFailure: OnModFailure = ({ mod, hook, error }) => {
    // Named once: a broken mod would otherwise fill the log with every page.
    const key = `${mod} ${hook} ${String(error)}`;
    if (reported.has(key)) return;
    reported.add(key);
    log.error({ event: 'mod-left-out', mod, hook, error: String(error) });
  };

  const tunnels = new Set<Duplex>();
  const server = createServer(
    {
      async answer(request, response) {
        if (current === undefined) response.writeHead(503, { 'Content-Length': 0, 'Retry-After': 1 }).end();
        else await current.answer.answer(request, response);
      },
      upgrade(request, socket, head) {
        if (current === undefined) socket.destroy();
        else current.answer.upgrade(request, socket, head);
      },
    },
    log,
  );

  // Node forgets a socket once it was upgraded; nobody else could end it.
  server.on('upgrade', (_request, socket) => {
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket));
  });

  return {
    server,
    async configure(settings, reset) {
      const upstream = createUpstream(settings.jellyfinUrl);
      const version = createRunningVersion(upstream);
      const makeEdition = async (): Promise<Edition> => {
        const plan = createPlan({
          mods: parts.mods,
          enabled: settings.enabledMods,
          jellyfinVersion: version.current(),
          onFailure,
        });
        const runsInBrowser = plan.client.length > 0 || plan.strings.size > 0;
        const script = runsInBrowser
          ? await createClientScript({ folder: parts.clientFolder, plan, onFailure })
          : undefined;
        const edition = createEdition(plan, script?.source, onFailure);
        assets.publish(edition);
        return edition;
      };
      reported.clear();
      let edition = await makeEdition();
      const stopWatching = version.watch((found) => {
        log.info({ event: 'jellyfin-version', version: found });
        makeEdition().then(
          (made) => {
            edition = made;
          },
          (error: unknown) => log.error({ event: 'plan-failed', error: String(error) }),
        );
      });
      const previous = current;
      current = {
        answer: createDispatch({
          upstream,
          version,
          reset,
          assets,
          log,
          addresses: createClientAddresses(settings.trustedProxies),
          rewriter: createRewriter(createOriginals(upstream), () => edition),
          passThrough: createPassThrough(upstream, (request, response, error) => {
            log.warn({ event: 'jellyfin-unreachable', error: error.message });
            answerUnavailable(request, response);
          }),
        }),
        close: () => {
          stopWatching();
          // Only idle ones: a film that is on its way stays on its way.
          for (const sockets of Object.values(upstream.agent.freeSockets))
            for (const socket of sockets ?? []) socket.destroy();
        },
      };
      previous?.close();
    },
    close() {
      for (const socket of tunnels) socket.destroy();
      current?.close();
    },
  };
}
