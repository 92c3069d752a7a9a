import { expect } from 'vitest';
import type { Contact, KeptContact } from '../../../server/ports/contacts.ts';

/**
 * A contact as a storage gives it back: with an id of its own, whatever that is.
 *
 * @param known Default: what nobody proved, in no order.
 */
export function kept(contact: Contact, known: Partial<KeptContact> = {}) {
  return {
    ...{ id: expect.stringMatching(/^[0-9a-f]{32}$/), ...contact },
    ...{ state: 'unverified', verifiedAt: undefined, position: undefined, ...known },
  };
}
