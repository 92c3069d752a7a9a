import { createServer } from '../../injector/admission/server.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { secretsOf } from '../config/secrets.ts';
import { createMetrics } from '../health/metrics.ts';
import { reachKey } from '../health/reach.ts';
import { createStatus } from '../health/status.ts';
import { createKeyNote, createKeyWatch } from '../jellyfin/key-state.ts';
import { createResetListener } from '../split/listener.ts';
import type { Gatehouse, GatehouseParts } from './gatehouse.ts';
import { createListening } from './listener.ts';
import { createResetHolder } from './reset-holder.ts';

/**
 * Makes the program of `--only reset`: the reset service behind a listener for injectors in other processes. It does
 * nothing until `apply` and `listen`.
 */
export function createResetProgram(parts: Omit<GatehouseParts, 'mods'>): Gatehouse {
  const { log, webFolder, certificate } = parts;
  const holder = createResetHolder({ webFolder, log, channels: parts.channels });
  let config: Config | undefined;
  const keyNote = createKeyNote(log);
  const keyWatch = createKeyWatch(keyNote);
  const status = createStatus({
    injector: () => undefined,
    reset: async () => holder.current?.report(),
    metricsConfig: () => config?.metrics ?? { enabled: false },
    metrics: createMetrics(),
    reachKey: () => config && reachKey(config),
    keyState: () => keyNote.state,
    isEnding: () => listening.isEnding,
    log,
  });
  const listener = createResetListener({
    reset: () => holder.current,
    secrets: () => {
      const { secret, previousSecret } = config?.resetListener ?? {};
      return [secret, previousSecret].filter((one) => one !== undefined);
    },
    status,
    log,
  });
  const server = createServer(listener, log, undefined, certificate);

  const listening = createListening(
    server,
    {
      endWork: holder.endWork,
      endRest() {
        keyWatch.stop();
        return holder.close();
      },
    },
    'service.listen',
  );

  // Onto it, not into a copy: its port is known only once it listens.
  return Object.assign(listening, {
    async apply(next: Config): Promise<void> {
      log.hide(secretsOf(next));
      const ca = await readAuthority(next.jellyfin.caFile, 'jellyfin');
      await holder.change(next, ca, async () => undefined);
      config = next;
      keyWatch.start({ ...next.jellyfin, ca });
    },
  });
}
