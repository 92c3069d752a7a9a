import { describe, expect, it } from 'vitest';
import { createOutageLog } from '../../../injector/answers/outage-log.ts';
import type { JellyfinState, Probe } from '../../../injector/jellyfin/readiness.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';

function opened() {
  const log = createKeptLog();
  const clock = { now: 0 };
  const outages = createOutageLog(log, () => clock.now);
  let before: JellyfinState = 'unknown';
  const look = (state: JellyfinState, reason?: string): void => {
    const found: Probe = {
      state,
      reason,
      version: undefined,
      isWizardDone: undefined,
      serverName: undefined,
    };
    outages.probed(found, before);
    before = state;
  };
  const told = () => log.lines.filter(({ level }) => level !== 'debug');
  return { clock, outages, look, told };
}

describe('the log of an outage', () => {
  it('says that it began, and why, and that it is over, and after how long', () => {
    const { clock, outages, look, told } = opened();
    look('ready');
    look('away', 'ECONNREFUSED');
    for (const state of ['starting', 'away', 'loading'] as const) look(state);
    for (let n = 0; n < 7; n += 1) outages.requestFailed(new Error('refused'));
    clock.now = 4_321;
    look('ready');
    look('ready');
    const seen = told().filter(({ event }) => event !== 'jellyfin-unreachable');
    expect(seen).toEqual([
      { level: 'warn', event: 'jellyfin-away', state: 'away', reason: 'ECONNREFUSED' },
      { level: 'info', event: 'jellyfin-back', afterMs: 4_321, failedRequests: 7 },
    ]);
  });

  it('says once that what answers is not Jellyfin, and again after Jellyfin was there', () => {
    const { look, told } = opened();
    for (const state of ['unknown', 'unknown', 'ready', 'unknown'] as const) look(state);
    expect(told().map(({ level, event }) => [level, event])).toEqual([
      ['warn', 'jellyfin-unrecognized'],
      ['warn', 'jellyfin-unrecognized'],
    ]);
  });

  it('tells the first failed request at once and of the others their number, each 10 s', () => {
    const { clock, outages, told } = opened();
    for (let second = 0; second < 25; second += 1) {
      clock.now = second * 1_000;
      for (let n = 0; n < 100; n += 1) outages.requestFailed(new Error('refused'));
    }
    expect(told()).toEqual([
      { level: 'warn', event: 'jellyfin-unreachable', requests: 1, error: 'refused' },
      { level: 'warn', event: 'jellyfin-unreachable', requests: 1_000, error: 'refused' },
      { level: 'warn', event: 'jellyfin-unreachable', requests: 1_000, error: 'refused' },
    ]);
  });

  it('counts files that could not be rewritten apart from that, with the last of them', () => {
    const { outages, told } = opened();
    outages.requestFailed(new Error('refused'));
    outages.rewriteFailed('page', new Error('too large'));
    outages.rewriteFailed('config', new Error('too large'));
    expect(told().map(({ event, route }) => [event, route])).toEqual([
      ['jellyfin-unreachable', undefined],
      ['rewrite-failed', 'page'],
    ]);
  });
});
