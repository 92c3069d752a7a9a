import { expect } from 'vitest';
import type { Contact } from '../../server/ports/contacts.ts';

/** A contact as a storage gives it back: with an id of its own, whatever that is. */
export function kept(contact: Contact) {
  return { id: expect.stringMatching(/^[0-9a-f]{32}$/), ...contact };
}
