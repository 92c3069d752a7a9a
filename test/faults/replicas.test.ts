import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CLAIM_LEASE_MS } from '../../server/reset/claim-link.ts';
import { createRedeemingStage, tokenOf } from '../support/program/redeeming-stage.ts';
import { readMails, sendCrowd, startReplicas } from '../support/program/replicas.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const server = usePostgres();
const NOTHING_LOST = { lostPages: [], failedResets: [] };

/** Three replicas with a crowd in front of them that has begun. */
async function begin() {
  const stage = await createRedeemingStage({ people: 500, storage: server().freshUrl() });
  const replicas = await startReplicas(stage, 3);
  const crowd = sendCrowd(stage, replicas.url);
  await crowd.afterResets(6);
  return { stage, crowd, replicas };
}

test('of three replicas two are killed one after the other, and started again: nothing is lost', {
  timeout: 600_000,
}, async () => {
  const { stage, crowd, replicas } = await begin();
  for (const killed of [0, 1]) {
    const { program, port } = replicas.all[killed] ?? {};
    await program?.end('SIGKILL');
    await crowd.afterResets(8);
    await stage.start({ port: port ?? 0 });
    await crowd.afterResets(8);
  }
  const seen = await crowd.stop();
  const { copies, ...mails } = await readMails(stage);
  expect(seen).toMatchObject(NOTHING_LOST);
  expect(mails).toMatchObject({ dead: 0, untold: [] });
  // On its way to the mail server at the moment of a kill: three at most, each as one message (RFC 5321).
  expect(copies).toBeLessThanOrEqual(6);
});

test('one of three is stopped for longer than anything it holds, and goes on: nothing is lost, and no mail comes twice', {
  timeout: 600_000,
}, async () => {
  const { stage, crowd, replicas } = await begin();
  const { program } = replicas.all[1] ?? {};
  program?.child.kill('SIGSTOP');
  await sleep(CLAIM_LEASE_MS + 3_000);
  program?.child.kill('SIGCONT');
  await crowd.afterResets(8);
  const seen = await crowd.stop();
  const mails = await readMails(stage);
  expect(seen).toMatchObject(NOTHING_LOST);
  expect(mails).toMatchObject({ dead: 0, untold: [], copies: 0 });
});

test('three are restarted with another configuration, one after the other: everybody is answered at the first press', {
  timeout: 600_000,
}, async () => {
  const { stage, crowd, replicas } = await begin();
  for (const index of [0, 1, 2]) {
    await replicas.restart(index, '45m');
    await crowd.afterResets(6);
  }
  const seen = await crowd.stop();
  const mails = await readMails(stage);
  expect(seen).toMatchObject({ ...NOTHING_LOST, presses: 0 });
  expect(mails).toEqual({ dead: 0, untold: [], copies: 0, surplus: 0 });
  const last = stage.inbox.messages.filter((mail) => tokenOf(mail)).at(-1);
  expect(last?.text).toContain('45 minutes');
});
