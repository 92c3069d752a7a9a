import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NGINX_MODES, type NginxMode } from '../../server/reverse-proxy/nginx-choice.ts';
import { freePort } from '../support/network/free-port.ts';
import { generateNginx } from '../support/network/generated-nginx.ts';
import { startProgram } from './gatehouse-child.ts';
import { measureFilm, measureLoad, type Plan, warmUp } from './measures.ts';
import {
  DOCUMENTED_HEADERS,
  type Nginx,
  startGenerated,
  startReference,
  startUpstream,
} from './reference-nginx.ts';
import type { Pair } from './results.ts';

/** What was measured of Gatehouse behind nginx, by its way: rates in requests or bytes a second. */
export type WayRounds = Readonly<
  Record<NginxMode, { readonly page: Pair[]; readonly api: Pair[]; readonly film: Pair[] }>
>;

/** When a program is at rest after its start. */
const REST_MS = 2_500;

/**
 * Measures the nginx of `gatehouse nginx`, each way beside an nginx without Gatehouse in the same round, one right after the
 * other. Everything runs anew for it, and is stopped at the end.
 */
export async function measureWays(
  folder: string,
  { rounds, ...plan }: Plan & { readonly rounds: number },
): Promise<WayRounds> {
  const found: WayRounds = { split: { page: [], api: [], film: [] }, full: { page: [], api: [], film: [] } };
  const own = join(folder, 'ways');
  await mkdir(own, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const kept = <Started extends { stop(): Promise<void> }>(started: Started): Started => {
    stops.unshift(() => started.stop());
    return started;
  };
  try {
    const upstream = kept(await startUpstream(own, await freePort()));
    const alone = kept(await startReference(own, await freePort(), upstream.port, DOCUMENTED_HEADERS));
    const port = await freePort();
    const config = join(own, 'config.yaml');
    const lines = `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
jellyfin: { url: http://127.0.0.1:${upstream.port} }
log: { level: error }
mods:
  page-title: { title: Bench }
  custom-css: { css: 'body { color: #eee }' }
`;
    await writeFile(config, lines);
    kept(await startProgram(own, port, lines));
    const ways = {} as Record<NginxMode, Nginx>;
    for (const mode of NGINX_MODES)
      ways[mode] = kept(
        await startGenerated(join(own, mode), await freePort(), await generateNginx(config, mode)),
      );
    await sleep(REST_MS);
    await warmUp(
      [alone, ways.full, ways.split].map((nginx) => ({ name: 'nginx', port: nginx.port, pids: () => [] })),
    );
    for (let round = 0; round < rounds; round += 1) {
      for (const mode of NGINX_MODES) await measureWay(found[mode], alone, ways[mode], round, plan);
    }
    return found;
  } finally {
    for (const stop of stops) await stop();
  }
}

async function measureWay(
  found: WayRounds[NginxMode],
  alone: Nginx,
  way: Nginx,
  round: number,
  plan: Plan,
): Promise<void> {
  const inPair = async (measure: (nginx: Nginx) => Promise<number>): Promise<Pair> => {
    // Who is first is turned round, so that neither always meets a machine that the other has warmed.
    if (round % 2 === 0) return { nginx: await measure(alone), gatehouse: await measure(way) };
    const gatehouse = await measure(way);
    return { nginx: await measure(alone), gatehouse };
  };
  const rate = async (port: number, path: string): Promise<number> =>
    (await measureLoad('nginx', port, path, 32, plan)).requestsPerSecond;
  found.page.push(await inPair(({ port }) => rate(port, '/web/index.html')));
  found.api.push(await inPair(({ port }) => rate(port, '/System/Info/Public')));
  for (let n = 0; n < plan.films; n += 1) {
    found.film.push(
      await inPair(async ({ port, workers }) => (await measureFilm({ port, pids: workers })).speed),
    );
  }
}
