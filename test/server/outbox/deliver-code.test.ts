import { expect, test } from 'vitest';
import { createMessages } from '../../../server/messages/messages.ts';
import { createCodeDelivery } from '../../../server/outbox/deliver-code.ts';
import type { Channel, SendOutcome } from '../../../server/ports/channel.ts';
import { createMemoryAccounts } from '../../support/jellyfin/memory-accounts.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const ABOUT = { userId: '1'.repeat(32), userName: 'boss' };

/** Deliveries over channels that answer as told, to a person with a verified contact on each. */
async function start(answers: Readonly<Record<string, SendOutcome>>) {
  const { contacts, preferences } = await tempStorage();
  const sent: { readonly channel: string; readonly subject: string; readonly text: string }[] = [];
  const channels = Object.entries(answers).map(
    ([name, outcome]): Channel => ({
      name,
      width: 1,
      check: async () => ({ kind: 'sent' }),
      send: async ({ subject, text }) => {
        sent.push({ channel: name, subject, text });
        return outcome;
      },
      close: () => undefined,
    }),
  );
  for (const channel of Object.keys(answers))
    await contacts.set({ ...ABOUT, channel, address: `secret-${channel}` }, 1, { state: 'verified' });
  const kept = keepLines();
  const delivery = createCodeDelivery({
    ...{ accounts: createMemoryAccounts([]), contacts, preferences, channels, log: kept.log },
    ...{ messages: createMessages(), definitions: [{ name: 'telegram', properName: 'Telegram' }] },
  });
  const deliver = async (besides = 'email', acceptLanguage = 'en') =>
    delivery.deliver(
      { ...ABOUT, code: 'ABCD1234', lifetimeMs: 600_000, acceptLanguage },
      await delivery.contactsBesides(ABOUT.userId, besides),
    );
  return { sent, deliver, preferences, kept };
}

const took: SendOutcome = { kind: 'sent' };
const unsure: SendOutcome = { kind: 'unconfirmed', detail: 'No answer.' };
const never: SendOutcome = { kind: 'permanent', detail: 'The person blocked us.' };

test('a code goes out at once on all channels but one, and names those that took it or may have', async () => {
  const { deliver, sent, kept } = await start({
    email: took,
    telegram: took,
    matrix: unsure,
    discord: never,
  });
  expect(await deliver()).toEqual([
    { channel: 'telegram', properName: 'Telegram' },
    { channel: 'matrix', properName: undefined },
  ]);
  expect(sent.map(({ channel }) => channel)).toEqual(['telegram', 'matrix', 'discord']);
  expect(sent[0]?.text).toContain('ABCD-1234');
  expect(kept.of('reset-code-not-sent')).toMatchObject([
    { channel: 'discord', outcome: 'permanent', reason: 'The person blocked us.' },
  ]);
});

test('it is in the language that the person chose, else in that of the browser', async () => {
  const { deliver, sent, preferences } = await start({ email: took, telegram: took });
  await deliver('email', 'de');
  await preferences.set(ABOUT.userId, { language: 'fr' });
  await deliver('email', 'de');
  expect(sent.map(({ subject }) => subject)).toEqual([
    'Dein Code für Living Room',
    'Votre code pour Living Room',
  ]);
});

test('nobody is reached who has nothing but the channel of the link', async () => {
  const { deliver, sent } = await start({ telegram: took });
  expect(await deliver('telegram')).toEqual([]);
  expect(sent).toEqual([]);
});
