import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../log/log.ts';
import type { Config } from './config.ts';
import { ConfigError, formatProblems } from './problems.ts';

/** What is taken once, at start: an open socket and an open database are not moved while people use them. */
const TAKEN_AT_START: { readonly [field: string]: (config: Config) => unknown } = {
  'listen.host': ({ listen }) => listen.host,
  'listen.port': ({ listen }) => listen.port,
  'listen.tls': ({ listen }) => listen.tls === undefined,
  storage: ({ storage }) => storage,
  'service.listen.host': ({ resetListener }) => resetListener?.listen.host,
  'service.listen.port': ({ resetListener }) => resetListener?.listen.port,
  'service.listen.tls': ({ resetListener }) => resetListener?.listen.tls === undefined,
};

/**
 * Names of the fields that differ and take effect only after a restart; empty when there are none.
 *
 * @param started The configuration the program started with.
 */
export function changesNeedingRestart(started: Config, next: Config): string[] {
  return Object.entries(TAKEN_AT_START).flatMap(([field, read]) =>
    read(started) === read(next) ? [] : [field],
  );
}

/** What a reload works with. */
export interface ReloadOptions {
  /** The configuration the program started with. */
  readonly config: Config;
  /** True when nobody wrote that one: it is what Gatehouse goes by until there is one that can be used. @default false */
  readonly isProvisional?: boolean;
  /** Reads the file and the environment again; rejects with `ConfigError` when they cannot be used. */
  readonly load: () => Promise<Config>;
  /** Puts a configuration in force as a whole, or throws and leaves the one before in force. */
  readonly apply: (config: Config) => Promise<void> | void;
  readonly log: Logger;
}

/**
 * Makes the function that loads the configuration again. A bad one, or one that cannot be applied, leaves the last
 * good one in force and is told once in the log; one that says the same as before is not applied again.
 * The function never rejects; calls run one after the other.
 */
export function createReload(options: ReloadOptions): () => Promise<void> {
  const { config, load, apply, log } = options;
  let inForce = config;
  let isProvisional = options.isProvisional ?? false;
  let started = config;
  let lastRefusal = '';
  let lastWarning = '';
  let queue = Promise.resolve();

  const refuse = (error: unknown) => {
    const isBroken = error instanceof ConfigError;
    const problems = isBroken
      ? error.problems.map((problem) => formatProblems([problem]))
      : [sentenceOf(error)];
    const text = problems.join('\n');
    if (text === lastRefusal) return;
    lastRefusal = text;
    const event = isBroken ? 'config-refused' : 'config-not-applied';
    const meanwhile = isProvisional
      ? 'there is no configuration yet that can be used'
      : 'the new configuration is not used; the last good one stays in force';
    log.error({ event, problems }, meanwhile);
  };

  const warn = (next: Config) => {
    const fields = changesNeedingRestart(started, next);
    if (fields.join() !== lastWarning && fields.length > 0) {
      log.warn(
        { event: 'config-needs-restart', fields },
        `${fields.join(', ')}: takes effect after a restart`,
      );
    }
    lastWarning = fields.join();
  };

  const reload = async () => {
    try {
      const next = await load();
      if (isDeepStrictEqual(next, inForce)) {
        if (lastRefusal !== '')
          log.info({ event: 'config-unchanged' }, 'the configuration is the one in force again');
      } else {
        await apply(next);
        inForce = next;
        // Nothing but the port was opened until now.
        if (isProvisional) started = { ...next, listen: config.listen };
        isProvisional = false;
        log.info({ event: 'config-applied' }, 'the new configuration is in force');
        warn(next);
      }
      lastRefusal = '';
    } catch (error) {
      refuse(error);
    }
  };

  return () => {
    queue = queue.then(reload);
    return queue;
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
