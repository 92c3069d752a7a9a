import { describe, it } from 'vitest';
import { askAsStrangers, askOverOneConnection } from '../attacks/growing.ts';

const GROWING = { warmUp: 4_000, count: 10_000 };

describe('what strangers do leaves nothing behind', () => {
  it(
    '10,000 requests of every kind over one connection: no listener, no timer, no memory',
    () => askOverOneConnection(GROWING),
    600_000,
  );

  it(
    '10,000 clients with addresses, names, paths, tags, languages and origins of their own: no map grows',
    () => askAsStrangers(GROWING),
    600_000,
  );
});
