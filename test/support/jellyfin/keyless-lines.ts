import type { ConfigLines } from '../program/gatehouse.ts';
import { makeLikeJellyfin } from './folder-accounts.ts';
import type { Subject } from './subject.ts';

/** The lines with which Gatehouse has nothing but the data folder of a fake, which is made like Jellyfin's; believes a proxy on this machine. */
export async function linesWithoutKey({ fake }: Subject): Promise<ConfigLines> {
  const dataFolder = fake?.dataFolder ?? '';
  await makeLikeJellyfin(dataFolder);
  return { jellyfin: `dataFolder: '${dataFolder}'`, trustedProxies: '127.0.0.1' };
}
