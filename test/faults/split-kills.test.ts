import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from '../support/clock/until.ts';
import { createRandom } from '../support/measure/random.ts';
import { askForm } from '../support/program/split-stage.ts';
import { setUpTwoMachines } from '../support/program/two-machines.ts';

const ROUNDS = 10;
const ASKING_AT_ONCE = 6;

it('the reset half is killed ten times among requests: whoever was told that a message comes gets one', async () => {
  const people = Array.from({ length: ROUNDS * ASKING_AT_ONCE }, (_, index) => `person${index}`);
  const { inbox, start, url } = await setUpTwoMachines(people);
  const random = createRandom(98);
  await start('injector');
  const told: string[] = [];
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const reset = await start('reset');
    // The first calls of a process take long; a kill is to come among requests, not before them.
    const [first = '', ...others] = people.slice(round * ASKING_AT_ONCE, (round + 1) * ASKING_AT_ONCE);
    expect((await askForm(url, first)).status).toBe(200);
    told.push(first);
    const asking = others.map(async (name) => {
      await sleep(random.below(40));
      const { status } = await askForm(url, name);
      expect([200, 503]).toContain(status);
      if (status === 200) told.push(name);
      else refused += 1;
    });
    await sleep(random.below(60));
    await reset.end('SIGKILL');
    await Promise.all(asking);
    expect((await fetch(`${url}/web/index.html`)).status).toBe(200);
  }
  expect(told.length + refused).toBe(people.length);
  await start('reset');
  const reached = () => new Set(inbox.messages.map(({ to }) => to.replace('@example.org', '')));
  await until(() => told.every((name) => reached().has(name)));
}, 300_000);
