import { describe } from 'vitest';
import { createMemoryLimiter } from '../../../server/storage/memory-limiter.ts';
import { testLimiter } from '../ports/limiter.contract.ts';

describe('the limiter in memory keeps the promises of Limiter', () => {
  testLimiter(async (options) => createMemoryLimiter(options));
});
