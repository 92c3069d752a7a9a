import { describe, expect, test } from 'vitest';
import { readWebhookAddress } from '../../../server/channels/webhook/webhook-address.ts';
import { webhookSection } from '../../../server/config/sections/webhook.ts';
import type { Message } from '../../../server/ports/channel.ts';
import type { Reply } from '../../support/channels/fake-service.ts';
import {
  startFakeApprise,
  startFakeGotify,
  startFakeNtfy,
  startReceiver,
} from '../../support/channels/fake-webhooks.ts';
import { openWebhook, WEBHOOK_SECRET } from '../../support/channels/webhook-worlds.ts';

const link = { label: 'Choose a password', url: 'https://media.example.org/gatehouse/reset#t' };
const messageTo = (address: string): Message => ({
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'webhook', address },
  ...{ key: 'key-1', subject: 'Password of anna', text: 'the text', html: '<p>h</p>' },
  chat: { before: ['Hello anna'], link, code: 'ABCD-1234', after: ['Bye'] },
});
const SHOWN = `Hello anna\n\n${link.label}\n${link.url}\n\nABCD-1234\n\nBye`;

describe('signed JSON', () => {
  test('has every field of docs/channels.md, and the key as Idempotency-Key', async () => {
    const receiver = await startReceiver(WEBHOOK_SECRET);
    const channel = openWebhook({ url: `${receiver.url}/hooks/gatehouse`, secret: WEBHOOK_SECRET });
    expect(await channel.send(messageTo('anna@example.org'))).toEqual({ kind: 'sent' });
    expect(receiver.taken.map(({ key, body }) => ({ key, body }))).toEqual([
      {
        key: 'key-1',
        body: {
          ...{ version: 1, type: 'message', key: 'key-1', recipient: 'anna@example.org' },
          user: { id: '1'.repeat(32), name: 'anna' },
          ...{ subject: 'Password of anna', text: 'the text', link, code: 'ABCD-1234' },
        },
      },
    ]);
    expect(receiver.heard[0]?.path).toBe('/hooks/gatehouse');
  });

  test('is refused by a receiver with another key, and the sentence names the setting', async () => {
    const receiver = await startReceiver('another-secret-another-secret-another');
    const channel = openWebhook({ url: receiver.url, secret: WEBHOOK_SECRET });
    for (const outcome of [await channel.check(), await channel.send(messageTo('anna'))])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('webhook.secret'),
      });
    expect(receiver.taken).toEqual([]);
  });

  test('while the key is changed each body is signed with both, and with the new one alone after it', async () => {
    const [old, next] = [WEBHOOK_SECRET, 'next-secret-next-secret-next-secret-next'];
    const receivers = [await startReceiver(old), await startReceiver(next)];
    const sendWith = (section: { readonly secret: string; readonly previousSecret?: string }) =>
      Promise.all(
        receivers.map(async ({ url }) => {
          const channel = openWebhook({ url, ...section });
          return [(await channel.check()).kind, (await channel.send(messageTo('anna'))).kind];
        }),
      );
    const [taken, refused] = [
      ['sent', 'sent'],
      ['unreachable', 'unreachable'],
    ];
    expect(await sendWith({ secret: old })).toEqual([taken, refused]);
    expect(await sendWith({ secret: next, previousSecret: old })).toEqual([taken, taken]);
    expect(await sendWith({ secret: next })).toEqual([refused, taken]);
    const signatures = receivers[0]?.heard.map(({ headers }) => headers['x-gatehouse-signature']);
    expect(signatures?.[2]).toMatch(/^v1=[0-9a-f]{64} v1=[0-9a-f]{64}$/);
    expect(signatures?.[4]).toMatch(/^v1=[0-9a-f]{64}$/);
  });

  test.each<[string, Reply, object]>([
    ['nobody there', { status: 410 }, { kind: 'permanent', isAddressRefused: true }],
    ['a message it cannot take', { status: 422 }, { kind: 'permanent' }],
    ['another program', { status: 404, body: '<h1>404</h1>' }, { kind: 'unreachable' }],
    ['a redirect', { status: 308, headers: { location: 'http://127.0.0.1:1/' } }, { kind: 'unreachable' }],
    ['a fault', { status: 500 }, { kind: 'unreachable' }],
    [
      'a pause until a date long gone by',
      { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
      { kind: 'unreachable' },
    ],
    [
      'a pause of a year',
      { status: 503, headers: { 'retry-after': '31536000' } },
      { kind: 'unreachable', retryAfterMs: 3_600_000 },
    ],
    ['a pause in words', { status: 429, headers: { 'retry-after': 'soon' } }, { kind: 'unreachable' }],
  ])('says what %s means', async (_what, reply, outcome) => {
    const receiver = await startReceiver(WEBHOOK_SECRET);
    const channel = openWebhook({ url: receiver.url, secret: WEBHOOK_SECRET });
    receiver.fault(() => reply);
    const { detail, ...rest } = { detail: '', ...(await channel.send(messageTo('anna'))) };
    expect(rest).toEqual(outcome);
    expect(detail).toMatch(/^Webhook \(127\.0\.0\.1:\d+\) .*\.$/);
    expect(receiver.heard).toHaveLength(1);
  });

  test('took a message whose answer has a body without end, or none that is read', async () => {
    const receiver = await startReceiver(WEBHOOK_SECRET);
    const channel = openWebhook({ url: receiver.url, secret: WEBHOOK_SECRET });
    for (const reply of ['huge', { status: 200, body: '<html>thanks' }] satisfies Reply[]) {
      receiver.fault(() => reply);
      expect(await channel.send(messageTo('anna'))).toEqual({ kind: 'sent' });
    }
  });

  test('may have arrived when no answer comes', async () => {
    const receiver = await startReceiver(WEBHOOK_SECRET);
    const channel = openWebhook({ url: receiver.url, secret: WEBHOOK_SECRET }, 200);
    for (const reply of ['hang', 'close'] satisfies Reply[]) {
      receiver.fault(() => reply);
      expect(await channel.send(messageTo('anna'))).toMatchObject({ kind: 'unconfirmed' });
      expect(await channel.check()).toMatchObject({ kind: 'unreachable' });
    }
  });
});

describe('ntfy', () => {
  test('gets topic, title, text and where a touch leads', async () => {
    const ntfy = await startFakeNtfy();
    const channel = openWebhook({ url: ntfy.url, format: 'ntfy' });
    expect(await channel.check()).toEqual({ kind: 'sent' });
    expect(await channel.send(messageTo('anna-9f2'))).toEqual({ kind: 'sent' });
    expect(ntfy.taken[0]?.body).toEqual({
      ...{ topic: 'anna-9f2', title: 'Password of anna', message: SHOWN, markdown: false, click: link.url },
    });
  });

  test('tells a wrong token from a topic that the token may not write to', async () => {
    const ntfy = await startFakeNtfy('tk_right');
    const wrong = openWebhook({ url: ntfy.url, format: 'ntfy', token: 'tk_wrong' });
    for (const outcome of [await wrong.check(), await wrong.send(messageTo('anna-9f2'))])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('webhook.token'),
      });
    const right = openWebhook({ url: ntfy.url, format: 'ntfy', token: 'tk_right' });
    ntfy.denied.add('anna-9f2');
    expect(await right.send(messageTo('anna-9f2'))).toMatchObject({ kind: 'permanent' });
    expect(await right.send(messageTo('ben-1'))).toEqual({ kind: 'sent' });
  });

  test('is not sent what it would make a file of', async () => {
    const ntfy = await startFakeNtfy();
    const channel = openWebhook({ url: ntfy.url, format: 'ntfy' });
    const long = { ...messageTo('anna-9f2'), chat: { before: ['ü'.repeat(2100)], after: [] } };
    expect(await channel.send(long)).toMatchObject({ kind: 'permanent' });
    expect(ntfy.heard).toEqual([]);
  });

  test('is told from another service by its answer to a check', async () => {
    const ntfy = await startFakeNtfy();
    ntfy.fault(() => ({ status: 200, body: { hello: 'there' } }));
    expect(await openWebhook({ url: ntfy.url, format: 'ntfy' }).check()).toMatchObject({
      kind: 'unreachable',
    });
  });
});

describe('Gotify', () => {
  const recipients = [
    { name: 'Anna', token: 'A1aaaaaaaaaaaaa' },
    { name: 'ben', token: 'A2bbbbbbbbbbbbb' },
  ];

  test('gets a message by the token of the recipient, as plain text with a link to touch', async () => {
    const gotify = await startFakeGotify({ Anna: 'A1aaaaaaaaaaaaa', ben: 'A2bbbbbbbbbbbbb' });
    const channel = openWebhook({ url: gotify.url, format: 'gotify', recipients });
    expect(await channel.send(messageTo('anna'))).toEqual({ kind: 'sent' });
    expect(gotify.taken).toMatchObject([
      {
        address: 'Anna',
        body: {
          ...{ title: 'Password of anna', message: SHOWN, priority: 5 },
          extras: {
            'client::display': { contentType: 'text/plain' },
            'client::notification': { click: { url: link.url } },
          },
        },
      },
    ]);
  });

  test('is asked for every token by a check, which sends nothing; one wrong token holds up nobody else', async () => {
    const gotify = await startFakeGotify({ Anna: 'A1aaaaaaaaaaaaa' });
    const channel = openWebhook({ url: gotify.url, format: 'gotify', recipients });
    expect(await channel.check()).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining('webhook.recipients'),
    });
    expect(await channel.send(messageTo('ben'))).toMatchObject({ kind: 'temporary' });
    expect(await channel.send(messageTo('anna'))).toEqual({ kind: 'sent' });
    expect(gotify.taken).toHaveLength(1);
  });
});

describe('Apprise', () => {
  test('gets a message for one tag of the configuration', async () => {
    const apprise = await startFakeApprise('family', ['anna']);
    const channel = openWebhook({ url: apprise.url, format: 'apprise', key: 'family' });
    expect(await channel.send(messageTo('anna'))).toEqual({ kind: 'sent' });
    expect(apprise.taken[0]?.body).toEqual({
      ...{ title: 'Password of anna', body: SHOWN, type: 'info', format: 'text', tag: 'anna' },
    });
  });

  test('that keeps no such configuration is told by check and message; a tag nobody has may come yet', async () => {
    const apprise = await startFakeApprise('family', ['anna']);
    const other = openWebhook({ url: apprise.url, format: 'apprise', key: 'other' });
    for (const outcome of [await other.check(), await other.send(messageTo('anna'))])
      expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('webhook.key') });
    const channel = openWebhook({ url: apprise.url, format: 'apprise', key: 'family' });
    expect(await channel.send(messageTo('carl'))).toMatchObject({ kind: 'temporary' });
  });
});

describe('the section webhook', () => {
  test.each([
    [{ url: 'https://a.example' }, /needs secret with format json/],
    [{ url: 'https://a.example', format: 'gotify' }, /needs recipients with format gotify/],
    [{ url: 'https://a.example', format: 'apprise' }, /needs key with format apprise/],
    [{ url: 'https://user:pw@a.example', format: 'ntfy' }, /user name or password/],
  ])('says what %j lacks', (section, fault) => {
    expect(webhookSection.safeParse(section).error?.issues[0]?.message).toMatch(fault);
  });
});

test('reads one word as an address, and nothing that could lead elsewhere', () => {
  expect(readWebhookAddress(' anna.lee+x@example.org ')).toEqual({ address: 'anna.lee+x@example.org' });
  for (const typed of ['', '..', './x', 'a/b', 'a b', 'a?b', 'a#b', 'a%2fb', 'a\nb', 'http://x'])
    expect(readWebhookAddress(typed)).toHaveProperty('fault');
});
