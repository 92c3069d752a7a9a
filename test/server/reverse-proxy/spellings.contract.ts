import { expect, it } from 'vitest';
import { findGuardedRoute } from '../../../injector/jellyfin/guarded-routes.ts';
import { canonicalPath } from '../../../injector/jellyfin/path.ts';
import { findRoute } from '../../../injector/jellyfin/routes.ts';
import type { Subject } from '../../support/jellyfin/subject.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import type { RunningProxy } from '../../support/network/running-proxy.ts';
import { HOSTILE, spell } from '../../support/network/spellings.ts';

/** What Gatehouse answers itself, or refuses whoever asks: nothing of it may reach Jellyfin. */
const CLOSED = [
  '/Users/ForgotPassword',
  '/Users/ForgotPassword/Pin',
  '/Startup/User',
  '/Startup/Complete',
  '/gatehouse/health',
];

/**
 * What every proxy in front makes of odd spellings: the tests for a `describe`.
 *
 * @param standing The proxy with Gatehouse and a Jellyfin without a base URL behind it.
 * @param changed Paths that it may write anew before Gatehouse reads them; it hands all others on as they came.
 */
export function testSpellings(
  standing: () => { readonly proxy: RunningProxy; readonly subject: Subject },
  changed: RegExp | undefined,
): void {
  let marks = 0;

  /** Sends one request line; answers its status, and the target that arrived at Jellyfin. */
  async function send(spelling: string) {
    marks += 1;
    const mark = `mark=${marks}-`;
    const target = `${spelling}${spelling.includes('?') ? '&' : '?'}${mark}`;
    const { proxy, subject } = standing();
    const answer = await sendRaw(
      proxy.port,
      `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      10_000,
    );
    const arrived = subject.fake?.journal.find(({ path }) => path.includes(mark))?.path;
    return { target, status: statusOf(answer), arrived };
  }

  function isClosed(target: string): boolean {
    const path = canonicalPath(target, { basePath: '', hasLegacyPrefixes: true }) ?? '';
    const kind = findRoute('POST', path)?.kind;
    return kind === 'answered' || kind === 'own' || findGuardedRoute(path) === 'wizard';
  }

  it('hands odd spellings on as they came, and none leads past Gatehouse to what it answers or guards', {
    timeout: 90_000,
  }, async () => {
    const spellings = [...spell(CLOSED, '', 300, 53), ...HOSTILE].flatMap((spelling) => {
      const path = spelling.replace(/^http:\/\/a(?=\/)/i, '');
      return path === spelling ? [path] : [path, `http://127.0.0.1${path}`];
    });
    const tally = { closed: 0, arrived: 0 };
    const wrong: string[] = [];
    const waiting = [...spellings];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { target, status, arrived } = await send(next);
        if (status === 0) wrong.push(`${target} got no answer`);
        if (isClosed(target)) tally.closed += 1;
        if (arrived === undefined) continue;
        tally.arrived += 1;
        if (isClosed(arrived)) wrong.push(`${target} arrived as ${arrived}`);
        if (target.startsWith('/') && arrived !== target && changed?.test(target) !== true)
          wrong.push(`${target} was changed to ${arrived}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(wrong).toEqual([]);
    // The generator must hit all sides, or nothing was shown.
    expect(tally.closed).toBeGreaterThan(80);
    expect(tally.arrived).toBeGreaterThan(30);
  });
}
