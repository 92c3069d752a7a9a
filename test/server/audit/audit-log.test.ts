import { describe, expect, it } from 'vitest';
import {
  createAuditLog,
  FLOOD_ROWS_PER_DAY,
  FLOOD_ROWS_PER_MINUTE,
} from '../../../server/audit/audit-log.ts';
import { createEventCounts } from '../../../server/audit/auditing.ts';
import { AUDITED_EVENTS, COUNTERS } from '../../../server/audit/events.ts';
import { createToken } from '../../../server/secrets/token.ts';
import { createLogLines } from '../../support/log-lines.ts';
import { createSettableClock } from '../../support/settable-clock.ts';
import { tempStorage } from '../../support/temp-storage.ts';

async function createScene() {
  const storage = await tempStorage();
  const lines = createLogLines();
  const clock = createSettableClock();
  const counts = createEventCounts();
  const auditLog = createAuditLog({ audit: storage.audit, clock, log: lines.log, onLost: counts.lost });
  lines.log.tell((entry) => {
    counts.take(entry);
    auditLog.take(entry);
  });
  const rows = async () => {
    await auditLog.drain();
    return (await storage.audit.list({ limit: 1_000 })).toReversed();
  };
  return { storage, lines, clock, counts, auditLog, rows };
}

describe('the audit trail', () => {
  it('keeps each event of its list once: a line, a row, a count', async () => {
    const { lines, rows, counts } = await createScene();
    const events = Object.keys(AUDITED_EVENTS);
    for (const event of events) lines.log.info({ event, userId: 'u1', clientAddress: '192.0.2.7' });

    expect(lines.events()).toEqual(events);
    expect((await rows()).map((row) => row.event)).toEqual(events);
    const counted = events.filter((event) => AUDITED_EVENTS[event]?.counter !== undefined).length;
    expect(counts.read().reduce((sum, { value }) => sum + value, 0)).toBe(counted);
  });

  it('keeps an event whatever level the log has, and no event that is not on the list', async () => {
    const { lines, rows } = await createScene();
    lines.log.level = 'silent';
    lines.log.info({ event: 'password-changed', userId: 'u1' });
    lines.log.error({ event: 'listening' });

    expect(lines.text()).toBe('');
    expect((await rows()).map((row) => row.event)).toEqual(['password-changed']);
  });

  it('says who, from where, how it ended and what else is known', async () => {
    const { lines, rows, clock } = await createScene();
    lines.log.warn({
      event: 'password-not-changed',
      userId: 'u1',
      userName: 'Anna',
      clientAddress: '2001:db8::1',
      outcome: 'not-kept',
      tries: 6,
      err: new Error('Jellyfin forgot it'),
    });

    expect(await rows()).toEqual([
      expect.objectContaining({
        at: clock.now(),
        event: 'password-not-changed',
        userId: 'u1',
        userName: 'Anna',
        clientAddress: '2001:db8::1',
        outcome: 'not-kept',
        details: { tries: 6, problem: 'Jellyfin forgot it' },
      }),
    ]);
  });

  it('does not let what people do to one account crowd out what happens to another', async () => {
    const { storage, lines, auditLog } = await createScene();
    const events = ['pin-accepted', 'password-not-changed'];
    for (let n = 0; n < FLOOD_ROWS_PER_MINUTE + 50; n += 1) {
      for (const event of events) lines.log.info({ event, userId: 'u1', outcome: 'unreachable' });
    }
    for (const event of events) lines.log.info({ event, userId: 'u2', outcome: 'not-kept' });
    await auditLog.drain();

    const rows = await storage.audit.list({ limit: 10_000 });
    for (const event of events) {
      const countOf = (id: string) => rows.filter((row) => row.event === event && row.userId === id).length;
      expect([countOf('u1'), countOf('u2')]).toEqual([FLOOD_ROWS_PER_MINUTE, 1]);
    }
  });

  it('keeps no secret and no endless text', async () => {
    const { lines, rows } = await createScene();
    const token = createToken();
    lines.log.hide(['s3cret-of-smtp']);
    lines.log.warn({
      event: 'message-dead',
      reason: `x ${token} s3cret-of-smtp ${'y'.repeat(10_000)}`,
      list: [token],
    });

    const text = JSON.stringify(await rows());
    expect(text).not.toContain(token);
    expect(text).not.toContain('s3cret-of-smtp');
    expect(text.length).toBeLessThan(2_000);
  });

  it('lets a flood fill no disk, says how much it left out, and keeps what strangers cannot cause', async () => {
    const { lines, rows, clock, counts } = await createScene();
    for (let n = 0; n < FLOOD_ROWS_PER_MINUTE + 50; n += 1) {
      lines.log.info({ event: 'link-refused', state: 'unknown', clientAddress: '192.0.2.9' });
    }
    lines.log.info({ event: 'password-changed', userId: 'u1' });
    const during = await rows();
    clock.advance(60_000);
    lines.log.info({ event: 'link-refused', state: 'unknown', clientAddress: '192.0.2.9' });
    const after = (await rows()).slice(during.length);

    expect(during.filter((row) => row.event === 'link-refused')).toHaveLength(FLOOD_ROWS_PER_MINUTE);
    expect(during.at(-1)?.event).toBe('password-changed');
    expect(after.map((row) => [row.event, row.details])).toEqual([
      ['audit-thinned', { of: 'link-refused', rows: 50 }],
      ['link-refused', undefined],
    ]);
    expect(counts.read()).toContainEqual({
      counter: 'gatehouse_links_refused_total',
      labels: { state: 'unknown' },
      value: FLOOD_ROWS_PER_MINUTE + 51,
    });
  });

  it('keeps 5,000 rows a day of a flood that does not end, tells the rest once, and begins anew the day after', async () => {
    const { storage, lines, auditLog, clock } = await createScene();
    const flood = async (minutes: number): Promise<void> => {
      for (let minute = 0; minute < minutes; minute += 1) {
        for (let n = 0; n < FLOOD_ROWS_PER_MINUTE; n += 1) {
          lines.log.info({ event: 'guard-refused', route: 'lan', clientAddress: '192.0.2.9' });
        }
        await auditLog.drain();
        clock.advance(60_000);
      }
    };
    const count = async (event: string): Promise<number> =>
      (await storage.audit.list({ limit: 20_000 })).filter((row) => row.event === event).length;
    await flood(30);
    expect(await count('guard-refused')).toBe(FLOOD_ROWS_PER_DAY);
    expect(await count('audit-thinned')).toBe(1);
    lines.log.info({ event: 'login-held', clientAddress: '192.0.2.9' });
    await auditLog.drain();
    expect(await count('login-held')).toBe(1);
    clock.advance(24 * 60 * 60_000);
    await flood(1);
    expect(await count('guard-refused')).toBe(FLOOD_ROWS_PER_DAY + FLOOD_ROWS_PER_MINUTE);
    expect(await count('audit-thinned')).toBe(2);
  }, 60_000);

  it('a database that fails is told in the log and counted, and nothing else is disturbed', async () => {
    const { storage, lines, auditLog, counts } = await createScene();
    await storage.close();
    lines.log.info({ event: 'password-changed', userId: 'u1' });
    await auditLog.drain();

    expect(lines.events()).toEqual(['password-changed', 'audit-failed']);
    expect(counts.read()).toContainEqual({
      counter: 'gatehouse_audit_rows_lost_total',
      labels: {},
      value: 1,
    });
  });
});

describe('counters', () => {
  it('have a line of help each, a name as Prometheus wants it, and none is left over', () => {
    const used = Object.values(AUDITED_EVENTS).flatMap(({ counter }) => (counter ? [counter.name] : []));
    expect(new Set([...used, 'gatehouse_audit_rows_lost_total'])).toEqual(new Set(Object.keys(COUNTERS)));
    for (const name of Object.keys(COUNTERS)) expect(name).toMatch(/^gatehouse_[a-z_]+_total$/);
  });

  it('take nothing into a label that a stranger may choose', () => {
    const counts = createEventCounts();
    for (const state of ['unknown', 'Anna Müller', '192.0.2.1', 'x'.repeat(50), 7, undefined]) {
      counts.take({ event: 'link-refused', state, userName: 'Anna', clientAddress: '192.0.2.1' });
    }
    expect(counts.read()).toEqual([
      { counter: 'gatehouse_links_refused_total', labels: { state: 'unknown' }, value: 1 },
      { counter: 'gatehouse_links_refused_total', labels: { state: 'other' }, value: 5 },
    ]);
  });
});
