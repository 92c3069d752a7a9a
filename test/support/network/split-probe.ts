import { findGuardedRoute } from '../../../injector/jellyfin/guarded-routes.ts';
import { canonicalPath } from '../../../injector/jellyfin/path.ts';
import { findRoute } from '../../../injector/jellyfin/routes.ts';
import type { Subject } from '../jellyfin/subject.ts';
import { sendRaw, statusOf } from './raw-http.ts';
import { GUARDED, spell } from './spellings.ts';

/** The host of absolute forms as `spell` writes it. */
const SPELLED_HOST = 'a';

/** How a request arrived at Jellyfin: not at all, through Gatehouse, or straight from the proxy in front. */
export type Arrival = 'none' | 'gatehouse' | 'straight';

/** What became of a spelling of something that Gatehouse answers or guards. */
export interface SpelledCall {
  readonly method: string;
  readonly spelling: string;
  /** Whether Jellyfin takes it for something that Gatehouse has to do with. */
  readonly isOurs: boolean;
  readonly way: Arrival;
  readonly isUnchanged: boolean;
}

/** Sends request lines to a proxy that splits, and finds them again at Jellyfin. */
export interface SplitProbe {
  /** Says how what has that in its path arrived: what went through Gatehouse has lost its X-Real-IP. */
  wayOf(mark: string): Arrival;
  /** Sends one request line as it is. `isUnchanged`: Jellyfin got the same target. */
  send(
    method: string,
    target: string,
  ): Promise<{ readonly status: number; readonly way: Arrival; readonly isUnchanged: boolean }>;
  /** Sends so many spellings of what Gatehouse answers or guards, several at the same time. */
  sendSpellings(count: number, seed: number): Promise<SpelledCall[]>;
}

/**
 * Makes it.
 *
 * @param proxy.head Lines of the head, such as Host and who asks, each with its line break.
 * @param proxy.host What stands for the host in absolute forms of a target.
 */
export function createSplitProbe(
  subject: Subject,
  baseUrl: string,
  proxy: { readonly port: number; readonly head: string; readonly host: string },
): SplitProbe {
  let marks = 0;
  const arrivedWith = (mark: string) => subject.fake?.journal.find(({ path }) => path.includes(mark));

  function wayOf(mark: string): Arrival {
    const arrived = arrivedWith(mark);
    if (arrived === undefined) return 'none';
    return arrived.headers['x-real-ip'] === undefined ? 'gatehouse' : 'straight';
  }

  function isOurs(method: string, target: string): boolean {
    const origin = `http://${proxy.host}`;
    const isAbsolute = target.toLowerCase().startsWith(`${origin}/`);
    const inOrigin = isAbsolute ? target.slice(origin.length) : target;
    const path = canonicalPath(inOrigin, { basePath: baseUrl, hasLegacyPrefixes: true });
    return (
      path !== undefined && (findRoute(method, path) !== undefined || findGuardedRoute(path) !== undefined)
    );
  }

  async function send(method: string, target: string) {
    marks += 1;
    const mark = `mark=${marks}-`;
    const body = method === 'POST' ? '{}' : '';
    const marked = `${target}${target.includes('?') ? '&' : '?'}${mark}`;
    const answer = await sendRaw(
      proxy.port,
      `${method} ${marked} HTTP/1.1\r\n${proxy.head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      10_000,
    );
    return { status: statusOf(answer), way: wayOf(mark), isUnchanged: arrivedWith(mark)?.path === marked };
  }

  return {
    wayOf,
    send,
    async sendSpellings(count, seed) {
      const paths = GUARDED.map(([, path]) => path);
      const waiting = [...spell(paths, baseUrl, count, seed).entries()];
      const calls: SpelledCall[] = [];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [index, spelled] = next;
          const isAsSpelled = proxy.host === SPELLED_HOST;
          const spelling = isAsSpelled
            ? spelled
            : spelled.replace(/^http:\/\/a(?=\/)/i, `http://${proxy.host}`);
          const [method = ''] = GUARDED[index % GUARDED.length] ?? [];
          const { way, isUnchanged } = await send(method, spelling);
          calls.push({ method, spelling, isOurs: isOurs(method, spelling), way, isUnchanged });
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      return calls;
    },
  };
}

/** How many of them were of each kind. */
export function tallyOf(calls: readonly SpelledCall[]) {
  const count = (isMeant: (call: SpelledCall) => boolean): number => calls.filter(isMeant).length;
  return {
    ours: count(({ isOurs }) => isOurs),
    straight: count(({ way }) => way === 'straight'),
    gatehouse: count(({ way }) => way === 'gatehouse'),
  };
}
