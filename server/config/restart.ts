import type { Config } from './config.ts';

/** What is taken once, at start: an open socket and an open database are not moved while people use them. */
const TAKEN_AT_START: { readonly [field: string]: (config: Config) => unknown } = {
  'listen.host': ({ listen }) => listen.host,
  'listen.port': ({ listen }) => listen.port,
  'listen.tls': ({ listen }) => listen.tls === undefined,
  storage: ({ storage }) => storage,
  'service.listen.host': ({ resetDoor }) => resetDoor?.listen.host,
  'service.listen.port': ({ resetDoor }) => resetDoor?.listen.port,
  'service.listen.tls': ({ resetDoor }) => resetDoor?.listen.tls === undefined,
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
