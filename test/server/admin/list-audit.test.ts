import { expect, test } from 'vitest';
import { listAudit, MOST_ENTRIES } from '../../../server/admin/list-audit.ts';
import { createPeople } from '../../../server/contacts/people.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const ANNA = { id: 'a'.repeat(32), name: 'Anna' };
const BEN = { id: 'b'.repeat(32), name: 'ben' };

async function setUp() {
  const { audit, contacts } = await tempStorage();
  for (const at of [1, 2, 3]) {
    await audit.add({ at, event: 'password-changed', userId: ANNA.id });
    await audit.add({ at, event: 'link-refused', outcome: 'unknown' });
  }
  let askings = 0;
  const askForPeople = async () => {
    askings += 1;
    return createPeople([ANNA, BEN]);
  };
  return { contacts, askings: () => askings, parts: { audit, contacts, askForPeople } };
}

test('the newest entries come first, and the next page begins where one ended', async () => {
  const { parts } = await setUp();
  const page = await listAudit({ limit: 2 }, parts);
  expect(page).toMatchObject([
    { at: 3, event: 'link-refused' },
    { at: 3, event: 'password-changed' },
  ]);
  const next = await listAudit({ limit: 9, before: page.at(-1)?.id }, parts);
  expect(next.map(({ at }) => at)).toEqual([2, 2, 1, 1]);
});

test('entries of one account are found by its name in Jellyfin', async () => {
  const { parts } = await setUp();
  expect((await listAudit({ limit: 9, user: 'ANNA' }, parts)).map(({ at }) => at)).toEqual([3, 2, 1]);
  expect(await listAudit({ limit: 9, user: 'ben' }, parts)).toEqual([]);
});

test('an entry with an id only gets the name of a contact, of another entry, or else of Jellyfin, which is asked once', async () => {
  const { parts, askings } = await setUp();
  const named = async (limit: number) => (await listAudit({ limit }, parts)).map(({ userName }) => userName);
  expect(await named(4)).toEqual([undefined, 'Anna', undefined, 'Anna']);
  expect(askings()).toBe(1);
  await parts.audit.add({ at: 4, event: 'account-signed-in', userId: ANNA.id, userName: 'Anna then' });
  expect(await named(3)).toEqual(['Anna then', undefined, 'Anna then']);
  expect(askings()).toBe(1);
});

test('an id that Jellyfin does not know, or while it is away, stays an id', async () => {
  const { parts } = await setUp();
  await parts.audit.add({ at: 4, event: 'message-sent', userId: 'c'.repeat(32) });
  expect(await listAudit({ limit: 1 }, parts)).toMatchObject([
    { userId: 'c'.repeat(32), userName: undefined },
  ]);
  const askForPeople = () => Promise.reject(new Error('away'));
  expect(await listAudit({ limit: 2 }, { ...parts, askForPeople })).toHaveLength(2);
});

test('Jellyfin is not asked for a name that a contact has, and a contact lends its name', async () => {
  const { parts, contacts, askings } = await setUp();
  await contacts.set({ userId: ANNA.id, userName: 'Anna', channel: 'email', address: 'a@example.org' });
  expect(await listAudit({ limit: 1, user: 'anna' }, parts)).toMatchObject([{ at: 3, userName: 'Anna' }]);
  expect(askings()).toBe(0);
});

test('a name nobody has and a number out of range are refused', async () => {
  const { parts } = await setUp();
  await expect(listAudit({ limit: 1, user: 'Annna' }, parts)).rejects.toMatchObject({
    code: 'user-unknown',
    message: 'Jellyfin has no user "Annna"; did you mean Anna?; of somebody who is gone, give the id',
  });
  for (const limit of [0, -1, 1.5, MOST_ENTRIES + 1, Number.NaN])
    await expect(listAudit({ limit }, parts)).rejects.toMatchObject({ code: 'limit-refused' });
});
