import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

/** What one load of the login page cost. */
export interface Load {
  /** From asking for the page to the login form, in milliseconds. */
  readonly formMs: number;
  /** Processor time of the page's main thread until then, in milliseconds: what else the machine does changes it little. */
  readonly mainMs: number;
  /** Answers that came over the wire, and their bytes with headers. */
  readonly requests: number;
  readonly bytes: number;
  /** Files below /web/ that came over the wire. */
  readonly files: readonly string[];
  /** Addresses that came over the wire more than once and may be kept by the browser. */
  readonly twice: readonly string[];
  /** What the browser wrote on its console about preloads. */
  readonly preloadWarnings: readonly string[];
}

/** A network as Chromium pretends it: undefined for what the machine gives. */
export interface Network {
  readonly latencyMs: number;
  readonly bitsPerSecond: number;
}

/** Loads the login page in a new, empty profile, then a second time in the same one. */
export async function loadTwice(
  browser: Browser,
  url: string,
  network: Network | undefined,
  isWarmWanted = true,
): Promise<{ cold: Load; warm: Load | undefined }> {
  const context = await browser.newContext({ locale: 'en-US' });
  try {
    await context.newPage();
    await calm(browser);
    const cold = await load(context, url, network);
    return { cold, warm: isWarmWanted ? await load(context, url, network) : undefined };
  } finally {
    await context.close();
  }
}

/** Up to 5 s, until a new profile's window has its own parts: Chromium 156 loads 0.6 s of scripts for its address bar. */
async function calm(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const deadline = performance.now() + 5_000;
  let before = Number.NaN;
  while (performance.now() < deadline) {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const seconds = processInfo.reduce(
      (sum, { type, cpuTime }) => sum + (type === 'browser' ? 0 : cpuTime),
      0,
    );
    if (seconds - before < 0.01) break;
    before = seconds;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await session.detach();
}

/**
 * How long a network is emulated before something is loaded over it, in milliseconds: soon after that Chromium 156 may stop
 * reading its connections for good when its network process gets no processor for a moment, whatever the server is.
 */
const EMULATED_BEFORE_MS = 10_000;

async function load(context: BrowserContext, url: string, network: Network | undefined): Promise<Load> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const wire = await watchWire(session, new URL(url).origin);
  const preloadWarnings: string[] = [];
  page.on('console', (message) => {
    if (/preload/i.test(message.text())) preloadWarnings.push(message.text());
  });
  if (network !== undefined) {
    const bytesPerSecond = network.bitsPerSecond / 8;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latencyMs,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
    await page.waitForTimeout(EMULATED_BEFORE_MS);
  }
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  const form = page.locator('#loginPage').waitFor({ state: 'visible', timeout: 60_000 });
  await form.catch((cause: unknown) => {
    const open = [...wire.open.values()].join(' ');
    throw new Error(`${url} showed no login form; not answered: ${open || 'nothing'}`, { cause });
  });
  const formMs = performance.now() - start;
  const { metrics } = await session.send('Performance.getMetrics');
  const mainMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  await settle(page, wire);
  await page.close();
  const files = wire.urls.map((address) => address.slice(new URL(url).origin.length));
  const kept = files.filter((path) => /\.(?:js|css|woff2)(?:\?|$)/.test(path));
  return {
    ...{ formMs, mainMs, preloadWarnings },
    requests: wire.urls.length,
    bytes: wire.bytes,
    files: kept,
    twice: [...new Set(kept.filter((path, index) => kept.indexOf(path) !== index))],
  };
}

interface Wire {
  readonly urls: string[];
  /** Addresses that were asked for and have not come yet, by the browser's number for the request. */
  readonly open: Map<string, string>;
  bytes: number;
  lastAtMs: number;
}

/** Counts answers that really came over the wire from one origin. */
async function watchWire(session: CDPSession, origin: string): Promise<Wire> {
  const own = new Map<string, string>();
  const wire: Wire = { urls: [], open: own, bytes: 0, lastAtMs: performance.now() };
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    wire.lastAtMs = performance.now();
    if (request.url.startsWith(`${origin}/`)) own.set(requestId, request.url);
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => own.delete(requestId));
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache === true || response.fromPrefetchCache === true) own.delete(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    wire.lastAtMs = performance.now();
    const url = own.get(requestId);
    own.delete(requestId);
    if (url === undefined) return;
    wire.urls.push(url);
    wire.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return wire;
}

/** Waits until nothing was asked or answered for a second. Chromium warns of unused preloads 3 s after its load event. */
async function settle(page: Page, wire: Wire): Promise<void> {
  await page.waitForTimeout(500);
  while (performance.now() - wire.lastAtMs < 1_000) await page.waitForTimeout(100);
}
