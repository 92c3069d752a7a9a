import { describe, expect, it } from 'vitest';
import { startAdminApp } from '../../../support/reset/admin-app.ts';

const NUMBER = '+4912345';

describe('contacts', () => {
  it('are set, proved and removed, and every answer but one has them shortened', async () => {
    const app = await startAdminApp();
    const shown = { channel: 'pager', address: '…45' };
    const set = await app.call('contacts/set', { user: 'alice', channel: 'pager', address: ` ${NUMBER}` });
    expect(set).toMatchObject({ userName: 'alice', contact: { ...shown, state: 'unverified' } });
    const verified = await app.call('contacts/verify', { user: 'alice', channel: 'pager' });
    expect(verified).toMatchObject({ contact: { ...shown, state: 'verified' } });
    expect(await app.call('contacts/list', { user: 'alice' })).toEqual({
      contacts: [{ channel: 'pager', address: NUMBER, state: 'verified' }],
    });
    expect(await app.call('contacts/remove', { user: 'alice', channel: 'email' })).toEqual({ removed: 0 });
    expect(await app.call('contacts/remove', { user: 'alice', channel: 'pager' })).toEqual({ removed: 1 });
    expect(await app.audited()).toEqual([
      ...['contact-changed', 'admin-set-contact', 'contact-verified', 'admin-verified-contact'],
      ...['admin-read-contacts', 'admin-removed-contacts', 'contact-removed', 'admin-removed-contacts'],
    ]);
    const changes = (await app.storage.audit.list({ limit: 99 })).filter(({ event }) =>
      /^contact-/.test(event),
    );
    for (const { details } of changes) expect(details).toMatchObject({ by: 'administrator admin' });
  });

  it('are refused with what is wrong', async () => {
    const app = await startAdminApp();
    const set = { user: 'alice', channel: 'pager', address: NUMBER };
    expect(await app.refused('contacts/set', { ...set, address: 'a number' })).toBe('422 address-refused');
    expect(await app.refused('contacts/set', { ...set, channel: 'email' })).toBe('404 channel-unknown');
    expect(await app.refused('contacts/set', { ...set, user: 'zoe' })).toBe('404 user-unknown');
    expect(await app.refused('contacts/verify', { user: 'alice', channel: 'pager' })).toBe(
      '404 contact-unknown',
    );
    const said = await app.send('/api/admin/contacts/set', { ...set, user: 'alica' });
    expect(await said.json()).toEqual({
      code: 'user-unknown',
      message: 'Jellyfin has no user "alica"; did you mean alice?',
    });
    const typed = await app.send('/api/admin/contacts/set', { ...set, address: 'a number' });
    expect(await typed.json()).toMatchObject({ message: 'The address is not a number.' });
    expect(await app.storage.contacts.list()).toEqual([]);
  });

  it('that the person took back cannot be set for them again', async () => {
    const app = await startAdminApp();
    const { contactChanges } = app.storage;
    const change = {
      kind: 'undo',
      secretHash: 'a'.repeat(64),
      userId: app.id('alice'),
      userName: 'alice',
    } as const;
    const now = app.clock.now();
    const about = { channel: 'pager', address: NUMBER, expiresAt: now + 1_000 };
    await contactChanges.add({ ...change, ...about }, now);
    await contactChanges.spend('undo', change.secretHash, now);
    const set = { user: 'alice', channel: 'pager', address: NUMBER };
    expect(await app.refused('contacts/set', set)).toBe('409 address-undone');
    await app.call('contacts/set', { ...set, user: 'bob' });
  });

  it('of an account that is gone are removed by its name', async () => {
    const app = await startAdminApp();
    const gone = { userId: 'e'.repeat(32), userName: 'zoe', channel: 'pager', address: NUMBER };
    await app.storage.contacts.set(gone);
    expect(await app.call('contacts/remove', { user: 'zoe' })).toEqual({ removed: 1 });
    expect(await app.refused('contacts/remove', { user: 'zoe' })).toBe('404 user-unknown');
  });

  it('are imported from CSV, and lines that are wrong are named', async () => {
    const app = await startAdminApp();
    const csv = 'name,email\nalice,alice@example.org\nzoe,zoe@example.org\nbob,nothing\n';
    const imported = await app.call('contacts/import', { csv });
    expect(imported).toMatchObject({ added: 1, changed: 0, isProved: true });
    expect(imported.problems.map(({ line }) => line)).toEqual([3, 4]);
    expect(JSON.stringify(imported)).not.toMatch(/@example/);
  });
});
