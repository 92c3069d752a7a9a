import { expect, test } from 'vitest';
import { createRedeemingStage } from '../support/program/redeeming-stage.ts';
import { readMails, sendCrowd, startReplicas } from '../support/program/replicas.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const server = usePostgres();

test('of two replicas behind nginx one is killed under load: no reset fails, no page is lost, nobody gets two messages', {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 200, storage: server().freshUrl() });
  const { all, url } = await startReplicas(stage, 2);
  const crowd = sendCrowd(stage, url);
  await crowd.afterResets(5);
  await all[0]?.program.end('SIGKILL');
  await crowd.afterResets(5);
  expect(await crowd.stop()).toMatchObject({ lostPages: [], failedResets: [] });
  // What was on its way to the mail server at that moment may come twice, as one message (RFC 5321): three at most.
  const { copies, ...mails } = await readMails(stage);
  expect(mails).toEqual({ dead: 0, untold: [], surplus: 0 });
  expect(copies).toBeLessThanOrEqual(3);
});
