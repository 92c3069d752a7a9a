import { expect, test } from 'vitest';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const anna = account('Anna');

test('a name is found as people type it: with blanks around, and with accents as signs of their own', async () => {
  const uenal = account('\u00dcnal');
  const { ask, inbox, storage } = await runOutbox({ accounts: [anna, uenal], withoutContact: [uenal.name] });
  const contact = { userId: uenal.id, userName: uenal.name, channel: 'email' };
  await storage.contacts.set({ ...contact, address: 'uenal@example.org' });
  await ask(' ANNA ');
  await ask('u\u0308nal');
  const mails = await inbox.waitFor(2);
  expect(mails.map(({ to }) => to).toSorted()).toEqual(['anna@example.org', 'uenal@example.org']);
});
