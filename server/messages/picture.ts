import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** Programs that draw a page without a window, by the names that systems give them. */
const NAMES = [
  ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
  ...['microsoft-edge-stable', 'microsoft-edge', 'msedge'],
];

/** Where they are on systems that put no programs on the PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** How large the picture is, in pixels: as wide as a mail program shows a mail. */
const SIZE = { width: 680, height: 1000 } as const;

/** How long drawing may take, in milliseconds. */
const DRAW_MS = 60_000;

/** Longest page, in bytes: it is handed over as an argument, and Windows takes 32,767 characters of all of them. */
const MOST_BYTES = 22_000;

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Draws a page as a PNG of {@link SIZE}, by a Chromium, Chrome or Edge of this machine, which is kept from the network.
 *
 * @param options.browser Its path. @default the first that is found
 * @param options.path Where programs are looked for, as in `PATH`.
 * @throws {Error} when there is no such program, or it draws nothing; with the fix.
 */
export async function drawPicture(
  html: string,
  file: string,
  options: { readonly browser?: string | undefined; readonly path: string | undefined },
): Promise<void> {
  if (Buffer.byteLength(html) > MOST_BYTES)
    throw new Error(
      `the message has over ${MOST_BYTES} bytes, too many to draw; use --html and open the file`,
    );
  const browser = options.browser ?? (await findBrowser(options.path ?? ''));
  if (browser === undefined) {
    const names = NAMES.join(', ');
    const fix = 'install one of them, name one with --browser PATH, or use --html and open the file';
    throw new Error(`--png needs a browser, and none of ${names} is on the PATH; ${fix}`);
  }
  const target = resolve(file);
  const profile = await mkdtemp(join(tmpdir(), 'gatehouse-picture-'));
  await rm(target, { force: true });
  try {
    await run(browser, [
      ...['--headless=new', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-extensions'],
      ...['--disable-background-networking', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND'],
      // Chromium refuses to run as root in its sandbox, as containers do; the page is ours and runs no script.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${profile}`,
      `--window-size=${SIZE.width},${SIZE.height}`,
      `--screenshot=${target}`,
      `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`,
    ]);
    const drawn = await readFile(target).catch(() => undefined);
    if (drawn?.subarray(0, PNG.length).equals(PNG) !== true)
      throw new Error(
        `${browser} drew no picture to ${file}; may it write there? Or name another with --browser PATH`,
      );
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function findBrowser(path: string): Promise<string | undefined> {
  const ends = process.platform === 'win32' ? ['.exe'] : [''];
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const named = NAMES.flatMap((name) =>
    ends.flatMap((end) => folders.map((folder) => join(folder, name + end))),
  );
  for (const candidate of [...named, ...PLACES])
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  return undefined;
}

/** Runs the browser to its end. What it says is dropped: it complains of much that does no harm. */
function run(browser: string, args: readonly string[]): Promise<void> {
  return new Promise((resolveRun, reject) => {
    const child = spawn(browser, args, { stdio: 'ignore', timeout: DRAW_MS, killSignal: 'SIGKILL' });
    child.once('error', (cause) => {
      const code = 'code' in cause ? String(cause.code) : cause.message;
      reject(new Error(`${browser} cannot be run (${code}); name another with --browser PATH`, { cause }));
    });
    // Whether it drew is seen by the picture.
    child.once('close', () => resolveRun());
  });
}
