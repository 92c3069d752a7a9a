import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.ts';
import { freePort } from '../support/network/free-port.ts';
import { measureFirstPaint } from './first-paint.ts';
import { startGatehouse } from './gatehouse-child.ts';
import { type Load, loadTwice, type Network } from './login-load.ts';
import type { Row } from './verdict.ts';

/** Loads of the login page from Jellyfin itself and through Gatehouse, in turn. */
interface Side {
  readonly cold: Load[];
  readonly warm: Load[];
}

const NETWORKS: Readonly<Record<string, Network | undefined>> = {
  loopback: undefined,
  '10 Mbit/s, 40 ms': { bitsPerSecond: 10_000_000, latencyMs: 40 },
};
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

/** Pairs of the row about mods; fewer than five say little. */
const PAINT_ROUNDS = Number(process.env['BENCH_PAINT_ROUNDS'] ?? 21);

const webFolder = process.env['JELLYFIN_WEB_DIR'];
const version = process.env['JELLYFIN_VERSION'] ?? '10.11.11';
/** 10.8 has no page at `/web/`. */
const start = version.startsWith('10.8.') ? '/web/index.html' : '/web/';
const temp = await mkdtemp(join(tmpdir(), 'gatehouse-page-load-'));
const upstream = await startUpstream(version, webFolder);
try {
  const paint = await measureFirstPaint(temp, upstream.port, start, PAINT_ROUNDS);
  process.stdout.write(`${describePaint(paint)}\n`);
  if (paint.verdict === 'NOT MET') process.exitCode = 1;
  if (webFolder === undefined)
    process.stdout.write('JELLYFIN_WEB_DIR names no built jellyfin-web: its page load is not measured.\n');
  else await run();
} finally {
  upstream.stop();
  await rm(temp, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const port = await freePort();
  const gatehouse = await startGatehouse(temp, port, upstream.port);
  const browser = await launchChromium();
  try {
    const bare = `http://127.0.0.1:${upstream.port}${start}`;
    const through = `http://127.0.0.1:${port}${start}`;
    await learn(browser, through);
    const results = [];
    for (const [name, network] of Object.entries(NETWORKS)) {
      const sides = { bare: empty(), gatehouse: empty() };
      for (let round = 0; round < ROUNDS; round += 1) {
        const pair = [
          () => measure(browser, bare, network, sides.bare),
          () => measure(browser, through, network, sides.gatehouse),
        ];
        for (const load of round % 2 === 0 ? pair : pair.reverse()) await load();
      }
      results.push(compare(name, sides.bare, sides.gatehouse));
    }
    const rows = results.flatMap(({ network, rows }) => rows.map((row) => ({ network, ...row })));
    process.stdout.write(
      `${rows.map(lineOf).join('\n')}\n${JSON.stringify({ version, rounds: ROUNDS, results })}\n`,
    );
    const out = process.env['BENCH_OUT'];
    if (out !== undefined)
      await writeFile(out, JSON.stringify({ version, rounds: ROUNDS, results }, null, 1));
  } finally {
    await browser.close();
    await gatehouse.stop();
  }
}

function describePaint({ measure, nginx, gatehouse, result, target, verdict }: Row): string {
  const [none, all, middle, low, high] = [nginx, gatehouse, result.median, result.low, result.high].map(
    (ms) => ms.toFixed(1),
  );
  return `${measure}: none ${none}, all ${all}, later ${middle} (${low}..${high}), target ${target}: ${verdict}`;
}

function empty(): Side {
  return { cold: [], warm: [] };
}

async function measure(
  browser: Browser,
  url: string,
  network: Network | undefined,
  side: Side,
): Promise<void> {
  const { cold, warm } = await loadTwice(browser, url, network);
  side.cold.push(cold);
  if (warm !== undefined) side.warm.push(warm);
}

/** Visits as the first six people would, then waits until everything they got is compressed as small as can be. */
async function learn(browser: Browser, url: string): Promise<void> {
  const seen = new Set<string>();
  for (let visit = 0; visit < 6; visit += 1) {
    const { cold } = await loadTwice(browser, url, undefined, false);
    for (const file of cold.files) seen.add(file);
  }
  const origin = new URL(url).origin;
  const deadline = performance.now() + 180_000;
  for (const file of seen) {
    for (;;) {
      const answer = await fetch(origin + file, { headers: { 'Accept-Encoding': 'br' } });
      await answer.arrayBuffer();
      if (!answer.headers.get('etag')?.endsWith('-q"') || performance.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function startUpstream(version: string, folder: string | undefined) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'web-upstream.ts'), version, ...(folder === undefined ? [] : [folder])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    return { port: Number(line), stop: () => void child.kill('SIGTERM') };
  }
  throw new Error('the upstream ended at its start');
}

function compare(network: string, bare: Side, gatehouse: Side) {
  const rows = (['cold', 'warm'] as const).flatMap((visit) =>
    (['formMs', 'mainMs', 'bytes', 'requests'] as const).map((measure) => {
      const of = (side: Side): number => median(side[visit].map((load) => load[measure]));
      const [plain, ours] = [Math.round(of(bare)), Math.round(of(gatehouse))];
      return { visit, measure, bare: plain, gatehouse: ours, ratio: Number((ours / plain).toFixed(2)) };
    }),
  );
  const loads = [...gatehouse.cold, ...gatehouse.warm];
  return {
    ...{ network, rows },
    fetchedTwice: [...new Set(loads.flatMap((load) => load.twice))],
    preloadWarnings: [...new Set(loads.flatMap((load) => load.preloadWarnings))],
  };
}

function lineOf(row: Readonly<Record<string, string | number>>): string {
  return Object.values(row)
    .map((cell, column) => (column === 0 ? String(cell).padEnd(18) : String(cell).padStart(10)))
    .join('');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}
