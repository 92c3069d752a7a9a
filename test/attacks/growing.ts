import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { type Held, type ProbedProgram, startProbedProgram } from '../support/program/probed-program.ts';

/** How much is asked. */
export interface Growing {
  /** Requests that come before, so that what is bounded is full and every way was gone. */
  readonly warmUp: number;
  readonly count: number;
}

/** Kinds of strangers and of requests: what all maps may have more afterwards is less than one entry for each of one kind. */
const MOST_PER_ENTRY = 50;

/** For what is in no map. Code that was not run for a while is thrown away and comes back, which is some megabytes. */
const MOST_GROWTH_BYTES = 4_000_000;

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sent in chunks, not with a length. */
  readonly isChunked?: boolean;
}

interface Asking {
  askAll(all: readonly Asked[]): Promise<void>;
  /** Connections that were made so far. */
  opened(): number;
}

/** Asks over that many kept connections, which stay open until the test ends. */
function openAsking({ port, jellyfin }: ProbedProgram, connections: number): Asking {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  onTestFinished(() => agent.destroy());
  let opened = 0;
  const ask = ({ method = 'GET', path, headers, body, isChunked = false }: Asked): Promise<void> =>
    new Promise((resolve, reject) => {
      const length = body === undefined || isChunked ? {} : { 'Content-Length': Buffer.byteLength(body) };
      const framing = isChunked ? { 'Transfer-Encoding': 'chunked' } : length;
      const asked = request({
        port,
        host: '127.0.0.1',
        method,
        path,
        agent,
        headers: { ...headers, ...framing },
      });
      asked.on('socket', (socket) => {
        if (socket.connecting) opened += 1;
      });
      asked.on('response', (answer) => {
        answer.resume().once('end', resolve);
        if ((answer.statusCode ?? 500) >= 500) reject(new Error(`${path}: ${answer.statusCode}`));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    opened: () => opened,
    async askAll(all) {
      let next = 0;
      const work = async (): Promise<void> => {
        for (let one = all[next++]; one !== undefined; one = all[next++]) {
          await ask(one);
          // What the fake notes is of no use here.
          jellyfin.journal.length = 0;
        }
      };
      await Promise.all(Array.from({ length: connections }, work));
    },
  };
}

const askAll = (program: ProbedProgram, all: readonly Asked[], connections: number): Promise<void> =>
  openAsking(program, connections).askAll(all);

const JSON_TYPE = { 'Content-Type': 'application/json' };
const IDENTITY = 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"';
const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}): Asked => ({
  ...{ method: 'POST', path, body: JSON.stringify(body) },
  headers: { ...JSON_TYPE, ...headers },
});

/** Every way a request can go, as somebody of the home network whom no limit stops. */
function everyWay(asset: string): readonly Asked[] {
  return [
    { path: '/System/Info/Public' },
    { path: '/web/index.html', headers: { Accept: 'text/html', 'Accept-Encoding': 'br' } },
    { path: '/web/config.json', headers: { 'Accept-Encoding': 'gzip' } },
    { path: '/Branding/Configuration' },
    { path: asset, headers: { 'Accept-Encoding': 'gzip' } },
    { path: '/web/nothing.js' },
    { path: '/gatehouse/health' },
    { path: '/gatehouse/account' },
    { path: '/gatehouse/common-passwords.txt', headers: { 'Accept-Encoding': 'gzip' } },
    { path: '/gatehouse/nothing' },
    { method: 'HEAD', path: '/web/' },
    { path: '/Startup/Configuration' },
    post('/gatehouse/api/links', { token: 'x'.repeat(43) }),
    post('/gatehouse/api/pins', { pin: '0000' }),
    post('/Users/ForgotPassword', { EnteredUsername: 'nobody' }),
    post('/Users/AuthenticateByName', { Username: 'nobody', Pw: 'x' }, { Authorization: IDENTITY }),
    { ...post('/Sessions/Playing/Progress', { ItemId: 'x'.repeat(2_000) }), isChunked: true },
    post('/Sessions/Playing', { ItemId: 'x'.repeat(40_000) }),
  ];
}

/** The n-th stranger: nothing it says was said by anybody before. */
function stranger(n: number, asset: string): Asked {
  const ways: readonly ((headers: Record<string, string>) => Asked)[] = [
    (headers) => ({ path: `/Items/${n}?x=${n}`, headers }),
    (headers) => ({ path: '/web/index.html', headers: { ...headers, Accept: 'text/html' } }),
    (headers) => ({ path: `/web/${'/'.repeat(n % 7)}config.json?${n}`, headers }),
    (headers) => ({ path: `/web/made-up-${n}.js`, headers }),
    (headers) => ({ path: `/web/${n.toString(16).padStart(20, '0')}.manifest.json`, headers }),
    ({ Origin: _, ...headers }) => ({
      path: `${asset.split('?')[0]}?${n.toString(16).padStart(20, '0')}`,
      headers,
    }),
    (headers) => ({ path: '/Branding/Configuration', headers }),
    (headers) => ({ path: `/gatehouse/${n}`, headers }),
    (headers) => ({ path: `/gatehouse/mods/${n}.js`, headers }),
    (headers) => ({ path: `/Startup/User?${n}`, headers }),
    ({ Origin: _, ...headers }) => post('/gatehouse/api/links', { token: `${n}`.padStart(43, 'x') }, headers),
    ({ Origin: _, ...headers }) =>
      post('/gatehouse/api/reset-requests', { enteredName: `page${n}` }, headers),
    (headers) => post('/Users/ForgotPassword', { EnteredUsername: `form${n}` }, headers),
    (headers) =>
      post(
        '/Users/AuthenticateByName',
        { Username: `name${n}`, Pw: 'x' },
        { ...headers, Authorization: IDENTITY },
      ),
    (headers) => post(`/Users/${n.toString(16).padStart(32, '0')}/Authenticate`, { Pw: 'x' }, headers),
  ];
  const way = ways[n % ways.length] as (typeof ways)[number];
  return way({
    'X-Forwarded-For': `11.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
    'If-None-Match': `"made-up-${n}"`,
    'Accept-Language': `x-${n}, de;q=0.${n % 10}`,
    'Accept-Encoding': `made-up-${n}, gzip;q=0.5`,
    Origin: `https://${n}.example`,
    'User-Agent': `Made Up/${n}`,
    'X-Emby-Token': n.toString(16).padStart(32, '0'),
  });
}

async function findAsset({ url }: ProbedProgram): Promise<string> {
  const page = await (await fetch(`${url}/web/index.html`)).text();
  const src = /<script defer="defer" src="([^"]+)"/.exec(page)?.[1];
  if (src === undefined) throw new Error('the page has no script');
  return `/web/${src}`;
}

/** Looks once the timers of the last requests have run, which takes as long as a call of Jellyfin may. */
async function lookAtRest(program: ProbedProgram, idle: Held): Promise<Held> {
  let held = await program.look();
  while (held.timers > idle.timers + 2) {
    await sleep(500);
    held = await program.look();
  }
  return held;
}

function expectNoMore(after: Held, before: Held, count: number): void {
  const { mostListeners, listenersOfProcess } = before;
  expect(after).toMatchObject({ listenersOfProcess, warnings: 0 });
  expect(after.mostListeners).toBeLessThanOrEqual(mostListeners);
  expect(after.entries - before.entries).toBeLessThan(count / MOST_PER_ENTRY);
  expect(after.heapBytes - before.heapBytes).toBeLessThan(MOST_GROWTH_BYTES);
  expect(after.externalBytes - before.externalBytes).toBeLessThan(MOST_GROWTH_BYTES);
}

/** Asks in every way over one connection, and requires that no listener, timer or memory is left. */
export async function askOverOneConnection({ warmUp, count }: Growing): Promise<void> {
  const program = await startProbedProgram();
  const idle = await program.look();
  const ways = everyWay(await findAsset(program));
  const round = Array.from({ length: count }, (_, n) => ways[n % ways.length] as Asked);
  await askAll(
    program,
    Array.from({ length: warmUp }, (_, n) => ways[n % ways.length] as Asked),
    4,
  );
  const before = await program.look();
  // Looked at while it is open: what hangs on a socket goes with it.
  const asking = openAsking(program, 1);
  await asking.askAll(round);
  expectNoMore(await lookAtRest(program, idle), before, count);
  expect(asking.opened()).toBe(1);
}

/** Asks as that many strangers, of whom no two say the same, and requires that no map has grown. */
export async function askAsStrangers({ warmUp, count }: Growing): Promise<void> {
  const program = await startProbedProgram();
  const idle = await program.look();
  const asset = await findAsset(program);
  const strangers = (from: number, many: number): Asked[] =>
    Array.from({ length: many }, (_, n) => stranger(from + n, asset));
  await askAll(program, strangers(0, warmUp), 16);
  const before = await program.look();
  await askAll(program, strangers(warmUp, count), 16);
  expectNoMore(await lookAtRest(program, idle), before, count);
}
