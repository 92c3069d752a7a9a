import { expect, vi } from 'vitest';
import type { GuardSettings, KnownProxiesStatus } from '../../../injector/admission/path-guard.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createKeptLog } from '../log/quiet-log.ts';
import { modList } from '../mods/mod-list.ts';
import { listen, shut } from './listen.ts';
import { sendRaw, statusOf } from './raw-http.ts';

/** An API key of that Jellyfin. */
export const GUARDED_FRONT_KEY = '0123456789abcdef0123456789abcdef';

/** Gatehouse with a guard, in front of a Jellyfin. */
export interface GuardedFront {
  readonly jellyfin: FakeJellyfin;
  readonly log: ReturnType<typeof createKeptLog>;
  /** Status of a request of that client. */
  ask(request: string, client: string | undefined, headers?: string): Promise<number>;
  raw(request: string, client: string | undefined, headers?: string): Promise<string>;
  /** How many requests for that path reached Jellyfin. */
  reached(path: string): number;
  setUp(
    status: KnownProxiesStatus,
    options?: { guard?: GuardSettings; trustedProxies?: string[] },
  ): Promise<void>;
  close(): Promise<void>;
}

/** Gatehouse in front of a Jellyfin that knows no proxies, so that everybody is on its home network. */
export async function openGuardedFront(
  options: { wizardCompleted?: boolean; knownProxies?: string[] } = {},
): Promise<GuardedFront> {
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [GUARDED_FRONT_KEY],
    ...options,
  });
  const log = createKeptLog();
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
  const port = await listen(injector.server);
  const setUp: GuardedFront['setUp'] = async (status, { guard, trustedProxies = ['127.0.0.1'] } = {}) => {
    const settings = { jellyfinUrl: jellyfin.url, trustedProxies, enabledMods: {} };
    await injector.configure(guard === undefined ? settings : { ...settings, guard }, undefined);
    injector.setKnownProxiesStatus(status);
  };
  await setUp('unknown');
  await vi.waitFor(() => expect(log.lines.map(({ event }) => event)).toContain('jellyfin-version'));
  const raw: GuardedFront['raw'] = (request, client, headers = '') =>
    sendRaw(
      port,
      `${request} HTTP/1.1\r\nHost: a\r\n${client === undefined ? '' : `X-Forwarded-For: ${client}\r\n`}${headers}Connection: close\r\n\r\n`,
    );
  return {
    ...{ jellyfin, log, setUp, raw },
    ask: async (...asked) => statusOf(await raw(...asked)),
    reached: (path) => jellyfin.journal.filter((entry) => entry.path.startsWith(path)).length,
    async close() {
      await injector.close();
      await shut(injector.server);
      await jellyfin.close();
    },
  };
}
