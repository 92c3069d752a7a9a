import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createStatus } from '../../server/health/status.ts';
import type { ResetStatus } from '../../server/ports/reset-service.ts';
import { until } from '../support/clock/until.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { listen, shut } from '../support/network/listen.ts';

/** Health of a reset service in another process that answers when the test says so. */
async function openStatus() {
  const looks: PromiseWithResolvers<ResetStatus>[] = [];
  let asked = 0;
  const status = createStatus({
    injector: () => undefined,
    reset: () => {
      const look = Promise.withResolvers<ResetStatus>();
      looks.push(look);
      return look.promise;
    },
    metricsConfig: () => ({ enabled: false }),
    metrics: async () => ({ type: 'text/plain', text: '' }),
    log: createLogLines().log,
  });
  const server = createServer((request, response) => {
    asked += 1;
    status.answer(request, response, request.url ?? '', 'stranger');
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  return { ask, looks, asked: () => asked };
}

it('health for a stranger asks nobody, and readiness asks the reset service once for all who wait', async () => {
  const { ask, asked, looks } = await openStatus();
  expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
  expect(looks).toHaveLength(0);
  const all = Promise.all(Array.from({ length: 40 }, () => ask('/health/ready')));
  await until(() => asked() === 41);
  expect(looks).toHaveLength(1);
  looks[0]?.resolve({ storage: 'unreachable' });
  for (const answer of await all) expect(answer.status).toBe(200);
  const later = ask('/health/ready');
  await until(() => looks.length === 2);
  looks[1]?.reject(new Error('broken'));
  expect((await later).status).toBe(500);
});
