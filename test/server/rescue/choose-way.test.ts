import { describe, expect, test } from 'vitest';
import { type Circumstances, chooseWay } from '../../../server/rescue/choose-way.ts';

const HOLDER = { pid: 7, name: 'jellyfin', isLocking: true };
const AT: Circumstances = {
  path: '/config/data/jellyfin.db',
  state: { kind: 'stopped' },
  readOnlyBecause: undefined,
  answers: false,
  address: 'http://127.0.0.1:8096',
  isSaidStopped: false,
  mayStop: false,
  wanted: undefined,
};
const LOCKED = { kind: 'running', isLocking: true, holders: [HOLDER] } as const;
const UNLOCKED = { kind: 'running', isLocking: false, holders: [{ ...HOLDER, isLocking: false }] } as const;
const UNSEEN = { kind: 'unseen' } as const;

describe('the gentlest way', () => {
  test.each([
    ['api', 'runs with its lock and answers', { state: LOCKED, answers: true }],
    ['database', 'is stopped', {}],
    ['database', 'runs and may be stopped, but does not answer', { state: LOCKED, mayStop: true }],
    ['database', 'runs without a lock and may be stopped', { state: UNLOCKED, answers: true, mayStop: true }],
    ['database', 'is said to be stopped where that cannot be seen', { state: UNSEEN, isSaidStopped: true }],
    ['pin', 'runs without a lock', { state: UNLOCKED, answers: true }],
    [
      'pin',
      'has a database that cannot be written',
      { state: LOCKED, answers: true, readOnlyBecause: 'read-only' },
    ],
    ['pin', 'cannot be seen, but answers', { state: UNSEEN, answers: true, isSaidStopped: true }],
    ['pin', 'is wanted so', { state: LOCKED, answers: true, wanted: 'pin' }],
  ] as const)('is %s where Jellyfin %s', (way, _where, at) => {
    expect(chooseWay({ ...AT, ...at }).way).toBe(way);
  });

  test.each([
    ['runs and does not answer', { state: LOCKED }, /name its address with --jellyfin.*--stop-command/],
    ['runs without a lock', { state: UNLOCKED }, /restart Jellyfin once.*process 7/],
    ['cannot be seen', { state: UNSEEN }, /say so with --stopped/],
    ['is stopped and read-only', { readOnlyBecause: 'a reason' }, /cannot be written \(a reason\)/],
    [
      'is stopped, and the API is wanted',
      { wanted: 'api' },
      /^Nothing works as it is. Over its API: Jellyfin is stopped.$/,
    ],
  ] as const)(
    'is none where Jellyfin %s, and each is told with what stands against it',
    (_where, at, says) => {
      expect(() => chooseWay({ ...AT, ...at })).toThrow(says);
    },
  );

  test.each([
    [LOCKED, true],
    [UNLOCKED, false],
    [UNSEEN, false],
  ] as const)('reads the database beforehand only where that does no harm (%#)', (state, mayRead) => {
    expect(chooseWay({ ...AT, state, answers: true, wanted: 'pin' }).mayRead).toBe(mayRead);
    expect(chooseWay({ ...AT, state, mayStop: true, wanted: 'database' }).mayRead).toBe(mayRead);
  });
});
