import { expect, test } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';

const NOW = 1_800_000_000_000;
const anna = { userId: '1'.repeat(32), userName: 'anna' };
const contact = { ...anna, channel: 'email', address: 'anna@example.org' };
const message = { ...anna, queue: 'email', language: 'en', key: 'k' } as const;

/** What every storage keeps about whom messages are for. `open` gives an empty one for the running test. */
export function testMessageContacts(open: () => Promise<Storage>): void {
  test('a message keeps the contact it names, whatever becomes of that', async () => {
    const { contacts, outbox } = await open();
    await contacts.set(contact, NOW);
    const contactId = (await contacts.ofUser(anna.userId))[0]?.id;
    await outbox.addMessage({ ...message, kind: 'reset-link', contactId }, NOW);
    await contacts.set({ ...contact, address: 'thief@example.org' }, NOW);
    expect(await outbox.claim('email', 'one', NOW, 1_000, 1)).toMatchObject([{ contactId }]);
  });

  test('one that is resent by hand is for the contact of now, and a notice for the one before stays with that', async () => {
    const { contacts, outbox } = await open();
    await contacts.set({ ...contact, address: 'ana@example.org' }, NOW);
    const wrong = (await contacts.ofUser(anna.userId))[0]?.id;
    const kinds = ['reset-link', 'password-changed', 'password-changed-former'] as const;
    for (const kind of kinds) await outbox.addMessage({ ...message, kind, contactId: wrong }, NOW);
    for (const { id } of await outbox.claim('email', 'one', NOW, 1_000, 3))
      await outbox.end({ id, owner: 'one' }, 'dead', 'no such recipient', NOW);
    await contacts.set({ ...contact, channel: 'aaa', address: '+49301234567' }, NOW);
    await contacts.set(contact, NOW);
    for (const { id } of await outbox.listDead(3)) expect(await outbox.resend(id, NOW)).toBe(true);
    const right = (await contacts.ofUser(anna.userId)).find(({ channel }) => channel === 'email')?.id;
    const resent = await outbox.claim('email', 'one', NOW, 1_000, 3);
    expect(resent.map((work) => 'contactId' in work && work.contactId)).toEqual([right, right, wrong]);
    expect(right).not.toBe(wrong);
  });
}
