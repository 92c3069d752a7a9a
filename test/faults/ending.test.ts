import { expect, it } from 'vitest';
import { endUnderLoad } from '../support/program/ending.ts';

it('C14: told to end with 200 films, 50 sockets and 20 changes under way, lets nobody in and finishes all', async () => {
  await expect(endUnderLoad({ streams: 200, sockets: 50, redemptions: 20 })).resolves.toBeUndefined();
}, 120_000);
