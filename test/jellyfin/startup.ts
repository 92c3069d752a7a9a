import { type Answer, json } from './answers.ts';
import { isInNetwork } from './authorization.ts';
import type { FakeRequest } from './request.ts';
import { publicInfo } from './system.ts';
import type { World } from './world.ts';

/**
 * Where a start has got to: `refused` connections; `setup`, the start-up server of 10.11 and later; `loading`, the
 * main server before it is ready; `ready`.
 */
export type Phase = 'refused' | 'setup' | 'loading' | 'ready';

/** How long GET /System/Info/Public waits in the start-up server for the host to be built, in milliseconds. */
const INFO_PATIENCE_MS = 2500;

const PAGE = `<!DOCTYPE html>
<html lang="en">

<head>
    <meta charset="UTF-8" />
    <title>Jellyfin Startup</title>
</head>

<body>
    <p>Jellyfin Server is starting up.</p>
</body>

</html>
`;

const RETRY = { 'Retry-After': '005' };

const NO_STORE = {
  'Cache-Control': 'no-store, no-cache',
  Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  Pragma: 'no-cache',
};

/** What /health says, with the headers that keep it out of caches. */
export function healthAnswer(text: string, bare = false): Answer {
  return { status: 200, headers: NO_STORE, body: text, contentType: 'text/plain', bare };
}

/** The answer of the main server until it is ready; unlike the start-up server it sends no Retry-After. */
export function loadingAnswer(): Answer {
  return {
    status: 503,
    body: 'Jellyfin Server is loading. Please try again shortly.',
    contentType: 'text/html',
  };
}

/**
 * What the start-up server answers, to every path and method. Source: jellyfin live, 12.2 no. 6.
 * @param isHostBuilt whether the main server's host exists by now: only then are system information and log there
 */
export async function setupAnswer(
  world: World,
  request: FakeRequest,
  isHostBuilt: () => boolean,
): Promise<Answer> {
  const path = request.path.toLowerCase();
  if (path === '/health') return healthAnswer('Degraded', true);
  if (path === '/startup/logger') {
    if (!isHostBuilt() || !isInNetwork(world, request)) return { status: 401, bare: true };
    return { status: 200, body: '[INF] [1] Main: Jellyfin version\n', bare: true };
  }
  if (path === '/system/info/public') {
    const giveUp = Date.now() + INFO_PATIENCE_MS;
    while (!isHostBuilt() && Date.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!isHostBuilt()) return { status: 503, headers: RETRY, bare: true };
    const info = Object.entries({ ...publicInfo(world), StartupWizardCompleted: false });
    const camel = info.map(([key, value]) => [key.slice(0, 1).toLowerCase() + key.slice(1), value]);
    return { ...json(Object.fromEntries(camel)), bare: true };
  }
  return { status: 503, headers: RETRY, body: PAGE, contentType: 'text/html', bare: true };
}
