import { expect, it, onTestFinished } from 'vitest';
import { createToken, hashToken } from '../../server/secrets/token.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { until } from '../support/clock/until.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';
import { redeem } from '../support/program/redeeming-stage.ts';

it('C14: a redemption that is under way when the program is told to end is ended, answered and kept', async () => {
  const subject = await createFakeSubject({ version: '10.11.11', hashMs: 5 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const { fake } = subject;
  if (fake === undefined) throw new Error('this needs the fake');
  const token = createToken();
  const { id: userId } = fake.user('alice');
  const storage = await openStorage(stage.storagePath);
  onTestFinished(() => storage.close());
  const expiresAt = Date.now() + 3_600_000;
  await storage.links.add({
    tokenHash: hashToken(token),
    ...{ userId, userName: 'alice', outboxId: 1_000, expiresAt },
  });

  const release = fake.holdHashing('set');
  const answered = redeem(stage.url, token, 'a phrase of some length');
  await until(() => fake.held() === 1);
  const closed = stage.gatehouse.close();
  release();
  expect(await answered).toBe(200);
  await closed;
  expect(fake.user('alice').password).toBe('a phrase of some length');
  expect(await storage.links.look(hashToken(token), Date.now())).toEqual({ state: 'used' });
  expect(await storage.outbox.count()).toMatchObject({ dead: 0 });
  expect(stage.log.events()).not.toContain('link-not-spent');
  expect(stage.log.events()).not.toContain('notice-lost');
});
