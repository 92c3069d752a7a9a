import { describe } from 'vitest';
import { tempStorage } from '../../support/temp-storage.ts';
import { testOutboxStore } from '../ports/outbox-store.contract.ts';

describe('SQLite keeps the promises of OutboxStore', () => {
  testOutboxStore(async () => (await tempStorage()).outbox);
});
