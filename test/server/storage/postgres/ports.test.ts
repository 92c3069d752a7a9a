import { describe } from 'vitest';
import { tempPostgresStorage, usePostgres } from '../../../support/temp-postgres.ts';
import { testStorage } from '../../ports/storage.contract.ts';

const server = usePostgres();

describe('PostgreSQL keeps the promises of', () => testStorage(() => tempPostgresStorage(server())));
