import { createOutageLog, type OutageLog } from './answers/outage-log.ts';
import type { Traffic } from './answers/traffic.ts';
import { createUnavailable, type Unavailable } from './answers/unavailable.ts';
import { createReadiness, type Readiness } from './jellyfin/readiness.ts';
import { createRunningVersion, type RunningVersion } from './jellyfin/running-version.ts';
import type { Log } from './kit/log.ts';
import { createLastGood, type LastGood } from './rewrite/rewriter.ts';
import { createUpstreamFiles, type UpstreamFiles } from './rewrite/upstream-files.ts';
import { createForward, type Forward } from './upstream/forward.ts';
import type { JoinedSockets } from './upstream/joined-sockets.ts';
import { createUpstream, type Upstream } from './upstream/upstream.ts';
import { createWebSockets, type ForwardUpgrade } from './upstream/web-sockets.ts';

/** Everything that belongs to one Jellyfin and outlives a reload of the configuration. */
export interface Backend {
  readonly jellyfinUrl: string;
  readonly jellyfinCa: string | undefined;
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly readiness: Readiness;
  readonly outages: OutageLog;
  readonly unavailable: Unavailable;
  readonly upstreamFiles: UpstreamFiles;
  readonly lastGood: LastGood;
  readonly forward: Forward;
  readonly forwardUpgrade: ForwardUpgrade;
  /** Closes idle connections; a film that is on its way stays on its way. */
  close(): void;
}

/**
 * Makes the backend for the Jellyfin of `jellyfin.url`. Connects to nothing yet.
 *
 * @param jellyfinCa Content of `jellyfin.caFile`.
 * @param joined Hears of each WebSocket that is joined.
 */
export function createBackend(
  jellyfinUrl: string,
  jellyfinCa: string | undefined,
  log: Log,
  traffic: Traffic,
  joined: JoinedSockets,
): Backend {
  const upstream = createUpstream(jellyfinUrl, jellyfinCa);
  const readiness = createReadiness(upstream);
  const outages = createOutageLog(log);
  const version = createRunningVersion();
  const unavailable = createUnavailable(readiness, version.serverName);
  return {
    jellyfinUrl,
    jellyfinCa,
    upstream,
    version,
    readiness,
    outages,
    unavailable,
    upstreamFiles: createUpstreamFiles(upstream),
    lastGood: createLastGood(),
    forward: createForward(upstream.client, upstream.origin.host, {
      onAnswered: traffic.upstreamAnswered,
      onUnreachable(request, response, error) {
        outages.requestFailed(error);
        readiness.suspect();
        unavailable.answer(request, response);
      },
    }),
    forwardUpgrade: createWebSockets(upstream, jellyfinCa, joined),
    close: () => upstream.client.close(),
  };
}
