import { expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { PEOPLE, WRITTEN_AT } from '../../fixtures/sample-rows.ts';
import { until } from '../../support/clock/until.ts';
import { runOutbox } from '../../support/reset/running-outbox.ts';
import { DATABASE_FIXTURES, placeFixture } from '../../support/storage/database-fixtures.ts';
import { kept } from '../../support/storage/kept-contact.ts';
import { usePostgres } from '../../support/storage/temp-postgres.ts';

const server = usePostgres();

const LATER = WRITTEN_AT + 5_000;
const { Anna: anna, Önder: onder, cem } = PEOPLE;

async function openEarlier(name: string): Promise<Storage> {
  const storage = await openStorage(await placeFixture(name, server()));
  onTestFinished(() => storage.close());
  return storage;
}

const contact = (userId: string, userName: string, address: string) => {
  return kept({ userId, userName, channel: 'email', address });
};

test.each(DATABASE_FIXTURES)('every contact and every secret of %s comes through', async (name) => {
  const { contacts, links, resetCodes, settings, audit, outbox } = await openEarlier(name);
  expect(await contacts.list()).toEqual([
    contact(anna, 'Anna', 'Anna@example.org'),
    contact(cem, 'cem', 'family@example.org'),
    contact(onder, 'Önder', 'family@example.org'),
  ]);
  expect(await contacts.formerOf(anna, LATER)).toEqual([contact(anna, 'Anna', 'anna.old@example.org')]);
  expect((await contacts.ofUserName('önder')).map(({ userId }) => userId)).toEqual([onder]);

  const look = async (token: string) => (await links.look(hashToken(token), LATER)).state;
  expect(await look('open link of Anna')).toBe('open');
  expect(await look('link for the pin of Önder')).toBe('open');
  expect(await look('expired link of Önder')).toBe('expired');
  expect(await look('claimed link of cem')).toBe('busy');
  expect(await look('used link of dora')).toBe('used');
  expect(await look('pin of Önder')).toBe('unknown');
  // How a link came was not kept in earlier versions: no code can be sent for one.
  const way = await resetCodes.wayOf(hashToken('open link of Anna'));
  expect(way).toEqual({ kind: 'message', channel: undefined });
  const link = { tokenHash: 'a'.repeat(64), expiresAt: LATER + 1 };
  expect(await links.exchange(hashToken('pin of Önder'), link, LATER)).toMatchObject({ userId: onder });
  expect(await links.claim(hashToken('open link of Anna'), LATER, 1_000, 'now')).toMatchObject({
    state: 'open',
    userId: anna,
  });

  expect(await settings.getOrCreate('pin-key', () => 'another')).toBe('k'.repeat(43));
  expect(await audit.list({ limit: 9 })).toMatchObject([
    { event: 'password-changed', details: { tries: 1 } },
  ]);
  expect(await outbox.count()).toEqual({ waiting: 5, done: 0, sent: 1, dropped: 0, dead: 1 });
  expect(await outbox.listDead(9)).toMatchObject([
    {
      queue: 'email',
      message: { kind: 'account-elsewhere', userId: cem },
      reason: 'the mail server refused',
    },
  ]);
});

test.each(DATABASE_FIXTURES)('every waiting message of %s goes out, once', async (name) => {
  const { outbox: store, links, limits, contacts } = await openEarlier(name);
  const dead = (await store.listDead(1))[0]?.id ?? 0;
  expect(await store.resend(dead, LATER)).toBe(true);
  const account = (id: string, userName: string) => {
    return { id, name: userName, isAdministrator: false, isDisabled: false, hasLocalPassword: true };
  };
  const { inbox, outbox } = await runOutbox({
    accounts: [account(anna, 'Anna'), account(onder, 'Önder'), account(cem, 'cem')],
    parts: {
      store,
      links,
      limits,
      contacts,
      clock: { now: () => LATER },
      elapsedMs: () => performance.now(),
    },
  });
  // The five that waited, one of them a request, and the one that is sent again by hand.
  await until(() => inbox.messages.length === 6);
  await outbox.close();
  const sent = inbox.messages.map(({ to, messageId }) => `${messageId.split('@')[0]}> ${to}`).toSorted();
  expect(sent).toEqual([
    // The key of the message that the request became: hex digits, so it sorts first.
    expect.stringMatching(/^<[0-9a-f-]{36}> family@example\.org$/),
    '<key-anna-former> anna.old@example.org',
    '<key-anna-link> Anna@example.org',
    '<key-cem-changed> family@example.org',
    '<key-cem-dead> family@example.org',
    '<key-onder-pin> family@example.org',
  ]);
  expect(await store.count()).toEqual({ waiting: 0, done: 1, sent: 7, dropped: 0, dead: 0 });
});

test.each(DATABASE_FIXTURES)('the messages of %s are held to the contacts they waited for', async (name) => {
  const { outbox: store, links, limits, contacts } = await openEarlier(name);
  await contacts.set(
    { userId: anna, userName: 'Anna', channel: 'email', address: 'thief@example.org' },
    LATER,
  );
  await contacts.remove(cem);
  const {
    inbox,
    outbox,
    kept: log,
  } = await runOutbox({
    parts: {
      store,
      links,
      limits,
      contacts,
      clock: { now: () => LATER },
      elapsedMs: () => performance.now(),
    },
  });
  await until(async () => (await store.count()).waiting === 0);
  await outbox.close();
  expect(inbox.messages.map(({ to }) => to).toSorted()).toEqual([
    'anna.old@example.org',
    'family@example.org',
  ]);
  expect(
    log
      .of('message-dropped')
      .map(({ kind, reason }) => `${kind} ${reason}`)
      .toSorted(),
  ).toEqual(['password-changed no-contact', 'reset-link contact-replaced']);
});
