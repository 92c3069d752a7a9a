import { it } from 'vitest';
import { throwStrings } from '../support/program/random-doors.ts';

it('10,000 random strings in seven doors: no error of ours, one line of JSON an event', async () => {
  await throwStrings(10_000);
}, 300_000);
