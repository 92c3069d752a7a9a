import { expect, onTestFinished, test, vi } from 'vitest';
import { createOutbox } from '../../../server/outbox/outbox.ts';
import type { Channel, SendOutcome } from '../../../server/ports/channel.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const anna = account('anna');

/** A message that the channel, as it was set up first, has not taken; then the outbox ends. */
async function leaveOne(outcome: SendOutcome) {
  const told = { outcome, checks: 0, hangs: false };
  const channel: Channel = {
    name: 'email',
    width: 4,
    check: async () => {
      told.checks += 1;
      return told.hangs ? new Promise(() => undefined) : told.outcome;
    },
    send: async () => told.outcome,
    close: () => undefined,
  };
  const running = await runOutbox({ accounts: [anna], parts: { channels: [channel] } });
  await running.ask('anna');
  await vi.waitFor(() => expect(running.kept.of('message-delayed')).toHaveLength(1));
  await running.outbox.close();
  expect(told.checks).toBe(0);
  const { parts, storage, kept } = running;
  return {
    ...{ told, storage, kept },
    /** The next start, as of a configuration that was loaded anew. */
    startAgain: () => {
      const next = createOutbox(parts);
      onTestFinished(() => next.close());
      next.start();
      return next;
    },
  };
}

const away: SendOutcome = { kind: 'unreachable', detail: 'It refuses the token.' };

test('what waited for a channel goes out at the next start at once where it works now', async () => {
  const { told, storage, kept, startAgain } = await leaveOne(away);
  expect(await storage.outbox.nextAt('email')).toBeGreaterThan(Date.now() + 3_000);
  told.outcome = { kind: 'sent' };
  startAgain();
  await vi.waitFor(
    async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 }),
    2_500,
  );
  expect(kept.of('lane-moves-again')).toMatchObject([{ lane: 'email', rows: 1 }]);
});

test('it waits on where the channel does not work yet', async () => {
  const { told, storage, kept, startAgain } = await leaveOne(away);
  const at = await storage.outbox.nextAt('email');
  const next = startAgain();
  await vi.waitFor(() => expect(told.checks).toBe(1));
  await next.close();
  expect(await storage.outbox.nextAt('email')).toBe(at);
  expect(kept.of('lane-moves-again')).toEqual([]);
});

test('a pause that the other side asked for outlives a start, though it would answer', async () => {
  const { told, storage, startAgain } = await leaveOne({ ...away, retryAfterMs: 60_000 });
  const at = await storage.outbox.nextAt('email');
  told.outcome = { kind: 'sent' };
  const next = startAgain();
  await vi.waitFor(() => expect(told.checks).toBe(1));
  await next.close();
  expect(await storage.outbox.nextAt('email')).toBe(at);
  expect(await storage.outbox.count()).toMatchObject({ sent: 0, waiting: 1 });
});

test('a channel that does not answer holds up no end, and one that nothing waits for is not asked', async () => {
  const { told, startAgain } = await leaveOne(away);
  told.hangs = true;
  const first = startAgain();
  await vi.waitFor(() => expect(told.checks).toBe(1));
  const began = performance.now();
  await first.close(10_000);
  expect(performance.now() - began).toBeLessThan(2_000);

  const idle = { checks: 0 };
  const check = async () => {
    idle.checks += 1;
    return { kind: 'sent' } as const;
  };
  const channel: Channel = { name: 'email', width: 1, check, send: check, close: () => undefined };
  const { outbox, ask, storage } = await runOutbox({ accounts: [anna], parts: { channels: [channel] } });
  await ask('anna');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1 }));
  await outbox.close();
  // Once, to send.
  expect(idle.checks).toBe(1);
});
