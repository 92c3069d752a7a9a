import { expect, it } from 'vitest';
import { runMutations } from '../support/mutations/run-mutations.ts';

/** Ten minutes; `MUTATION_SECONDS` says otherwise. */
const SECONDS = Number(process.env['MUTATION_SECONDS'] ?? 600);
/** Longest that one request may keep the event loop to itself, in milliseconds of the processor. */
const MOST_TURN_MS = 100;
/** `MUTATION_SEED` says otherwise, to repeat a run. */
const SEED = Number(process.env['MUTATION_SEED'] ?? 29_11_2026);

it(
  'mutated requests and answers: nobody is told anything of another, and nothing stops the process',
  async () => {
    const { mostTurnMs } = await runMutations(SECONDS, SEED);
    expect(mostTurnMs).toBeLessThan(MOST_TURN_MS);
  },
  SECONDS * 1_000 + 120_000,
);
