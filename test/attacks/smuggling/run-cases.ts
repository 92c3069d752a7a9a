import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import type { Case, Outcome } from './case.ts';
import { createRecordingUpstream, type RecordingUpstream } from './recording-upstream.ts';
import { type Exchange, exchange, statusesOf } from './sockets.ts';

/** Runs cases through the real injector in front of an upstream that writes down each byte. */
export function runCases(group: string, cases: readonly Case[]): void {
  describe(group, () => {
    const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: createKeptLog() });
    let upstream: RecordingUpstream;
    let port = 0;
    beforeAll(async () => {
      upstream = await createRecordingUpstream();
      const jellyfinUrl = `http://127.0.0.1:${upstream.port}`;
      await injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods: {} }, undefined);
      port = await listen(injector.server);
    });
    beforeEach(() => upstream.forget());
    afterAll(async () => {
      await injector.close();
      await shut(injector.server);
      await upstream.close();
    });

    it.each(cases.map((one) => [one.what, one] as const))('%s', async (_what, { send, is }) => {
      const parts = typeof send === 'string' ? [send] : send;
      const got = await exchange(port, parts, answersOf(is), 'cut' in is && is.byClient ? 200 : 2_000);
      for (let tries = 0; upstream.arrived().openParts > 0 && tries < 500; tries += 1) await wait(20);
      const arrived = upstream.arrived();
      expect(arrived.faults, 'nothing ambiguous').toEqual([]);
      const names = arrived.requests.map(({ method, target, body }) =>
        `${method} ${target} ${body.toString('latin1')}`.trim(),
      );
      expect(names).toEqual('forwarded' in is ? is.forwarded : []);
      expect(arrived.openParts, 'connections with a part of a request').toBe(0);
      expectAnswers(is, got);
      if (!('forwarded' in is)) return;
      for (const [name, value] of Object.entries(is.headers ?? {})) {
        const found = arrived.requests[0]?.headers.filter(([one]) => one === name).map(([, text]) => text);
        expect(found, name).toEqual(value === undefined ? [] : [value]);
      }
    });
  });
}

function answersOf(is: Outcome): number {
  return 'forwarded' in is ? is.forwarded.length + (is.afterwards === undefined ? 0 : 1) : 0;
}

function expectAnswers(is: Outcome, { raw, isClosed }: Exchange): void {
  const statuses = statusesOf(raw).filter((status) => status >= 200);
  if ('forwarded' in is) {
    const ours = is.afterwards === undefined ? [] : [is.afterwards];
    expect(statuses).toEqual([...is.forwarded.map(() => 200), ...ours]);
    const bodies = is.forwarded.filter((one) => !one.startsWith('HEAD'));
    const places = bodies.map((one) => raw.indexOf(`\r\n\r\n${one.split(' ', 2).join(' ')}`));
    expect(places, 'each request gets its own answer').not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    return;
  }
  if ('cut' in is && is.byClient === true) {
    expect(raw).toBe('');
    return;
  }
  expect(isClosed, 'the connection is closed').toBe(true);
  if ('cut' in is) {
    expect([[], [400], [413], [431]]).toContainEqual(statuses);
    return;
  }
  const allowed = [is.refused].flat();
  expect(statuses.length, raw.slice(0, 500)).toBeLessThanOrEqual(1);
  expect(allowed).toContain(statuses[0] ?? 0);
}
