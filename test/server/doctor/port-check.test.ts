import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { checkPort } from '../../../server/doctor/port-check.ts';
import { createMetrics } from '../../../server/health/metrics.ts';
import { createStatus } from '../../../server/health/status.ts';
import { createResetListener } from '../../../server/split/listener.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { freePort } from '../../support/network/free-port.ts';
import { listen, shut } from '../../support/network/listen.ts';

const OURS = randomBytes(32);
const THEIRS = randomBytes(32);

/** Asks about a port that is held by a Gatehouse with that key, or by a program that says what it likes. */
async function ask(holder: Buffer | 'none' | 'stranger', key: Buffer | undefined) {
  const { log } = createLogLines();
  const status = createStatus({
    injector: () => undefined,
    reset: async () => undefined,
    metricsConfig: () => ({ enabled: false }),
    metrics: createMetrics(),
    reachKey: () => (holder instanceof Buffer ? holder : undefined),
    log,
  });
  const gatehouse = createResetListener({ reset: () => undefined, secrets: () => [], status, log });
  const server = createServer((request, response) =>
    holder === 'stranger' ? void response.end('{"state":"fine"}') : gatehouse.answer(request, response),
  );
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return checkPort({ host: '127.0.0.1', port, isEncrypted: false, setting: 'listen', key });
}

it('knows the Gatehouse of this configuration on its port', async () => {
  expect(await ask(OURS, OURS)).toMatchObject({
    state: 'fine',
    says: expect.stringContaining('This Gatehouse'),
  });
});

it.each([[THEIRS], ['none' as const]])(
  'takes no other Gatehouse for it, such as the demo',
  async (holder) => {
    expect(await ask(holder, OURS)).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(/^Another Gatehouse.*such as the demo/),
      fix: 'Stop it, or choose another listen.port.',
    });
  },
);

it('says what is missing where the configuration has nothing to know it by', async () => {
  expect(await ask(OURS, undefined)).toMatchObject({
    state: 'warning',
    fix: expect.stringContaining('metrics.token'),
  });
});

it('tells another program, and a port that is free', async () => {
  expect((await ask('stranger', OURS)).says).toMatch(/^Another program listens/);
  const port = await freePort();
  const place = { host: '127.0.0.1', port, isEncrypted: false, setting: 'listen', key: OURS } as const;
  expect(await checkPort(place)).toMatchObject({
    state: 'fine',
    says: `127.0.0.1:${port} is free: no Gatehouse runs with this configuration now.`,
  });
});
