import { expect, it } from 'vitest';
import { endUnderLoad } from '../support/program/ending.ts';

it('C14: told to end with 12 films, 5 sockets and 3 changes under way, lets nobody in and finishes all', async () => {
  await expect(endUnderLoad({ streams: 12, sockets: 5, redemptions: 3 })).resolves.toBeUndefined();
}, 120_000);
