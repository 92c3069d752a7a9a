import { describe } from 'vitest';
import { tempStorage } from '../../../support/storage/temp-storage.ts';
import { testStorage } from '../../ports/storage.contract.ts';

describe('SQLite keeps the promises of', () => testStorage(tempStorage));
