import type { Server } from 'node:http';
import { createClientAddresses } from './addresses/client-address.ts';
import { createHiddenClients, explainHidden, type HiddenClients } from './admission/hidden-clients.ts';
import { createPathGuard, FULL_GUARD, type KnownProxiesStatus } from './admission/path-guard.ts';
import { createPublicHosts } from './admission/public-hosts.ts';
import { type Behind, createServer } from './admission/server.ts';
import { createAssets } from './answers/assets.ts';
import { type ChangeOnly, createChangeOnly } from './answers/change-only.ts';
import { createDispatch, type DispatchParts, passToDispatch } from './answers/dispatch.ts';
import type { LoginThrottle, ResetPort } from './answers/reset-port.ts';
import { createTraffic } from './answers/traffic.ts';
import { type Backend, createBackend } from './backend.ts';
import { type AnchorWatch, createAnchorWatch } from './check/anchor-watch.ts';
import { readModPart } from './client-script.ts';
import { type FilesInForce, readModFiles } from './files/mod-files.ts';
import { createInTurn } from './http/in-turn.ts';
import { isPathStripped } from './http/node/relative-redirects.ts';
import { createOwnHeaders } from './http/own-headers.ts';
import type { InjectorParts, InjectorReport, InjectorSettings } from './injector.ts';
import { isOut } from './jellyfin/readiness.ts';
import { filesIn } from './kit/file-option.ts';
import { createModFailures } from './kit/mod-failures.ts';
import { followWebSockets } from './open-web-sockets.ts';
import { createManifestAddress } from './rewrite/manifest-address.ts';
import { createRewriter } from './rewrite/rewriter.ts';
import { putInForce, type RewrittenInForce, replacementsOf } from './rewritten-in-force.ts';
import { createWebCache, type WebCache } from './static/web-cache.ts';

/** The proxy in front of Jellyfin. */
export interface Injector {
  /** Browsers and apps talk to it; the caller listens and closes. */
  readonly server: Server;
  /** In place of the server: in front of somebody else's way to Jellyfin. Until the first `configure` it changes nothing. */
  readonly change: ChangeOnly;
  /**
   * Puts a configuration into force, for requests that come after; open connections stay.
   *
   * @param login Throttles sign-ins where no reset service does; left out, `reset.login`.
   * @throws {ModConflictError} when two mods claim the same thing; the old configuration then stays.
   */
  configure(
    settings: InjectorSettings,
    reset: ResetPort | undefined,
    login?: LoginThrottle | undefined,
  ): Promise<void>;
  /** How it is now. */
  report(): InjectorReport;
  /** Says whom Jellyfin sees; `unknown` at first, and again when `jellyfinUrl` changes. The guard goes by it. */
  setKnownProxiesStatus(status: KnownProxiesStatus): void;
  /** Tells both sides of every WebSocket that we go away (1001; clients come back by themselves) and ends it, within 3 s. */
  endWebSockets(): Promise<void>;
  /** Cuts WebSockets, ends looking after Jellyfin's version, and idle connections to it. */
  close(): Promise<void>;
}

/** Makes the injector; it answers 503 until the first `configure`. */
export function createInjector(parts: InjectorParts): Injector {
  const { log } = parts;
  const assets = createAssets();
  const failures = createModFailures(log);
  const readPart = (id: string) => readModPart(parts.clientFolder, id);
  const traffic = createTraffic(() => state.current?.backend.readiness.suspect());
  const state: { current: InForce | undefined } = { current: undefined };

  let knownProxies: KnownProxiesStatus = 'unknown';
  const server = createServer(
    {
      ...passToDispatch(() => state.current?.dispatch),
      noteRefusal: ({ reason }) => traffic.refused(reason),
    },
    log,
    undefined,
    parts.certificate,
  );
  traffic.follow(server);

  // Jellyfin ends all of them when it stops: often the first sign that it does.
  const webSockets = followWebSockets(server, () => state.current?.backend.readiness.suspect());

  /** Whatever is put in force is made in turn: what was asked for last stays, made of what is known by then. */
  const inTurn = createInTurn();

  /** Makes what browsers get of the configuration in force anew: what it is made of is different now. */
  const remake = (): void =>
    void inTurn(async () => {
      const { current } = state;
      if (current === undefined) return;
      const version = current.backend.version.current();
      const rewritten = await putInForce(current.settings, version, { parts, failures });
      current.rewritten.variants.close();
      current.rewritten = rewritten;
      current.webCache?.replace(replacementsOf(rewritten));
      assets.putInForce(rewritten.published);
      current.anchors.look(rewritten.whole, version);
    }).catch((error: unknown) => log.error({ event: 'plan-failed', error: String(error) }));

  /** A mod may be for some versions only, so another version means other rewritten files. */
  function followVersion(backend: Backend): () => void {
    return backend.readiness.watch((probe, before) => {
      backend.outages.probed(probe, before);
      // Whoever restarted may have other known proxies; until it was asked again, it is not trusted.
      if (isOut(probe.state)) {
        knownProxies = 'unknown';
        backend.upstreamFiles.distrust();
      }
      if (probe.state === 'ready' && before !== 'ready') parts.onJellyfinBack?.();
      if (!backend.version.note(probe)) return;
      log.info({ event: 'jellyfin-version', version: probe.version });
      if (state.current?.backend === backend) remake();
    });
  }

  const injector: Injector = {
    server,
    change(request, response, next) {
      const inForce = state.current?.change;
      if (inForce === undefined) next();
      else inForce(request, response, next);
    },
    async configure(asked, reset, login) {
      const { current: previous } = state;
      const files = await readModFiles(asked.files, filesIn(asked.enabledMods), log);
      const settings = { modFiles: files.served, ...asked };
      const isSameJellyfin =
        previous?.backend.jellyfinUrl === settings.jellyfinUrl &&
        previous.backend.jellyfinCa === settings.jellyfinCa;
      const backend = isSameJellyfin
        ? previous.backend
        : createBackend(settings.jellyfinUrl, settings.jellyfinCa, log, traffic, webSockets.joined);
      const isSameCache =
        isSameJellyfin && JSON.stringify(previous?.settings.cache) === JSON.stringify(settings.cache);
      const webCache = isSameCache
        ? previous.webCache
        : settings.cache && createWebCache(settings.cache, backend.upstream, log);
      const upstreamFiles = webCache?.watchPage(backend.upstreamFiles) ?? backend.upstreamFiles;
      const version = backend.version.current();
      const rewritten = await putInForce(settings, version, { parts, failures });
      const addresses = createClientAddresses(settings.trustedProxies);
      const hiddenClients = createHiddenClients(addresses, log);
      const inForce: InForce = {
        ...{ settings, backend, webCache, hiddenClients, files, rewritten },
        anchors:
          (isSameJellyfin ? previous.anchors : undefined) ??
          createAnchorWatch(backend.upstream, readPart, log, parts.lookAfterMs),
        dispatch: undefined,
        change: undefined,
        stopFollowing: previous?.stopFollowing,
      };
      const guard = createPathGuard({
        ...backend,
        hiddenClients,
        log,
        settings: settings.guard ?? FULL_GUARD,
        knownProxies: () => knownProxies,
      });
      const dispatchParts: DispatchParts = {
        ...backend,
        addresses,
        publicHosts: createPublicHosts(settings.publicHosts ?? [], addresses),
        guard,
        hiddenClients,
        reset,
        login: login ?? reset?.login,
        assets,
        traffic,
        status: parts.status,
        setOwnHeaders: createOwnHeaders(settings.publicUrl, settings.hsts ?? true),
        isPathStripped: isPathStripped(settings.publicUrl, backend.upstream.basePath),
        webCache,
        rewriter: createRewriter(
          { announcing: upstreamFiles, plain: backend.upstreamFiles },
          createManifestAddress(backend.upstreamFiles, `${backend.upstream.basePath}/web/index.html`),
          (...asked) => inForce.rewritten.variants.pick(...asked),
          backend.lastGood,
        ),
      };
      inForce.dispatch = createDispatch(dispatchParts);
      inForce.change = createChangeOnly(dispatchParts, log);
      state.current = inForce;
      webCache?.replace(replacementsOf(rewritten));
      assets.putInForce(rewritten.published);
      assets.publishFiles(files.assets);
      files.follow((other) => {
        if (state.current !== inForce) return;
        assets.publishFiles(other.assets);
        inForce.settings = { ...settings, modFiles: other.served };
        remake();
      });
      previous?.files.stop();
      previous?.rewritten.variants.close();
      if (version !== undefined) inForce.anchors.look(rewritten.whole, version);
      if (!isSameCache) void previous?.webCache?.close();
      if (isSameJellyfin) return;
      knownProxies = 'unknown';
      previous?.stopFollowing?.();
      previous?.anchors.stop();
      previous?.backend.close();
      inForce.stopFollowing = followVersion(backend);
    },
    report() {
      const { current } = state;
      return {
        jellyfin: {
          state: current?.backend.readiness.state() ?? 'unknown',
          version: current?.backend.version.text(),
        },
        mods: Object.keys(current?.settings.enabledMods ?? {}).map((name) => ({
          name,
          leftOut: failures.leftOut(name) ?? current?.rewritten.problem(),
          lost: current?.anchors.lost(name),
        })),
        webSockets: webSockets.count(),
        hidingProxies: (current?.hiddenClients.list() ?? []).map((proxy) => ({
          ...proxy,
          fix: explainHidden(proxy),
        })),
        traffic: traffic.read(),
      };
    },
    setKnownProxiesStatus(status) {
      knownProxies = status;
    },
    endWebSockets: webSockets.end,
    async close() {
      webSockets.cut();
      state.current?.stopFollowing?.();
      state.current?.files.stop();
      state.current?.anchors.stop();
      state.current?.rewritten.variants.close();
      state.current?.backend.close();
      // Nothing is written any more when this is over.
      await state.current?.webCache?.close();
    },
  };
  return { ...injector, configure: (...given) => inTurn(() => injector.configure(...given)) };
}

/** The configuration in force, and what was made of it. */
interface InForce {
  settings: InjectorSettings;
  readonly backend: Backend;
  readonly webCache: WebCache | undefined;
  readonly hiddenClients: HiddenClients;
  readonly files: FilesInForce;
  rewritten: RewrittenInForce;
  readonly anchors: AnchorWatch;
  dispatch: Behind | undefined;
  change: ChangeOnly | undefined;
  stopFollowing: (() => void) | undefined;
}
