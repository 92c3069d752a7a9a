import { expect, test, vi } from 'vitest';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { createClockWatch } from '../../../server/outbox/clock-jumps.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { openSecondOutbox, runOutbox } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An outbox whose wall clock is set by hand, and whose stopwatch goes its way. */
async function runWithTwoClocks(leaseMs = 300, channel?: ReturnType<typeof createEmailChannel>) {
  let offMs = 0;
  let extraMs = 0;
  const clock = { now: () => Date.now() + offMs };
  const running = await runOutbox({
    accounts: [anna],
    parts: {
      clock,
      leaseMs,
      elapsedMs: () => performance.now() + extraMs,
      ...(channel === undefined ? {} : { channels: [channel] }),
    },
  });
  return {
    ...running,
    clock,
    /** Sets the wall clock, and lets the outbox look until it has noticed. */
    setClock: async (byMs: number) => {
      const before = running.kept.of('clock-moved').length;
      offMs += byMs;
      await vi.waitFor(() => {
        running.outbox.wake();
        expect(running.kept.of('clock-moved').length).toBeGreaterThanOrEqual(before + 2);
      }, 20_000);
    },
    /** Lets real time pass, for stopwatch and wall clock alike. */
    pass: (ms: number) => {
      offMs += ms;
      extraMs += ms;
      running.outbox.wake();
    },
  };
}

test('a jump is told from time that passed, forwards and backwards, once', () => {
  let wall = 1_000_000;
  let stopwatch = 5;
  const watch = createClockWatch({ now: () => wall }, () => stopwatch);
  wall += 60_000;
  stopwatch += 60_000;
  expect(watch.look()).toBe(0);
  wall += HOUR_MS + 5;
  stopwatch += 5;
  expect(watch.look()).toBe(HOUR_MS);
  expect(watch.look()).toBe(0);
  wall -= DAY_MS;
  expect(watch.look()).toBe(-DAY_MS);
  // Slewing and a late timer are no jump.
  wall += 900;
  expect(watch.look()).toBe(0);
});

test.each([-HOUR_MS, -30 * DAY_MS, HOUR_MS])(
  'a request comes through while the clock is set by %d ms',
  async (byMs) => {
    const { ask, inbox, setClock } = await runWithTwoClocks();
    await setClock(byMs);
    await ask('anna');
    await inbox.waitFor(1);
  },
);

test('a row that was put off does not wait for a clock that was set back', async () => {
  const { ask, inbox, kept, setClock, outbox } = await runWithTwoClocks();
  inbox.refuse('temporary');
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1));
  inbox.refuse('accept');
  await setClock(-DAY_MS);
  await vi.waitFor(() => {
    outbox.wake();
    expect(inbox.messages).toHaveLength(1);
  }, 10_000);
  expect(kept.of('clock-straightened')).toMatchObject([{ rows: 1 }]);
});

test('the lease of a process that died does not wait for a clock that was set back', async () => {
  const { inbox, setClock, storage, clock, outbox } = await runWithTwoClocks();
  const message = { queue: 'email', kind: 'password-changed', language: 'en', key: 'k' } as const;
  const contactId = (await storage.contacts.ofUser(anna.id))[0]?.id;
  // In one breath, so that the outbox at work does not take it first.
  const [, claimed] = await Promise.all([
    storage.outbox.addMessage({ ...message, contactId, userId: anna.id, userName: 'anna' }, clock.now()),
    storage.outbox.claim('email', 'killed', clock.now(), 6_000, 1),
  ]);
  expect(claimed).toHaveLength(1);
  await setClock(-DAY_MS);
  await vi.waitFor(() => {
    outbox.wake();
    expect(inbox.messages).toHaveLength(1);
  }, 10_000);
});

test('a clock set forward takes no row from who is sending it: the mail goes out once', async () => {
  const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'body' ? 'hang' : undefined) });
  const channel = createEmailChannel({
    url: smtp.url,
    from: { name: '', address: 'noreply@example.org' },
    requireTls: false,
  });
  const first = await runWithTwoClocks(20_000, channel);
  const { storage, outbox: second } = await openSecondOutbox(first);
  await first.ask('anna');
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), 10_000);
  second.start();
  await first.setClock(HOUR_MS);
  // By the wall clock the lease is over by nearly an hour; both look again and again.
  for (let look = 0; look < 20; look++) {
    second.wake();
    first.outbox.wake();
    await storage.outbox.count();
  }
  expect(smtp.mails).toHaveLength(1);
  smtp.say('250 queued\r\n');
  await vi.waitFor(() => expect(first.kept.of('message-sent')).toHaveLength(1), 10_000);
  await second.close();
  expect(smtp.mails).toHaveLength(1);
  expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 });
});

test('a clock that jumps by two days gives up nothing before it was tried again for a while', async () => {
  const { ask, inbox, kept, setClock, pass } = await runWithTwoClocks();
  inbox.refuse('temporary');
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1));
  await setClock(2 * DAY_MS);
  await vi.waitFor(() => expect(kept.of('message-delayed').length).toBeGreaterThan(1), 10_000);
  expect(kept.of('message-dead')).toEqual([]);
  pass(25 * 60_000);
  await vi.waitFor(() => expect(kept.of('message-dead')).toHaveLength(1), 10_000);
});
