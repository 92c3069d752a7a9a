import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { stringify } from 'yaml';
import { filesIn } from '../../injector/kit/file-option.ts';
import { MODS } from '../../injector/mods/all.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { writeNamedFiles } from '../support/files/sample-files.ts';
import { ALL_MODS } from '../support/mods/all-mods.ts';
import { freePort } from '../support/network/free-port.ts';
import { type GatehouseChild, startProgram } from './gatehouse-child.ts';
import { judge, type Row } from './verdict.ts';

/** Frames as soon as there is something to paint: at 60 a second no difference below 17 ms could be seen. */
const UNTHROTTLED = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/**
 * When the first frame with the login form was painted, in milliseconds from the beginning of the navigation. The form is looked
 * for before each frame; the message comes after the frame that has it.
 */
const WATCH = `(() => {
  let painted;
  window.firstPaint = new Promise((resolve) => { painted = resolve; });
  const look = () => {
    const form = document.querySelector('#loginPage:not(.hide)');
    if (form === null || form.getClientRects().length === 0) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted(performance.now());
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
})()`;

/** Rounds that are thrown away: both programs fill what they keep, and compress it. */
const WARM_UP = 4;

/**
 * Measures how much later the login form is painted with all mods on than with none, each through a Gatehouse of its own, in a new
 * profile each time, one right after the other.
 *
 * @param folder For configurations and the files that mods name.
 * @param upstreamPort Of the Jellyfin behind both.
 * @param start Path of the web client.
 */
export async function measureFirstPaint(
  folder: string,
  upstreamPort: number,
  start: string,
  rounds: number,
): Promise<Row> {
  const none: GatehouseChild = await startWith(folder, upstreamPort, allOff());
  let all: GatehouseChild | undefined;
  let browser: Browser | undefined;
  try {
    all = await startWith(folder, upstreamPort, allOn());
    browser = await launchChromium(false, UNTHROTTLED);
    const times = { none: [] as number[], all: [] as number[] };
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const sides = [['none', none.port] as const, ['all', all.port] as const];
      for (const [side, port] of round % 2 === 0 ? sides : sides.reverse()) {
        const paintedMs = await paintedAfter(browser, `http://127.0.0.1:${port}${start}`);
        if (round >= 0) times[side].push(paintedMs);
      }
    }
    return judge({
      measure: 'login form painted later with all mods, ms',
      nginx: times.none,
      gatehouse: times.all,
      results: times.all.map((ms, round) => ms - (times.none[round] ?? Number.NaN)),
      target: { atMost: 10 },
    });
  } finally {
    await browser?.close();
    await all?.stop();
    await none.stop();
  }
}

async function paintedAfter(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' });
  try {
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'commit' });
    return await page.evaluate<number>('firstPaint');
  } finally {
    await context.close();
  }
}

const allOff = (): Record<string, unknown> => Object.fromEntries(MODS.map(({ name }) => [name, false]));

/** Without a file that others would have to be asked for, and without a reset service. */
function allOn(): Record<string, unknown> {
  return {
    ...Object.fromEntries(ALL_MODS.map(({ mod, options }) => [mod.name, options])),
    'custom-css': { file: 'theme.css', css: '#loginPage h1 { display: none; }' },
    'forgot-password': { show: 'https://accounts.example.org/reset' },
  };
}

async function startWith(
  folder: string,
  upstreamPort: number,
  mods: Record<string, unknown>,
): Promise<GatehouseChild> {
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'mods-'));
  const parsed = MODS.filter(({ name }) => mods[name] !== false).map((mod) =>
    mod.options.parse(mods[mod.name]),
  );
  await writeNamedFiles(own, filesIn(parsed));
  const port = await freePort();
  const config = {
    ...{ listen: { host: '127.0.0.1', port }, jellyfin: { url: `http://127.0.0.1:${upstreamPort}` } },
    ...{ log: { level: 'error' }, mods },
  };
  return await startProgram(own, port, stringify(config));
}
