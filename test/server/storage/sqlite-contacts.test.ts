import { describe } from 'vitest';
import { tempStorage } from '../../support/temp-storage.ts';
import { testContacts } from '../ports/contacts.contract.ts';

describe('SQLite keeps the promises of Contacts', () => {
  testContacts(async () => (await tempStorage()).contacts);
});
