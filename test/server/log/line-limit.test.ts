import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../server/log/log.ts';

function open(level = 'info') {
  const lines: { event: string; [field: string]: unknown }[] = [];
  const stream = {
    write: (line: string) => lines.push(JSON.parse(line)),
  } as unknown as NodeJS.WritableStream;
  return {
    log: createLogger(level, stream),
    lines,
    of: (event: string) => lines.filter((one) => one.event === event),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('lines that strangers can cause', () => {
  it.each(['info', 'warn', 'error'] as const)(
    'at level %s are 300 a minute of each event; the number of the others is told',
    (level) => {
      const { log, lines, of } = open();
      for (let n = 0; n < 1_000; n += 1) log[level]({ event: 'request-refused', status: 400 });
      expect(of('request-refused')).toHaveLength(300);
      vi.advanceTimersByTime(60_000);
      expect(lines.at(-1)).toMatchObject({
        level: 'warn',
        event: 'log-thinned',
        of: 'request-refused',
        lines: 700,
      });
      for (let n = 0; n < 300; n += 1) log[level]({ event: 'request-refused', status: 400 });
      vi.advanceTimersByTime(60_000);
      expect(of('request-refused')).toHaveLength(600);
      expect(of('log-thinned')).toHaveLength(1);
    },
  );

  it('take no line from another event, and none from who listens', () => {
    const { log, of } = open();
    const heard = vi.fn();
    log.addListener(heard);
    for (let n = 0; n < 1_000; n += 1) log.warn({ event: 'login-failed' });
    log.info({ event: 'password-changed' });
    expect(of('password-changed')).toHaveLength(1);
    expect(heard).toHaveBeenCalledTimes(1_001);
  });

  it('are not counted while their level is not written, and not limited at the level for details', () => {
    const { log, lines } = open('error');
    for (let n = 0; n < 1_000; n += 1) log.warn({ event: 'request-refused' });
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
    log.level = 'debug';
    for (let n = 0; n < 1_000; n += 1) log.debug({ event: 'request-seen' });
    expect(lines).toHaveLength(1_000);
  });
});
