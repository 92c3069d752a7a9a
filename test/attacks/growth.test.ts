import { describe, it } from 'vitest';
import { askAsStrangers, askOverOneConnection } from './growing.ts';

const GROWING = { warmUp: 1_500, count: 2_000 };

describe('what strangers do leaves nothing behind', () => {
  it(
    '2,000 requests of every kind over one connection: no listener, no timer, no memory',
    () => askOverOneConnection(GROWING),
    240_000,
  );

  it(
    '2,000 clients with addresses, names, paths, tags, languages and origins of their own: no map grows',
    () => askAsStrangers(GROWING),
    240_000,
  );
});
