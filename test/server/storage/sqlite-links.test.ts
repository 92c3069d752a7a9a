import { describe } from 'vitest';
import { tempStorage } from '../../support/temp-storage.ts';
import { testResetLinks } from '../ports/reset-links.contract.ts';

describe('SQLite keeps the promises of ResetLinks', () => {
  testResetLinks(async () => (await tempStorage()).links);
});
