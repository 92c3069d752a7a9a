import { it } from 'vitest';
import { runMutations } from '../support/mutations/run-mutations.ts';

it('ten seconds of mutated requests and answers: nobody is told anything of another', async () => {
  await runMutations(10, 1_112_026);
});
