import { promisify } from 'node:util';
import { createInjector } from '../../injector/create-injector.ts';
import type { InjectorSettings } from '../../injector/injector.ts';
import { createKeptLog, type KeptLog } from '../support/log/quiet-log.ts';
import { modList } from '../support/mods/mod-list.ts';
import { listen, shut } from '../support/network/listen.ts';

/** The real injector, without mods, in front of something. */
export interface Front {
  readonly port: number;
  readonly log: KeptLog;
  configure(settings: Partial<InjectorSettings>): Promise<void>;
  /** How many clients are connected now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** Lets the injector listen on a loopback port; files of the web client are not kept. */
export async function createFront(
  upstreamPort: number,
  settings: Partial<InjectorSettings> = {},
  basePath = '',
): Promise<Front> {
  const log = createKeptLog();
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log });
  const jellyfinUrl = `http://127.0.0.1:${upstreamPort}${basePath}`;
  const configure = (changed: Partial<InjectorSettings>): Promise<void> =>
    injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods: {}, ...changed }, undefined);
  await configure(settings);
  return {
    port: await listen(injector.server),
    log,
    configure,
    connections: promisify(injector.server.getConnections.bind(injector.server)),
    async close() {
      await injector.close();
      await shut(injector.server);
    },
  };
}
