import { expect, it } from 'vitest';
import { createLockouts } from '../../../server/jellyfin/lockouts.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

/** Lockouts from a Jellyfin that answers when `answer` is called, or fails. */
function createScene() {
  const waiting: PromiseWithResolvers<readonly never[]>[] = [];
  const clock = createSettableClock();
  const { log } = createLogLines();
  const users = () => {
    const asked = Promise.withResolvers<readonly never[]>();
    waiting.push(asked);
    return asked.promise;
  };
  return { lockouts: createLockouts({ api: { users }, clock, log }), waiting, clock };
}

it('a hundred sign-ins at once ask Jellyfin for one list of its accounts, also when it fails', async () => {
  const { lockouts, waiting, clock } = createScene();
  const signIns = () => Promise.all(Array.from({ length: 100 }, (_, n) => lockouts.of(`nobody-${n}`, false)));
  const first = signIns();
  waiting[0]?.reject(new Error('away'));
  await first;
  expect(waiting).toHaveLength(1);
  const second = signIns();
  waiting[1]?.resolve([]);
  await second;
  expect(waiting).toHaveLength(2);
  await signIns();
  expect(waiting).toHaveLength(2);
  clock.advance(60_000);
  const third = Promise.all([signIns(), lockouts.keyOf('nobody')]);
  waiting[2]?.resolve([]);
  await third;
  expect(waiting).toHaveLength(3);
});
