import { expect, test } from 'vitest';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import { REQUEST_QUEUE } from '../../../server/ports/outbox-store.ts';
import { until } from '../../support/clock/until.ts';
import { account, createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';
import { openSecondOutbox, runOutbox } from '../../support/reset/running-outbox.ts';

const MARIA = account('Maria');

/** In place of a Jellyfin that takes a name and never answers. */
function createSilentAccounts() {
  const accounts = createMemoryAccounts([MARIA]);
  return {
    ...accounts,
    findByName: (name: string) => accounts.findByName(name).then(() => new Promise<never>(() => undefined)),
  };
}

test('a request that Jellyfin has not answered when the outbox ends is gone on with by another at once', async () => {
  const silent = createSilentAccounts();
  const { ask, outbox, inbox, parts, storage } = await runOutbox({
    accounts: [MARIA],
    parts: { accounts: silent },
  });
  await ask('Maria');
  await until(() => silent.asked.length === 1);
  await outbox.close(300);

  const second = await openSecondOutbox({
    parts: { ...parts, accounts: createMemoryAccounts([MARIA]) },
    storage,
  });
  const at = performance.now();
  second.outbox.start();
  await inbox.waitFor(1);
  // A lease would hold it for six seconds.
  expect(performance.now() - at).toBeLessThan(5_000);
});

test('what is claimed in the moment in which the outbox ends is given back', async () => {
  const { storage, outbox: first, parts, ask } = await runOutbox({ accounts: [MARIA] });
  await first.close();
  let claims = 0;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const store = {
    ...storage.outbox,
    claim: async (...asked: Parameters<typeof storage.outbox.claim>) => {
      const rows = await storage.outbox.claim(...asked);
      if (rows.length > 0) {
        claims += 1;
        await held;
      }
      return rows;
    },
  };
  const outbox = createOutbox({ ...parts, store });
  outbox.start();
  await ask('Maria');
  outbox.wake();
  await until(() => claims === 1);
  const closed = outbox.close();
  letGo();
  await closed;

  const [row] = await storage.outbox.claim(REQUEST_QUEUE, 'another', Date.now(), 6_000, 1);
  expect(row).toMatchObject({ enteredName: 'Maria' });
});

test('told to hurry while it waits, it ends in that time', async () => {
  const silent = createSilentAccounts();
  const { ask, outbox } = await runOutbox({ accounts: [MARIA], parts: { accounts: silent } });
  await ask('Maria');
  await until(() => silent.asked.length === 1);
  const at = performance.now();
  void outbox.close();
  await outbox.close(200);
  expect(performance.now() - at).toBeLessThan(2_000);
});
