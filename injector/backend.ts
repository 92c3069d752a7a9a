import { createUpstream, type Upstream } from './http/upstream.ts';
import { createRunningVersion, type RunningVersion } from './jellyfin/running-version.ts';
import type { Log } from './kit/log.ts';
import { createPassThrough, type PassThrough } from './proxy/pass-through.ts';
import { answerUnavailable } from './proxy/unavailable.ts';
import { createOriginals, type Originals } from './rewrite/originals.ts';

/** Everything that belongs to one Jellyfin and outlives a reload of the configuration. */
export interface Backend {
  readonly jellyfinUrl: string;
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly originals: Originals;
  readonly passThrough: PassThrough;
  /** Closes idle connections; a film that is on its way stays on its way. */
  close(): void;
}

/** Makes the backend for the Jellyfin of `jellyfin.url`. Connects to nothing yet. */
export function createBackend(jellyfinUrl: string, log: Log): Backend {
  const upstream = createUpstream(jellyfinUrl);
  return {
    jellyfinUrl,
    upstream,
    version: createRunningVersion(upstream),
    originals: createOriginals(upstream),
    passThrough: createPassThrough(upstream, (request, response, error) => {
      log.warn({ event: 'jellyfin-unreachable', error: error.message });
      answerUnavailable(request, response);
    }),
    close() {
      for (const sockets of Object.values(upstream.agent.freeSockets)) {
        for (const socket of sockets ?? []) socket.destroy();
      }
    },
  };
}
