import { randomBytes } from 'node:crypto';
import { createAccounts, type JellyfinAccounts } from '../../../server/jellyfin/accounts.ts';
import { createJellyfinApi } from '../../../server/jellyfin/api.ts';
import type { Logger } from '../../../server/log/log.ts';
import { createLogLines } from '../log/log-lines.ts';

/** The API key of tests. */
export const TEST_API_KEY = '0123456789abcdef0123456789abcdef';

/** Settings of {@link connectAccounts}. */
export interface ConnectOptions {
  readonly url: string;
  readonly apiKey?: string;
  readonly log?: Logger;
  readonly wait?: (ms: number) => Promise<void>;
  readonly timeoutMs?: number;
  readonly mayBeAdministrator?: boolean;
  readonly endsSessions?: boolean;
}

/** The real adapter, as the program makes it, in front of a server at `url`. */
export function connectAccounts(options: ConnectOptions): JellyfinAccounts {
  const { url, apiKey = TEST_API_KEY, log = createLogLines().log, wait, timeoutMs } = options;
  const { mayBeAdministrator = true, endsSessions = true } = options;
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  const api = createJellyfinApi({ url, apiKey, deviceId, version: '0.1.0', ...limit });
  return createAccounts({
    api,
    clock: { now: () => Date.now() },
    log,
    mayBeAdministrator,
    endsSessions,
    ...(wait === undefined ? {} : { wait }),
  });
}
