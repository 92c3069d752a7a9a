import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import { createWebhookChannel } from '../../../server/channels/webhook.ts';
import { webhookSection } from '../../../server/config/sections/webhook.ts';
import { echoOf, type FakeService, type Reply } from './fake-service.ts';
import {
  startFakeApprise,
  startFakeGotify,
  startFakeNtfy,
  startReceiver,
  type TakenMessage,
} from './fake-webhooks.ts';

/** Key of the signature, in tests. */
export const WEBHOOK_SECRET = 'shared-secret-shared-secret-shared-secret';

/** Makes the channel by its section of the config; it is closed after the running test. */
export function openWebhook(section: z.input<typeof webhookSection>, timeoutMs?: number) {
  const options = { ...webhookSection.parse(section), ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const channel = createWebhookChannel(options, { publicUrl: 'https://media.example.org' });
  onTestFinished(() => channel.close());
  return channel;
}

const BAD = [
  '',
  '../message',
  'anna/../..',
  'anna?x=1',
  'http://127.0.0.1:1/',
  'anna lee',
  '-anna',
  'a'.repeat(129),
];

function worldOf(
  service: FakeService & { readonly taken: readonly TakenMessage[] },
  section: Omit<z.input<typeof webhookSection>, 'url'>,
  more: {
    readonly secrets: readonly string[];
    readonly forGood: Reply;
    readonly badAddresses: readonly string[];
  },
) {
  return {
    channel: openWebhook({ url: service.url, ...section }),
    arrived: () => service.taken,
    breakOff: service.close,
    addresses: ['anna-9f2', 'ben_7c1'] as const,
    badAddresses: [...BAD, ...more.badAddresses],
    secrets: more.secrets,
    refuseForGood: () => service.fault(() => more.forGood),
    refuseForNow: () => {
      service.fault(() => ({ status: 429, headers: { 'retry-after': '7' } }));
      return 7_000;
    },
    echo: () => service.fault((request) => ({ status: 400, body: { error: echoOf(request) } })),
    markup: () => service.taken.flatMap(({ markup }) => markup),
  };
}

/** A world for each format, for the contract of channels. */
export const WEBHOOK_WORLDS = {
  json: async () =>
    worldOf(
      await startReceiver(WEBHOOK_SECRET),
      { secret: WEBHOOK_SECRET },
      { secrets: [WEBHOOK_SECRET], forGood: { status: 410 }, badAddresses: [] },
    ),
  ntfy: async () => {
    const ntfy = await startFakeNtfy('tk_secretsecretsecret');
    return worldOf(
      ntfy,
      { format: 'ntfy', token: 'tk_secretsecretsecret' },
      {
        secrets: ['tk_secretsecretsecret'],
        forGood: ntfy.refuse(40301, 'forbidden'),
        badAddresses: ['anna@example.org', 'a'.repeat(65)],
      },
    );
  },
  gotify: async () => {
    const tokens = { 'anna-9f2': 'A1aaaaaaaaaaaaa', ben_7c1: 'A2bbbbbbbbbbbbb' };
    const gotify = await startFakeGotify(tokens);
    const recipients = Object.entries(tokens).map(([name, token]) => ({ name, token }));
    return worldOf(
      gotify,
      { format: 'gotify', recipients },
      {
        secrets: Object.values(tokens),
        forGood: gotify.refuse(400, 'Bad Request'),
        badAddresses: ['carl', 'A1aaaaaaaaaaaaa'],
      },
    );
  },
  apprise: async () =>
    worldOf(
      await startFakeApprise('family-key', ['anna-9f2', 'ben_7c1']),
      { format: 'apprise', key: 'family-key' },
      {
        secrets: ['family-key'],
        forGood: { status: 400 },
        badAddresses: ['all', 'ALL', 'anna,ben', 'anna.lee'],
      },
    ),
};
