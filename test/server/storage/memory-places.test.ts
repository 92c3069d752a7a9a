import { describe } from 'vitest';
import { createMemoryPlaces } from '../../../server/storage/memory-places.ts';
import { testPlaces } from '../ports/places.contract.ts';

describe('places in memory', () => {
  testPlaces(async () => createMemoryPlaces());
});
