import { expect, test } from 'vitest';
import type { Contact, Contacts } from '../../../server/ports/contacts.ts';
import { kept } from '../../support/storage/kept-contact.ts';

const anna: Contact = {
  userId: '0123456789abcdef0123456789abcdef',
  userName: 'Anna',
  channel: 'email',
  address: 'anna@example.org',
};
const ben: Contact = { ...anna, userId: 'f'.repeat(32), userName: 'Ben' };
const pager: Contact = { ...anna, channel: 'pager', address: '+49301234567' };
const bell: Contact = { ...anna, channel: 'bell', address: '7' };
const [NOW, DAY] = [1_800_000_000_000, 86_400_000];

/** What every adapter of Contacts keeps about states, order and single channels. `open` gives an empty one. */
export function testContactStates(open: () => Promise<Contacts>): void {
  async function idOf(contacts: Contacts, channel = 'email'): Promise<string> {
    return (await contacts.ofUser(anna.userId)).find((one) => one.channel === channel)?.id ?? '';
  }

  test('a contact that somebody put in is unverified until it is proved, and only that one', async () => {
    const contacts = await open();
    for (const contact of [anna, pager, ben]) await contacts.set(contact, NOW);
    expect(await contacts.ofUser(anna.userId)).toEqual([kept(anna), kept(pager)]);
    const verified = kept(anna, { state: 'verified', verifiedAt: NOW + 1 });
    expect(await contacts.verify(await idOf(contacts), NOW + 1)).toEqual(verified);
    expect(await contacts.list()).toEqual([verified, kept(pager), kept(ben)]);
    expect(await contacts.verify('0'.repeat(32), NOW)).toBeUndefined();
  });

  test('a contact that is set when a code proved it is verified at once, one that is there already too', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW, { state: 'verified' });
    await contacts.set(pager, NOW);
    await contacts.set(pager, NOW + 1, { state: 'verified' });
    expect(await contacts.ofUser(anna.userId)).toEqual([
      kept(anna, { state: 'verified', verifiedAt: NOW }),
      kept(pager, { state: 'verified', verifiedAt: NOW + 1 }),
    ]);
  });

  test('the same address keeps its state, in other letter case and with another name too', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW, { state: 'verified' });
    const again = { ...anna, userName: 'Anne', address: 'ANNA@example.org' };
    await contacts.set(again, NOW + 1);
    expect(await contacts.ofUser(anna.userId)).toEqual([kept(again, { state: 'verified', verifiedAt: NOW })]);
  });

  test('another address proves nothing, and what was proved does not prove it later', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW, { state: 'verified' });
    const id = await idOf(contacts);
    const other = { ...anna, address: 'other@example.org' };
    await contacts.set(other, NOW + 1);
    expect(await contacts.verify(id, NOW + 2)).toBeUndefined();
    expect(await contacts.ofUser(anna.userId)).toEqual([kept(other)]);
  });

  test('the address before keeps what was known of it, and has that again when it is set back', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW, { state: 'verified' });
    await contacts.set({ ...anna, address: 'thief@example.org' }, NOW + 1, { state: 'verified' });
    const verified = kept(anna, { state: 'verified', verifiedAt: NOW });
    expect(await contacts.formerOf(anna.userId, NOW + 2)).toEqual([verified]);
    await contacts.set(anna, NOW + 3);
    expect(await contacts.ofUser(anna.userId)).toEqual([verified]);
    await contacts.set({ ...anna, address: 'other@example.org' }, NOW + 4);
    await contacts.set(anna, NOW + 31 * DAY);
    expect(await contacts.ofUser(anna.userId)).toEqual([kept(anna)]);
  });

  test('a contact that is refused is so until it is proved, or another address is set', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW, { state: 'verified' });
    const id = await idOf(contacts);
    const refused = kept(anna, { state: 'refused', verifiedAt: NOW });
    expect(await contacts.refuse(id)).toEqual(refused);
    expect(await contacts.refuse(id)).toBeUndefined();
    await contacts.set(anna, NOW + 1);
    expect(await contacts.ofUser(anna.userId)).toEqual([refused]);
    await contacts.verify(id, NOW + 2);
    expect(await contacts.ofUser(anna.userId)).toMatchObject([{ state: 'verified', verifiedAt: NOW + 2 }]);
    await contacts.refuse(id);
    await contacts.set({ ...anna, address: 'new@example.org' }, NOW + 3);
    expect(await contacts.ofUser(anna.userId)).toMatchObject([
      { state: 'unverified', verifiedAt: undefined },
    ]);
    await contacts.set({ ...anna, address: 'new@example.org' }, NOW + 4, { state: 'unverified' });
    expect(await contacts.refuse('0'.repeat(32))).toBeUndefined();
  });

  test('the address before can be refused too, and the one that took its place is not', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW);
    const id = await idOf(contacts);
    await contacts.set({ ...anna, address: 'new@example.org' }, NOW + 1);
    expect(await contacts.refuse(id)).toEqual(kept(anna, { state: 'refused' }));
    expect(await contacts.formerOf(anna.userId, NOW + 2)).toMatchObject([{ state: 'refused' }]);
    expect(await contacts.ofUser(anna.userId)).toMatchObject([{ state: 'unverified' }]);
  });

  test('contacts stand in the order that the person gave, those without a place behind, by channel', async () => {
    const contacts = await open();
    for (const contact of [anna, pager, bell, ben]) await contacts.set(contact, NOW);
    const order = async () => (await contacts.ofUser(anna.userId)).map(({ channel }) => channel);
    expect(await order()).toEqual(['bell', 'email', 'pager']);
    await contacts.setOrder(anna.userId, ['pager', 'gone', 'email']);
    expect(await contacts.ofUser(anna.userId)).toEqual([
      kept(pager, { position: 0 }),
      kept(anna, { position: 2 }),
      kept(bell),
    ]);
    await contacts.set({ ...pager, address: '+49307654321' }, NOW + 1);
    expect(await order()).toEqual(['pager', 'email', 'bell']);
    expect((await contacts.ofUserName('anna')).map(({ channel }) => channel)).toEqual([
      ...['pager', 'email', 'bell'],
    ]);
    await contacts.setOrder(anna.userId, []);
    expect(await order()).toEqual(['bell', 'email', 'pager']);
    expect(await contacts.ofUser(ben.userId)).toEqual([kept(ben)]);
  });

  test('one channel is removed, and the others stay', async () => {
    const contacts = await open();
    for (const contact of [anna, pager, ben]) await contacts.set(contact, NOW);
    expect(await contacts.remove(anna.userId, NOW, 'pager')).toBe(1);
    expect(await contacts.remove(anna.userId, NOW, 'pager')).toBe(0);
    expect(await contacts.list()).toEqual([kept(anna), kept(ben)]);
  });

  test('an address that was removed from one channel is the one before of what is set there within 30 days', async () => {
    const contacts = await open();
    await contacts.set(anna, NOW);
    await contacts.set(pager, NOW, { state: 'verified' });
    await contacts.remove(anna.userId, NOW, 'pager');
    expect(await contacts.formerOf(anna.userId, NOW)).toEqual([]);
    const thief = { ...pager, address: '+49307654321' };
    await contacts.set(thief, NOW + DAY);
    const former = kept(pager, { state: 'verified', verifiedAt: NOW });
    expect(await contacts.formerOf(anna.userId, NOW + 30 * DAY - 1)).toEqual([former]);
    await contacts.remove(anna.userId, NOW + 2 * DAY, 'pager');
    await contacts.set({ ...pager, address: '+49300000000' }, NOW + 3 * DAY);
    expect(await contacts.formerOf(anna.userId, NOW + 30 * DAY - 1)).toEqual([former]);
    expect(await contacts.formerOf(anna.userId, NOW + 30 * DAY)).toEqual([]);
  });
}
