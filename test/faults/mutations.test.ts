import { it } from 'vitest';
import { runMutations } from '../support/mutations/run-mutations.ts';

/** Ten minutes; `MUTATION_SECONDS` says otherwise. */
const SECONDS = Number(process.env['MUTATION_SECONDS'] ?? 600);
/** `MUTATION_SEED` says otherwise, to repeat a run. */
const SEED = Number(process.env['MUTATION_SEED'] ?? 29_11_2026);

it(
  'mutated requests and answers: nobody is told anything of another, and nothing stops the process',
  () => runMutations(SECONDS, SEED),
  SECONDS * 1_000 + 120_000,
);
