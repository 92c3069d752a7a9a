import { expect, it } from 'vitest';
import { startAdminApp } from '../../../support/reset/admin-app.ts';

it('an administrator asks everybody or one whether an address is theirs, sees how far it is, and stops it', async () => {
  const app = await startAdminApp();
  for (const [name, address] of [
    ['alice', '+4912345'],
    ['bob', '+4967890'],
  ])
    await app.call('contacts/set', { user: name, channel: 'pager', address });
  expect(await app.call('confirmations/start', { user: 'alice', perHour: 50 })).toEqual({
    ...{ added: 1, already: 0, perHour: 50 },
  });
  expect(await app.call('confirmations/start')).toEqual({ added: 1, already: 1, perHour: 50 });
  expect(await app.call('confirmations/state')).toMatchObject({ waiting: 2, sent: 0, perHour: 50 });
  expect(await app.call('confirmations/stop')).toEqual({ stopped: 2 });
  expect(await app.call('confirmations/state')).toMatchObject({ waiting: 0, dropped: 2 });
  expect(await app.refused('confirmations/start', { user: 'zoe' })).toBe('404 user-unknown');
  expect(await app.refused('confirmations/start', { user: 'carol' })).toBe('409 nothing-to-confirm');
  expect(await app.refused('confirmations/start', { perHour: 0 })).toBe('400 bad-body');
  expect(await app.audited()).toEqual(
    expect.arrayContaining(['admin-asked-to-confirm', 'campaign-started', 'campaign-stopped']),
  );
});

it('an address whose owner said that the account is not theirs cannot be set again', async () => {
  const app = await startAdminApp();
  const about = { kind: 'disowned', userId: app.id('alice'), userName: 'alice', channel: 'pager' } as const;
  const mark = { ...about, address: '+4912345', secretHash: 'd'.repeat(64) };
  await app.storage.contactChanges.add({ ...mark, expiresAt: app.clock.now() + 1 }, app.clock.now());
  await app.storage.contactChanges.spend('disowned', mark.secretHash, app.clock.now());
  const set = { channel: 'pager', address: '+4912345' };
  expect(await app.refused('contacts/set', { user: 'alice', ...set })).toBe('409 address-disowned');
  expect(await app.call('contacts/set', { user: 'bob', ...set })).toMatchObject({ userName: 'bob' });
});
