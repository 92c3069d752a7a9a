import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectJellyfin } from '../../../server/jellyfin/accounts.ts';
import { createToldPinFiles } from '../../../server/jellyfin/data-folder/told-pin-files.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { startThrottledJellyfin } from '../../support/jellyfin/throttled-jellyfin.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const HERE = '203.0.113.7';
/** People type passwords into the field of the name. */
const TYPED = 'correct horse battery staple';

function linesOf(text: string, event: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['event'] === event);
}

describe('failed and held sign-ins', () => {
  it('tell whom they are about by the name that Jellyfin has, however it was typed', async () => {
    const world = await startThrottledJellyfin({ lockout: -1 });
    const ana = { userId: world.jellyfin.user('ana').id, userName: 'ana', clientAddress: HERE };
    for (let count = 0; count < 6; count += 1) await world.signIn(HERE, 'ANA', 'wrong');
    await vi.waitFor(() => expect(linesOf(world.lines.text(), 'login-failed')).toHaveLength(5));
    for (const line of linesOf(world.lines.text(), 'login-failed')) expect(line).toMatchObject(ana);
    expect(linesOf(world.lines.text(), 'login-held')).toEqual([expect.objectContaining(ana)]);
    expect(world.lines.text()).not.toContain('ANA');
  });

  it('never tell what was typed where nobody has such a name', async () => {
    const world = await startThrottledJellyfin({ lockout: -1 });
    for (let count = 0; count < 6; count += 1) await world.signIn(HERE, TYPED, 'wrong');
    await vi.waitFor(() => expect(linesOf(world.lines.text(), 'login-failed')).toHaveLength(5));
    expect(linesOf(world.lines.text(), 'login-held')).toHaveLength(1);
    for (const event of ['login-failed', 'login-held'])
      for (const line of linesOf(world.lines.text(), event)) expect(line).not.toHaveProperty('userName');
    expect(world.lines.text()).not.toContain(TYPED);
  });

  it('know accounts by their contacts where there is no API key', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.10.7' });
    onTestFinished(() => jellyfin.close());
    const { contacts, limits } = await tempStorage();
    const clock = createSettableClock();
    const { lockouts } = connectJellyfin({
      ...{ url: jellyfin.url, apiKey: undefined, contacts, clock, log: createLogLines().log },
      dataFolder: { isAuto: false, places: [{ path: jellyfin.dataFolder, install: 'configured' }] },
      ...{ mayBeAdministrator: true, endsSessions: true, toldPinFiles: createToldPinFiles(limits, clock) },
    });
    const anna = { userId: 'a'.repeat(32), userName: 'Anna' };
    await contacts.set({ ...anna, channel: 'email', address: 'anna@example.org' });
    expect(await lockouts.accountOf('ANNA')).toEqual(anna);
    expect(await lockouts.accountOf(`#${anna.userId}`)).toEqual(anna);
    expect(await lockouts.accountOf(TYPED)).toBeUndefined();
  });
});
