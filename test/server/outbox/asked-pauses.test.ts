import { expect, test } from 'vitest';
import type { Channel, SendOutcome } from '../../../server/ports/channel.ts';
import { until } from '../../support/clock/until.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const HOUR_MS = 60 * 60_000;

/** An outbox with one channel that answers one outcome. */
async function runWith(outcome: SendOutcome) {
  let sends = 0;
  const channel: Channel = {
    name: 'email',
    width: 4,
    check: async () => outcome,
    send: async () => {
      sends += 1;
      return outcome;
    },
    close: () => undefined,
  };
  const running = await runOutbox({ accounts: [anna], parts: { channels: [channel] } });
  return { ...running, sends: () => sends };
}

test.each(['temporary', 'unreachable'] as const)(
  'a message that is %s is not tried before the other side wants it to be',
  async (kind) => {
    const { ask, kept, storage, sends, parts } = await runWith({
      ...{ kind, detail: 'Too many messages.', retryAfterMs: 1_234_567 },
    });
    await ask('anna');
    await until(() => kept.of('message-delayed').length === 1);
    expect(kept.of('message-delayed')).toMatchObject([{ nextTryMs: 1_234_567 }]);
    const at = await storage.outbox.nextAt('email');
    expect(at).toBeGreaterThan(parts.clock.now() + 1_200_000);
    // Not even when others get through meanwhile.
    expect(await storage.outbox.hasten('email', parts.clock.now())).toBe(0);
    expect(await storage.outbox.nextAt('email')).toBe(at);
    expect(sends()).toBe(1);
  },
);

test.each([
  ['shorter than ours', 10, 5_000, 6_250],
  ['of years', 1e12, HOUR_MS, HOUR_MS],
  ['below nothing', -5, 5_000, 6_250],
])('a pause %s is taken as one that fits', async (_what, retryAfterMs, least, most) => {
  const { ask, kept } = await runWith({ kind: 'temporary', detail: 'Later.', retryAfterMs });
  await ask('anna');
  await until(() => kept.of('message-delayed').length === 1);
  const pauseMs = Number(kept.of('message-delayed')[0]?.['nextTryMs']);
  expect(pauseMs).toBeGreaterThanOrEqual(least);
  expect(pauseMs).toBeLessThanOrEqual(most);
});
