import { describe, expect, it } from 'vitest';
import { createAdoptingAccounts } from '../../../server/jellyfin/accounts.ts';
import { ownUserId } from '../../../server/jellyfin/own-user-id.ts';
import type { Contact } from '../../../server/ports/contacts.ts';
import { account, createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const alice = account('Alice');
const bob = account('bob');

async function start() {
  const { contacts } = await tempStorage();
  const lines = createLogLines();
  const accounts = createAdoptingAccounts(createMemoryAccounts([alice, bob]), contacts, lines.log);
  const set = (userId: string, userName: string, address: string): Promise<void> =>
    contacts.set({ userId, userName, channel: 'email', address });
  const all = async (): Promise<string[]> =>
    (await contacts.list()).map(({ userId, address }: Contact) => `${userId} ${address}`);
  return { contacts, lines, accounts, set, all };
}

describe('a contact that was made without an API key', () => {
  it('gets the id of Jellyfin when its person is looked up by name, once', async () => {
    const { accounts, all, lines, set } = await start();
    await set(ownUserId('alice'), 'alice', 'a@example.org');
    await set(bob.id, 'bob', 'b@example.org');
    for (let n = 0; n < 2; n += 1) expect(await accounts.findByName('ALICE')).toEqual(alice);
    expect(await accounts.findByName('bob')).toEqual(bob);
    expect(await all()).toEqual([`${alice.id} a@example.org`, `${bob.id} b@example.org`]);
    expect(lines.events()).toEqual(['contact-adopted']);
  });

  it('gets it too when its person is looked up by the id of the contact, as for a mail address', async () => {
    const { accounts, all, set } = await start();
    await set(ownUserId('alice'), 'alice', 'a@example.org');
    expect(await accounts.findById(ownUserId('alice'))).toEqual(alice);
    expect(await all()).toEqual([`${alice.id} a@example.org`]);
  });

  it('gives way to one that was made with the key, and stays where nobody knows the person', async () => {
    const { accounts, all, set } = await start();
    await set(ownUserId('alice'), 'alice', 'old@example.org');
    await set(alice.id, 'Alice', 'new@example.org');
    await set(ownUserId('gone'), 'gone', 'gone@example.org');
    expect(await accounts.findByName('alice')).toEqual(alice);
    expect(await accounts.findByName('gone')).toBeUndefined();
    expect(await accounts.findById(ownUserId('gone'))).toBeUndefined();
    expect(await all()).toEqual([`${alice.id} new@example.org`, `${ownUserId('gone')} gone@example.org`]);
  });
});
