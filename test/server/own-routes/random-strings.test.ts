import { it } from 'vitest';
import { throwStrings } from '../../support/program/random-doors.ts';

it('1,500 random strings in seven doors: no error of ours, one line of JSON an event', async () => {
  await throwStrings(1_500);
}, 120_000);
