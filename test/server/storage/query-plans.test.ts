import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { MAX_WRONG_RESET_CODES } from '../../../server/ports/reset-codes.ts';
import type { Storage } from '../../../server/ports/storage.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { fillWithSampleRows, PEOPLE, WRITTEN_AT } from '../../fixtures/sample-rows.ts';
import { usePostgres } from '../../support/storage/temp-postgres.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const server = usePostgres();
const NOW = WRITTEN_AT + 5_000;

/** Does what My Account, and a message that bounces, do with a storage. */
async function useContacts({
  contacts,
  contactChanges,
  accountSessions,
  preferences,
}: Storage): Promise<void> {
  const account = { userId: PEOPLE.dora, userName: 'dora' };
  const contact = { ...account, channel: 'email', address: 'dora@example.org' };
  await contacts.set(contact, NOW, { state: 'verified' });
  const [kept] = await contacts.ofUser(account.userId);
  await contacts.verify(kept?.id ?? '', NOW);
  await contacts.setOrder(account.userId, ['email']);
  await contacts.set({ ...contact, address: 'other@example.org' }, NOW);
  await contacts.refuse(kept?.id ?? '');
  await contacts.formerOf(account.userId, NOW);
  await contacts.remove(account.userId, NOW, 'email');
  const change = { ...contact, secretHash: 'c'.repeat(64), kind: 'proof', expiresAt: NOW + 1 } as const;
  const invited = { ...change, secretHash: 'd'.repeat(64), invitationHash: 'i'.repeat(64) };
  await contactChanges.add(change, NOW);
  await contactChanges.add(invited, NOW);
  await contactChanges.look('proof', change.secretHash, NOW);
  await contactChanges.spendCode(change, NOW);
  await contactChanges.spend('proof', invited.secretHash, NOW);
  await contactChanges.openOf(account.userId, 'proof', NOW);
  await contactChanges.undoneUntil(account.userId, 'email', contact.address);
  await contactChanges.disownedUntil(account.userId, 'email', contact.address);
  await contactChanges.blocksOf([contact, { ...contact, userId: PEOPLE.dora }]);
  await contacts.setAll([contact, { ...contact, channel: 'pager' }], NOW);
  await contactChanges.removeOf(account.userId, 'undo');
  const life = { idleMs: 60_000, maxMs: 90_000 };
  const session = { ...account, idHash: 's'.repeat(64), sealedToken: undefined };
  await accountSessions.add(session, NOW, life);
  await accountSessions.find(session.idHash, NOW + 40_000, life);
  await accountSessions.remove(session.idHash);
  await accountSessions.removeOf(account.userId);
  await preferences.set(account.userId, { language: 'de' });
  await preferences.get(account.userId);
  await preferences.getAll([account.userId]);
}

/** Does with a storage what goes on while people sign in and reset passwords, and what happens by itself. */
async function useStorage(storage: Storage): Promise<void> {
  await fillWithSampleRows(storage);
  const { audit, contacts, limits, links, resetCodes, outbox, places } = storage;
  await contacts.ofUserName('anna');
  await contacts.ofAddress('anna@example.org');
  await useContacts(storage);
  await limits.read('messages:everybody', NOW);
  await limits.giveBack('messages:everybody', 1);
  await limits.clear('messages:everybody');
  await places.leave('login:*:192.0.2.1');
  await audit.list({ limit: 9 });
  await audit.list({ limit: 9, userId: PEOPLE.Anna });
  await links.countLive(PEOPLE.Anna, NOW);
  const secret = { userId: PEOPLE.cem, userName: 'cem', outboxId: 7, expiresAt: NOW + 1 };
  await links.add({ ...secret, tokenHash: 'one' }, { now: NOW, maxLive: 3 });
  await links.renew('one', 'claim', NOW, 1_000);
  await links.release('one', 'claim');
  await resetCodes.keep('one', { hash: 'c'.repeat(64), expiresAt: NOW + 1 }, NOW);
  // The last one ends the link.
  for (let i = 0; i < MAX_WRONG_RESET_CODES; i += 1) await resetCodes.compare('one', 'd'.repeat(64), NOW);
  const request = { enteredName: 'a', source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
  await outbox.addRequest(request, NOW, 10);
  const [row] = await outbox.claim('asked', 'one', NOW, 1_000, 1);
  const holder = { id: row?.id ?? 0, owner: 'one' };
  await outbox.renew(holder, NOW + 1_000);
  const about = { queue: 'email', contactId: undefined, kind: 'reset-link', language: 'en' } as const;
  const message = { ...about, userId: PEOPLE.cem, userName: 'cem', key: 'k' };
  const perAccount = [{ perAccount: 3, since: 0, until: NOW }];
  const ceiling = { key: 'messages:everybody', points: 9, windowMs: 1_000 };
  await outbox.resolve(holder, [message], { perAccount, ceiling, countsOf: () => [ceiling] }, NOW);
  await outbox.claimToPassOn('email', 'one', NOW, 1_000, { count: 9, dueBy: NOW });
  const route = { contacts: ['a', 'b'], failed: ['a'], refused: [], round: 0 };
  const next = {
    queue: 'pager',
    contactId: 'b',
    route,
    hasNext: true,
    dueAt: NOW,
    cause: 'refused',
  } as const;
  await outbox.moveOn(holder, next, 'its channel does not move');
  await outbox.nextAt('email');
  await outbox.oldestAt();
  await outbox.countOpen();
  await outbox.waitingQueues();
  await outbox.hasten('email', NOW);
  await outbox.correctClockJump('email', NOW, { delayMs: 1, unconfirmedMs: 1, leaseMs: 1 });
  const [dead] = await outbox.listDead(9);
  await outbox.resend(dead?.id ?? 0, NOW);
  await outbox.dropDead(dead?.id ?? 0, NOW);
  await outbox.countAsked(PEOPLE.cem, { since: 0, until: NOW });
  await storage.campaigns.add([{ ...message, kind: 'contact-confirm', contactId: 'a' }], NOW);
  await storage.campaigns.look('email', NOW);
  await storage.campaigns.release('email', NOW);
  await storage.campaigns.stop(NOW);
  await outbox.giveUp('pager', 'gone', NOW);
  await storage.removeOld({ now: NOW, endedBefore: NOW - 1_000, auditBefore: NOW - 1_000 });
}

test('no statement of a sign-in, a reset or retention reads through a table in SQLite', async () => {
  const texts = new Set<string>();
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepare.mockRestore());
  const storage = await tempStorage();
  await useStorage(storage);
  for (const [text] of prepare.mock.calls) if (/ FROM | INTO |UPDATE /.test(text)) texts.add(text);
  expect(texts.size).toBeGreaterThan(30);

  const db = new DatabaseSync(storage.path, { readOnly: true });
  onTestFinished(() => db.close());
  const isExplained = (text: string) => !/sqlite_|pragma/i.test(text);
  const scans = [...texts].filter(isExplained).flatMap((text) => {
    const steps = db
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all()
      .map(({ detail }) => String(detail));
    return steps
      .filter((step) => /^SCAN (?!CONSTANT|json_each|\(subquery)(?!.*USING)/.test(step))
      .map((step) => `${step}: ${text}`);
  });
  expect(scans).toEqual([]);
});

test('no statement of a sign-in, a reset or retention reads through a table in PostgreSQL', async () => {
  // Where there is an index that serves, it is taken, however small the table; the server logs every plan.
  for (const setting of [
    "session_preload_libraries = 'auto_explain'",
    'auto_explain.log_min_duration = 0',
    'enable_seqscan = off',
  ])
    await server().run(`ALTER DATABASE postgres SET ${setting}`);
  const storage = await openStorage(server().url());
  onTestFinished(() => storage.close());
  await useStorage(storage);
  await vi.waitFor(() =>
    expect(readFileSync(join(server().folder, 'log'), 'utf8')).toContain('removed_contacts_by_end'),
  );
  const plans = readFileSync(join(server().folder, 'log'), 'utf8').split(/^(?=\d{4}-)/m);
  expect(plans.filter((plan) => plan.includes('Index Scan')).length).toBeGreaterThan(30);
  const scans = plans.filter(
    (plan) => /Seq Scan on (?!schema_version|pg_)/.test(plan) && !plan.includes('ALTER TABLE'),
  );
  expect(scans).toEqual([]);
});
