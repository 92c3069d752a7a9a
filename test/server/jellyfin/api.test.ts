import { expect, test } from 'vitest';
import { createServerName } from '../../../server/jellyfin/api.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';

/** A Jellyfin that answers when it is told to. */
function setUp() {
  const clock = createSettableClock();
  const asked: ((name: string | undefined) => void)[] = [];
  const serverName = createServerName(
    {
      within: () => ({
        publicInfo: () =>
          new Promise((resolve, reject) => {
            asked.push((name) => {
              if (name === undefined) reject(new Error('Jellyfin is away'));
              else resolve({ Id: '1', Version: '10.11.11', ServerName: name });
            });
          }),
      }),
    },
    clock,
  );
  return { asked, clock, serverName };
}

test('all who want to know at once make one call, and for a minute nobody makes another', async () => {
  const { asked, clock, serverName } = setUp();
  const names = [serverName(), serverName(), serverName()];
  expect(asked).toHaveLength(1);
  asked[0]?.('Living Room');
  expect(await Promise.all(names)).toEqual(['Living Room', 'Living Room', 'Living Room']);
  clock.advance(59_999);
  expect(await serverName()).toBe('Living Room');
  expect(asked).toHaveLength(1);
});

test('while Jellyfin is away the last name is given, and messages do not wait for it one after the other', async () => {
  const { asked, clock, serverName } = setUp();
  const first = serverName();
  asked[0]?.('Living Room');
  await first;
  clock.advance(60_000);
  const away = serverName();
  asked[1]?.(undefined);
  expect(await away).toBe('Living Room');
  for (let i = 0; i < 100; i++) expect(await serverName()).toBe('Living Room');
  expect(asked).toHaveLength(2);
  clock.advance(5_000);
  const back = serverName();
  asked[2]?.('New Name');
  expect(await back).toBe('New Name');
});
