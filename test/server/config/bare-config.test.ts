import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { readBareConfig } from '../../../server/config/bare-config.ts';
import { STARTER } from '../../../server/config/starter.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

async function read(text: string | undefined, environment: Record<string, string> = {}) {
  const file = join(await tempFolder(), 'config.yaml');
  if (text !== undefined) await writeFile(file, text);
  return readBareConfig(file, { environment, channels: CHANNELS });
}

const JELLYFIN = { GATEHOUSE_JELLYFIN__URL: 'http://jellyfin:8096' };
const WHOLE = 'jellyfin: { url: http://10.0.0.5:8096 }\nlisten: { port: 9000, trustedProxies: [10.0.0.1] }\n';

describe('what can be gone by while the configuration is no good', () => {
  it('is where to listen, wherever that is written', async () => {
    expect((await read(`${WHOLE}nonsense: 1\n`))?.config.listen).toMatchObject({
      port: 9000,
      trustedProxies: ['10.0.0.1'],
    });
    expect((await read(WHOLE, { GATEHOUSE_LISTEN__PORT: '9001' }))?.config.listen.port).toBe(9001);
    expect((await read(undefined))?.config.listen).toMatchObject({ host: '0.0.0.0', port: 8097 });
    expect((await read('listen: { port: many }\nlog: { level: debug }\n'))?.config.listen.port).toBe(8097);
    expect((await read('listen: [\n'))?.config.listen.port).toBe(8097);
  });

  it('is nothing where the environment says something impossible about that', async () => {
    expect(await read(WHOLE, { GATEHOUSE_LISTEN__PORT: 'many' })).toBeUndefined();
  });

  it('takes Jellyfin’s address from the environment, and never from a file that is half written', async () => {
    const known = await read(WHOLE, JELLYFIN);
    expect(known?.isJellyfinKnown).toBe(true);
    expect(known?.config.jellyfin.url).toBe('http://jellyfin:8096');
    expect((await read(WHOLE))?.isJellyfinKnown).toBe(false);
  });

  it('changes nothing of Jellyfin and keeps its guard', async () => {
    const bare = await read(
      `${WHOLE}reset: {}\nmods: { page-title: { title: X } }\nloginThrottle: { failures: 3 }\n`,
      JELLYFIN,
    );
    const { reset, loginThrottle, cache, enabledMods, guard } = bare?.config ?? {};
    expect({ reset, loginThrottle, cache, enabledMods }).toEqual({ enabledMods: {} });
    expect(guard).toEqual({ lanRoutes: true, wizard: true, homeOnly: true });
  });

  it('is unfinished until the file holds no placeholder, whatever else is wrong with it', async () => {
    expect((await read(undefined))?.isUnfinished).toBe(true);
    expect((await read(STARTER, JELLYFIN))?.isUnfinished).toBe(true);
    expect((await read(`${WHOLE}nonsense: 1\n`))?.isUnfinished).toBe(false);
    expect((await read('listen: [\n'))?.isUnfinished).toBe(false);
  });
});
