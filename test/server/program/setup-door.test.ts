import { describe, expect, it } from 'vitest';
import {
  createSetupDoor,
  type DoorEvent,
  PAUSE_MS,
  WRONG_CODES,
} from '../../../server/program/setup-door.ts';

/** A door, a clock to be set, and the newest code. */
function doorWithClock() {
  const told: DoorEvent[] = [];
  const clock = { now: 0 };
  const door = createSetupDoor(
    (event) => void told.push(event),
    () => clock.now,
  );
  const codes = () => told.flatMap((event) => (event.kind === 'code' ? [event] : []));
  return { door, clock, told, codes, newest: () => codes().at(-1)?.code ?? '' };
}

describe('the door of the setup page', () => {
  it('lets in whoever types the newest code, however it is spelt, and nobody with an older one', () => {
    const { door, codes, newest } = doorWithClock();
    const first = newest();
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(door.enter(` ${first.toLowerCase().replace('-', ' ')} `, '::1').kind).toBe('in');
    expect(newest()).not.toBe(first);
    expect(door.enter(first, '::1').kind).toBe('wrong');
    expect(codes().map(({ reason }) => reason)).toEqual(['start', 'used']);
  });

  it('knows one browser: the last that was let in', () => {
    const { door, newest } = doorWithClock();
    expect([door.isIn(undefined), door.isIn('')]).toEqual([false, false]);
    const one = door.enter(newest(), '::1');
    const other = door.enter(newest(), '::1');
    if (one.kind !== 'in' || other.kind !== 'in') throw new Error('was not let in');
    expect(one.cookie).toMatch(/^[\w-]{43}$/);
    expect([door.isIn(one.cookie), door.isIn(other.cookie)]).toEqual([false, true]);
  });

  it('makes another code after five wrong ones, and looks at none for a minute', () => {
    const { door, clock, codes, newest, told } = doorWithClock();
    for (let guess = 0; guess < WRONG_CODES; guess += 1)
      expect(door.enter(guess === 0 ? '' : 'AAAA-AAAA', '192.168.1.7').kind).toBe('wrong');
    expect(codes().map(({ reason }) => reason)).toEqual(['start', 'guessed']);
    expect(door.enter(newest(), '::1')).toEqual({ kind: 'wait', seconds: PAUSE_MS / 1000 });
    clock.now = PAUSE_MS - 1;
    expect(door.enter(newest(), '::1')).toEqual({ kind: 'wait', seconds: 1 });
    clock.now = PAUSE_MS;
    expect(door.enter(newest(), '::1').kind).toBe('in');
    expect(told.filter(({ kind }) => kind === 'wrong-code')).toHaveLength(WRONG_CODES);
    expect(told.at(-2)).toEqual({ kind: 'let-in', clientAddress: '::1' });
  });
});
