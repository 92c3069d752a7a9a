import { expect, test } from 'vitest';
import type { Contact, Contacts } from '../../../server/ports/contacts.ts';
import { kept } from '../../support/storage/kept-contact.ts';

const anna: Contact = {
  userId: '0123456789abcdef0123456789abcdef',
  userName: 'Anna',
  channel: 'email',
  address: 'Anna@example.org',
};
const ben: Contact = { ...anna, userId: 'f'.repeat(32), userName: 'ben', address: 'ben@example.org' };

/** What every adapter of Contacts keeps. `open` gives an empty one for the running test. */
export function testContacts(open: () => Promise<Contacts>): void {
  test('an account without a contact has none', async () => {
    const contacts = await open();
    expect(await contacts.ofUser(anna.userId)).toEqual([]);
    expect(await contacts.ofAddress(anna.address)).toEqual([]);
    expect(await contacts.list()).toEqual([]);
  });

  test('a contact is found by account and by address, letter case aside', async () => {
    const contacts = await open();
    await contacts.set(anna);
    await contacts.set(ben);
    expect(await contacts.ofUser(anna.userId)).toEqual([kept(anna)]);
    expect(await contacts.ofAddress('aNNa@EXAMPLE.org')).toEqual([kept(anna)]);
    expect(await contacts.ofAddress('nobody@example.org')).toEqual([]);
  });

  test('a contact keeps its channel, and an account has one on each', async () => {
    const contacts = await open();
    const pager = { ...anna, channel: 'pager', address: '+49301234567' };
    await contacts.set(anna);
    await contacts.set(pager);
    await contacts.set({ ...pager, address: '+49307654321' }, 1);
    expect(await contacts.ofUser(anna.userId)).toEqual([
      kept(anna),
      kept({ ...pager, address: '+49307654321' }),
    ]);
    expect(await contacts.formerOf(anna.userId, 2)).toEqual([kept(pager)]);
  });

  test('a contact is found by the name of its account, compared as Jellyfin does', async () => {
    const contacts = await open();
    const oender = { ...anna, userName: 'Önder ß' };
    await contacts.set(oender);
    await contacts.set(ben);
    expect(await contacts.ofUserName('öNDER ß')).toEqual([kept(oender)]);
    expect(await contacts.ofUserName('önder ss')).toEqual([]);
    expect(await contacts.ofUserName(' o\u0308NDER ß ')).toEqual([kept(oender)]);
    await contacts.set({ ...oender, userName: 'Onder' });
    expect(await contacts.ofUserName('önder ß')).toEqual([]);
    expect(await contacts.ofUserName('ONDER')).toMatchObject([{ userId: anna.userId }]);
  });

  test('contacts of several accounts are found at once', async () => {
    const contacts = await open();
    await contacts.setAll([anna, ben]);
    const pager = { ...anna, channel: 'pager', address: '7' };
    await contacts.set(pager);
    const found = await contacts.ofUsers([ben.userId, anna.userId, 'e'.repeat(32), ben.userId]);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining([kept(anna), kept(pager), kept(ben)]));
    expect(await contacts.ofUsers([])).toEqual([]);
  });

  test('several are set as each would be alone', async () => {
    const contacts = await open();
    await contacts.set(anna, 1);
    const [first] = await contacts.ofUser(anna.userId);
    await contacts.verify(first?.id ?? '', 2);
    await contacts.setAll([ben, { ...anna, userName: 'Anne' }], 3);
    expect(await contacts.ofUser(anna.userId)).toEqual([
      { ...kept({ ...anna, userName: 'Anne' }), id: first?.id, state: 'verified', verifiedAt: 2 },
    ]);
    await contacts.setAll(
      [
        { ...ben, address: 'new@example.org' },
        { ...anna, address: 'other@example.org' },
      ],
      4,
      {
        state: 'verified',
      },
    );
    expect((await contacts.list()).map(({ address, state }) => `${address} ${state}`)).toEqual([
      'other@example.org verified',
      'new@example.org verified',
    ]);
    expect((await contacts.formerOf(anna.userId, 5)).map(({ address }) => address)).toEqual([anna.address]);
    await contacts.setAll([]);
  });

  test('one that was removed comes back when it is set again, one of the same channel twice is the last', async () => {
    const contacts = await open();
    await contacts.setAll([anna, ben], 1);
    const [first] = await contacts.ofUser(anna.userId);
    await contacts.verify(first?.id ?? '', 2);
    await contacts.remove(anna.userId, 3);
    await contacts.remove(ben.userId, 3);
    const pager = { ...ben, channel: 'pager', address: '7' };
    await contacts.setAll([{ ...anna, address: 'new@example.org' }, ben, pager], 4);
    expect((await contacts.formerOf(anna.userId, 5)).map(({ address }) => address)).toEqual([anna.address]);
    expect(await contacts.formerOf(ben.userId, 5)).toEqual([]);
    await contacts.setAll([{ ...pager, address: '8' }, anna, { ...pager, address: '9' }], 6);
    expect(await contacts.ofUser(anna.userId)).toMatchObject([
      { address: anna.address, id: first?.id, state: 'verified', verifiedAt: 2 },
    ]);
    expect(await contacts.ofUser(ben.userId)).toMatchObject([{ address: ben.address }, { address: '9' }]);
  });

  test('many are set by several at once, in any order, and nobody waits in a circle', {
    timeout: 60_000,
  }, async () => {
    const contacts = await open();
    const all = Array.from({ length: 600 }, (_, n): Contact => {
      const userId = String(n % 300).padStart(32, '0');
      return {
        userId,
        userName: `user ${n % 300}`,
        channel: n < 300 ? 'email' : 'pager',
        address: `a${n}@example.org`,
      };
    });
    await contacts.setAll(all);
    await Promise.all(all.slice(0, 50).map(({ userId }) => contacts.remove(userId)));
    const orders = [all, all.toReversed(), [...all.slice(300), ...all.slice(0, 300)], all.toReversed()];
    for (let round = 0; round < 5; round++) await Promise.all(orders.map((order) => contacts.setAll(order)));
    expect(await contacts.list()).toHaveLength(600);
  });

  test('where one of several cannot be kept, none is', async () => {
    const contacts = await open();
    const broken: Contact = { ...ben, address: undefined as unknown as string };
    await expect(contacts.setAll([anna, broken])).rejects.toThrow();
    expect(await contacts.list()).toEqual([]);
  });

  test('several accounts may share an address', async () => {
    const contacts = await open();
    await contacts.set(anna);
    await contacts.set({ ...ben, address: 'anna@EXAMPLE.org' });
    const names = (await contacts.ofAddress('anna@example.org')).map((contact) => contact.userName);
    expect(names).toEqual(['Anna', 'ben']);
  });

  test('setting an address again replaces it and the name', async () => {
    const contacts = await open();
    await contacts.set(anna);
    await contacts.set({ ...anna, userName: 'Anne', address: 'new@example.org' });
    expect(await contacts.ofUser(anna.userId)).toEqual([
      kept({ ...anna, userName: 'Anne', address: 'new@example.org' }),
    ]);
    expect(await contacts.ofAddress(anna.address)).toEqual([]);
  });

  test('a replaced address is kept for 30 days, and the first one when it is replaced again', async () => {
    const contacts = await open();
    const [now, day] = [1_800_000_000_000, 86_400_000];
    const formerAt = async (at: number) =>
      (await contacts.formerOf(anna.userId, at)).map((one) => one.address);
    await contacts.set(anna, now);
    await contacts.set({ ...anna, userName: 'Anna' }, now);
    expect(await formerAt(now)).toEqual([]);
    await contacts.set({ ...anna, address: 'thief@example.org' }, now);
    await contacts.set({ ...anna, address: 'second@example.org' }, now + day);
    expect(await formerAt(now + 30 * day - 1)).toEqual([anna.address]);
    expect(await formerAt(now + 30 * day)).toEqual([]);
    await contacts.set({ ...anna, address: 'third@example.org' }, now + 31 * day);
    expect(await formerAt(now + 31 * day)).toEqual(['second@example.org']);
    await contacts.set({ ...anna, address: 'second@example.org' }, now + 32 * day);
    expect(await formerAt(now + 32 * day)).toEqual([]);
  });

  test('another address is another contact with another id; a new name or other letter case is not', async () => {
    const contacts = await open();
    const idOf = async () => (await contacts.ofUser(anna.userId))[0]?.id;
    const formerOf = async (now: number) => (await contacts.formerOf(anna.userId, now)).map(({ id }) => id);
    await contacts.set(ben);
    await contacts.set(anna, 1);
    const first = await idOf();
    await contacts.set({ ...anna, userName: 'Anne', address: 'ANNA@example.org' }, 2);
    expect(await idOf()).toBe(first);
    await contacts.set({ ...anna, address: 'thief@example.org' }, 3);
    const second = await idOf();
    expect(await formerOf(4)).toEqual([first]);
    await contacts.set({ ...anna, address: 'third@example.org' }, 5);
    expect(await formerOf(6)).toEqual([first]);
    expect(new Set([first, second, await idOf(), (await contacts.ofUser(ben.userId))[0]?.id]).size).toBe(4);
  });

  test('an address that is set back is the contact it was, and one that was removed never is', async () => {
    const contacts = await open();
    const idOf = async () => (await contacts.ofUser(anna.userId))[0]?.id;
    await contacts.set(anna, 1);
    const first = await idOf();
    await contacts.set({ ...anna, address: 'thief@example.org' }, 2);
    await contacts.set(anna, 3);
    expect(await idOf()).toBe(first);
    const [thirtyDays, late] = [30 * 86_400_000, 40 * 86_400_000];
    await contacts.set({ ...anna, address: 'thief@example.org' }, 4);
    await contacts.set(anna, late + thirtyDays);
    expect(await idOf()).not.toBe(first);
    const again = await idOf();
    await contacts.remove(anna.userId);
    await contacts.set(anna, late + thirtyDays);
    expect(await idOf()).not.toBe(again);
    expect(await contacts.formerOf(anna.userId, late + thirtyDays)).toEqual([]);
  });

  test('removing answers how many there were', async () => {
    const contacts = await open();
    await contacts.set(anna);
    expect(await contacts.remove(anna.userId)).toBe(1);
    expect(await contacts.remove(anna.userId)).toBe(0);
    expect(await contacts.list()).toEqual([]);
  });

  test('the list goes by user name, letter case aside', async () => {
    const contacts = await open();
    for (const [index, userName] of ['zoe', 'Ben', 'anna'].entries()) {
      await contacts.set({ ...anna, userId: String(index).repeat(32), userName });
    }
    expect((await contacts.list()).map((contact) => contact.userName)).toEqual(['anna', 'Ben', 'zoe']);
  });

  test('text that looks like SQL is only text', async () => {
    const contacts = await open();
    const odd = { ...anna, userName: `'; DROP TABLE contacts; --`, address: `o'hara"@example.org` };
    await contacts.set(odd);
    expect(await contacts.ofAddress(odd.address)).toEqual([kept(odd)]);
  });
}
