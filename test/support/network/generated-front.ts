import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { readConfig } from '../../../server/config/load.ts';
import { FRONTS, type FrontName } from '../../../server/reverse-proxy/fronts.ts';
import type { NginxMode } from '../../../server/reverse-proxy/nginx-choice.ts';
import { readNginxSetup } from '../../../server/reverse-proxy/nginx-setup.ts';

/** What `gatehouse reverse-proxy` prints for a config file. */
export async function generateFront(
  name: FrontName,
  configPath: string,
  isTls = false,
  serverName = '127.0.0.1',
  mode: NginxMode = 'full',
): Promise<string> {
  const { config } = await readConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
  return FRONTS[name](await readNginxSetup(config, MOD_LIST), { mode, isTls, serverName });
}
