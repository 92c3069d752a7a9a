import { expect, test } from 'vitest';
import { createManageContacts } from '../../../server/admin/manage-contacts.ts';
import { createKeylessPeople, createPeople } from '../../../server/contacts/people.ts';
import { UseCaseError } from '../../../server/errors/use-case-error.ts';
import { ownUserId } from '../../../server/jellyfin/own-user-id.ts';
import { kept } from '../../support/storage/kept-contact.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const ANNA = { id: 'a'.repeat(32), name: 'Anna' };
const BEN = { id: 'b'.repeat(32), name: 'ben' };

async function setUp(list = [ANNA, BEN]) {
  const { contacts, contactChanges } = await tempStorage();
  const manage = createManageContacts({
    contacts,
    contactChanges,
    askForPeople: async () => createPeople(list),
  });
  return { contacts, contactChanges, manage };
}

test('an address is set for the account of a name, cleaned and proved', async () => {
  const { manage } = await setUp();
  const contact = { userId: ANNA.id, userName: 'Anna', channel: 'email', address: 'anna@example.org' };
  expect(await manage.set({ name: 'ANNA', address: ' anna@EXAMPLE.org ' })).toEqual({
    contact,
    isProved: true,
  });
  expect(await manage.list()).toEqual([{ ...kept(contact), isGone: false }]);
});

test('an address that was refused is tried again when it is set again, and one that was proved stays so', async () => {
  const { contacts, manage } = await setUp();
  const wanted = { name: 'anna', address: 'anna@example.org' };
  const known = async () => (await manage.list()).map(({ id, state }) => ({ id, state }));
  await manage.set(wanted);
  const [first] = await known();
  await contacts.verify(first?.id ?? '', 1);
  await manage.set(wanted);
  expect(await known()).toEqual([{ ...first, state: 'verified' }]);
  await contacts.refuse(first?.id ?? '');
  await manage.set(wanted);
  expect(await known()).toEqual([{ ...first, state: 'unverified' }]);
});

test('the sheet of everybody has the mail address, whatever other contacts there are', async () => {
  const { contacts, manage } = await setUp();
  const about = { userId: ANNA.id, userName: 'Anna' };
  await contacts.set({ ...about, channel: 'pager', address: '7' });
  await contacts.set({ ...about, channel: 'email', address: 'anna@example.org' });
  await contacts.set({ ...about, channel: 'zither', address: '8' });
  const everybody = await manage.listEverybody();
  expect(everybody.find(({ id }) => id === ANNA.id)?.mail?.address).toBe('anna@example.org');
});

test('an address that is none is refused before Jellyfin is asked, and nothing is changed', async () => {
  const { contacts, contactChanges } = await tempStorage();
  const askForPeople = () => Promise.reject(new Error('Jellyfin was asked'));
  const manage = createManageContacts({ contacts, contactChanges, askForPeople });
  const refused = await manage.set({ name: 'Anna', address: 'anna' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UseCaseError);
  expect(refused).toMatchObject({ code: 'address-refused', message: 'the address has no @' });
  expect(await manage.list()).toEqual([]);
});

test('a name nobody has is refused with the one probably meant, and nothing is changed', async () => {
  const { manage } = await setUp();
  const unknown = { code: 'user-unknown', message: 'Jellyfin has no user "Annna"; did you mean Anna?' };
  await expect(manage.set({ name: 'Annna', address: 'a@example.org' })).rejects.toMatchObject(unknown);
  await expect(manage.remove('Annna')).rejects.toMatchObject(unknown);
  expect(await manage.list()).toEqual([]);
});

test('contacts are removed by name, also those of an account that Jellyfin has no more', async () => {
  const { contacts, manage } = await setUp([BEN]);
  await manage.set({ name: 'ben', address: 'ben@example.org' });
  await contacts.set({ userId: ANNA.id, userName: 'Anna', channel: 'email', address: 'anna@example.org' });
  expect(await manage.remove('BEN')).toBe(1);
  expect(await manage.remove('ben')).toBe(0);
  expect(await manage.remove('anna')).toBe(1);
  expect(await manage.list()).toEqual([]);
});

test('where Jellyfin cannot be asked for all accounts, names are believed and the answer says so', async () => {
  const { contacts, contactChanges } = await tempStorage();
  const askForPeople = async () => createKeylessPeople([BEN], await contacts.list());
  const manage = createManageContacts({ contacts, contactChanges, askForPeople });
  const userId = ownUserId('anna');
  expect(await manage.set({ name: 'Anna', address: 'a@example.org' })).toMatchObject({
    contact: { userId },
    isProved: false,
  });
  expect(await manage.set({ name: 'BEN', address: 'b@example.org' })).toMatchObject({
    contact: { userId: BEN.id },
    isProved: true,
  });
});

test('accounts without a contact are listed by name, whoever else is gone from Jellyfin', async () => {
  const zoe = { id: 'c'.repeat(32), name: 'Zoë' };
  const { contacts, contactChanges, manage } = await setUp([zoe, BEN, ANNA]);
  const gone = { userId: 'd'.repeat(32), userName: 'gone', channel: 'email', address: 'g@example.org' };
  await contacts.set(gone);
  expect(await manage.listMissing()).toEqual({ people: [ANNA, BEN, zoe], all: 3, isComplete: true });
  await manage.set({ name: 'ben', address: 'ben@example.org' });
  expect(await manage.listMissing()).toEqual({ people: [ANNA, zoe], all: 3, isComplete: true });
  const askForPeople = async () => createKeylessPeople([BEN, zoe], await contacts.list());
  const keyless = createManageContacts({ contacts, contactChanges, askForPeople });
  expect(await keyless.listMissing()).toEqual({ people: [zoe], all: 2, isComplete: false });
});

test('contacts of accounts that are gone are told from others, also where the name has another account by now', async () => {
  const { contacts, contactChanges, manage } = await setUp();
  const gone = { userId: 'd'.repeat(32), userName: 'Anna', channel: 'email', address: 'old@example.org' };
  const before = { userId: ownUserId('ben'), userName: 'ben', channel: 'email', address: 'ben@example.org' };
  await contacts.set(gone);
  await contacts.set(before);
  expect((await manage.list()).map(({ address, isGone }) => [address, isGone])).toEqual([
    ['old@example.org', true],
    ['ben@example.org', false],
  ]);
  expect((await manage.listMissing()).people).toContainEqual(ANNA);
  const away = createManageContacts({
    contacts,
    contactChanges,
    askForPeople: () => Promise.reject(new Error('away')),
  });
  expect((await away.list()).map(({ isGone }) => isGone)).toEqual([undefined, undefined]);

  await manage.set({ name: 'Anna', address: 'new@example.org' });
  expect(await manage.remove(gone.userId)).toBe(1);
  expect((await manage.list()).map(({ address }) => address)).toEqual(['new@example.org', 'ben@example.org']);
  await contacts.set(gone);
  expect(await manage.remove('anna')).toBe(1);
  expect(await manage.remove('anna')).toBe(1);
  expect(await manage.remove('anna')).toBe(0);
  await contacts.set(gone);
  expect((await manage.removeGone()).map(({ address }) => address)).toEqual(['old@example.org']);
  expect((await manage.list()).map(({ address }) => address)).toEqual(['ben@example.org']);
});

test('nobody is taken for gone where Jellyfin tells of some accounts only', async () => {
  const { contacts, contactChanges } = await tempStorage();
  await contacts.set({ userId: ANNA.id, userName: 'Anna', channel: 'email', address: 'a@example.org' });
  const askForPeople = async () => createKeylessPeople([BEN], await contacts.list());
  const keyless = createManageContacts({ contacts, contactChanges, askForPeople });
  expect((await keyless.list()).map(({ isGone }) => isGone)).toEqual([undefined]);
  await expect(keyless.removeGone()).rejects.toMatchObject({ code: 'accounts-incomplete' });
  expect(await contacts.list()).toHaveLength(1);
});

test('an address whose owner said that the account is not theirs is set for that account no more, by nobody who administers', async () => {
  const { contacts, contactChanges } = await tempStorage();
  const askForPeople = async () => createPeople([ANNA, BEN]);
  const manage = createManageContacts({ contacts, contactChanges, askForPeople });
  const about = { kind: 'disowned', userId: ANNA.id, userName: 'Anna', channel: 'email' } as const;
  const mark = { ...about, secretHash: 'd'.repeat(64), address: 'wrong@example.org', expiresAt: 2 };
  await contactChanges.add(mark, 1);
  await contactChanges.spend('disowned', mark.secretHash, 1);
  const refused = await manage
    .set({ name: 'Anna', address: 'Wrong@example.org' })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'address-disowned',
    message: expect.stringContaining('again before 1970-02-01, only the person can'),
  });
  expect((await manage.list()).map(({ userName }) => userName)).toEqual([]);
});
