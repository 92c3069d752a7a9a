import { expect, test } from 'vitest';
import { createAuditedContacts } from '../../../server/audit/auditing.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const anna = { userId: 'a'.repeat(32), userName: 'Anna', channel: 'email', address: 'anna@example.org' };
const about = { userId: anna.userId, userName: 'Anna', channel: 'email', by: 'command-line' };

async function audited() {
  const kept = keepLines();
  return { kept, contacts: createAuditedContacts((await tempStorage()).contacts, kept.log, 'command-line') };
}

test('a contact that is proved is told once, and what was proved with its setting in the same line', async () => {
  const { kept, contacts } = await audited();
  await contacts.set(anna, 1, { state: 'verified' });
  expect(kept.of('contact-changed')).toMatchObject([{ ...about, state: 'verified' }]);
  await contacts.set(anna, 2, { state: 'verified' });
  expect(kept.of('contact-verified')).toEqual([]);
  await contacts.set({ ...anna, address: 'new@example.org' }, 3);
  await contacts.set({ ...anna, address: 'new@example.org' }, 4, { state: 'verified' });
  expect(kept.of('contact-verified')).toMatchObject([about]);
});

test('a contact that is refused is told once, and proved by its id it is told again', async () => {
  const { kept, contacts } = await audited();
  await contacts.set(anna, 1);
  const [contact] = await contacts.ofUser(anna.userId);
  for (let time = 0; time < 2; time++) await contacts.refuse(contact?.id ?? '');
  expect(kept.of('contact-refused')).toMatchObject([about]);
  await contacts.verify(contact?.id ?? '', 2);
  expect(kept.of('contact-verified')).toMatchObject([about]);
  expect(JSON.stringify(kept.of('contact-refused'))).not.toContain(anna.address);
});

test('of contacts that are removed only those of the channel are told', async () => {
  const { kept, contacts } = await audited();
  await contacts.set(anna, 1);
  await contacts.set({ ...anna, channel: 'pager', address: '7' }, 1);
  await contacts.remove(anna.userId, 2, 'email');
  expect(kept.of('contact-removed')).toMatchObject([{ ...about, from: 'a…@example.org' }]);
});
