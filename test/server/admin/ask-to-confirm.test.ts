import { expect, test } from 'vitest';
import { createAskToConfirm } from '../../../server/admin/ask-to-confirm.ts';
import { createInvitePeople } from '../../../server/admin/invite-people.ts';
import type { ResetConfig } from '../../../server/config/reset-config.ts';
import { createKeylessPeople, createPeople } from '../../../server/contacts/people.ts';
import type { AccountStanding } from '../../../server/ports/standings.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { keepLines } from '../../support/log/kept-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const NAMES = ['anna', 'ben', 'cem', 'dora', 'eve', 'root', 'gone'];
const PEOPLE = NAMES.map((name, index) => ({ id: `${index}`.repeat(32), name }));
const idOf = (name: string) => PEOPLE.find((one) => one.name === name)?.id ?? '';

const standing = (name: string, more: Partial<AccountStanding> = {}): AccountStanding => ({
  ...{ userId: idOf(name), userName: name, isAdministrator: false, isHidden: false, isDisabled: false },
  ...{ isLocked: false, elsewhere: undefined, lastSignInAt: undefined, failures: 0, triesLeft: undefined },
  ...more,
});
const STANDINGS = [
  ...[standing('anna'), standing('ben'), standing('cem', { isDisabled: true })],
  ...[standing('dora', { elsewhere: 'LDAP-Auth' }), standing('eve')],
  standing('root', { isAdministrator: true }),
];

/** Everybody has an unverified address; of `gone` Jellyfin knows nothing. */
async function setUp({
  hasKey = true,
  administrators = 'never',
}: {
  hasKey?: boolean;
  administrators?: ResetConfig['administrators'];
} = {}) {
  const storage = await tempStorage();
  for (const { id: userId, name: userName } of PEOPLE)
    await storage.contacts.set({ userId, userName, channel: 'email', address: `${userName}@example.org` });
  const known = PEOPLE.filter(({ name }) => name !== 'gone');
  const kept = keepLines();
  const lookups: number[] = [];
  const shared = {
    ...{ contacts: storage.contacts, clock: createSettableClock(), log: kept.log, by: 'command-line' },
    ...{ channels: ['email'], administrators },
    async languagesOf(userIds: readonly string[]) {
      lookups.push(userIds.length);
      return () => 'de' as const;
    },
    askForPeople: async () =>
      hasKey ? createPeople(known) : createKeylessPeople(known.slice(0, 2), await storage.contacts.list()),
    standings: hasKey ? { of: async () => STANDINGS } : undefined,
  };
  const { campaigns, settings, contactChanges: changes, outbox } = storage;
  const invitations = { make: async (userId: string) => ({ url: `link of ${userId}`, expiresAt: 1 }) };
  return {
    ...{ storage, kept, lookups },
    ask: createAskToConfirm({ ...shared, campaigns, settings }),
    invite: createInvitePeople({ ...shared, changes, outbox, invitations }),
    async change(name: string, how: 'verify' | 'refuse') {
      const [contact] = await storage.contacts.ofUser(idOf(name));
      if (how === 'verify') await storage.contacts.verify(contact?.id ?? '', 1);
      else await storage.contacts.refuse(contact?.id ?? '');
    },
  };
}

test('a campaign asks those whose password can be reset, on unverified contacts, and nobody else', async () => {
  const { ask, change, kept, storage } = await setUp();
  await change('eve', 'refuse');
  await storage.contacts.set({ userId: idOf('anna'), userName: 'anna', channel: 'pager', address: '7' });
  expect(await ask.start({})).toEqual({ added: 2, already: 0, perHour: 100, problems: [] });
  expect(await ask.start({ perHour: 7 })).toEqual({ added: 0, already: 2, perHour: 7, problems: [] });
  expect(kept.of('campaign-started')).toMatchObject([{ messages: 2, perHour: 100, by: 'command-line' }]);
  expect(await ask.state()).toMatchObject({ waiting: 2, sent: 0, perHour: 7 });
  expect(await ask.stop()).toBe(2);
  expect(kept.of('campaign-stopped')).toMatchObject([{ messages: 2 }]);
  expect(kept.text()).not.toContain('@example.org');
});

test('the languages of all who are asked are looked up at once', async () => {
  const { ask, lookups } = await setUp();
  const { added } = await ask.start({});
  expect(added).toBeGreaterThan(1);
  expect(lookups).toEqual([added]);
});

test('administrators are asked where they may reset their passwords', async () => {
  const { ask } = await setUp({ administrators: 'allowed' });
  expect((await ask.start({})).added).toBe(4);
});

test('who is named and cannot be asked is told apart, with the reason', async () => {
  const { ask, change } = await setUp();
  await change('ben', 'verify');
  const { added, problems } = await ask.start({ names: ['ANNA', 'ben', 'cem', 'dora', 'nobody', 'anna'] });
  expect(added).toBe(1);
  expect(problems.map(({ name, error }) => [name, error.code])).toEqual([
    ['nobody', 'user-unknown'],
    ['cem', 'account-unavailable'],
    ['dora', 'account-unavailable'],
    ['ben', 'nothing-to-confirm'],
  ]);
});

test('a rate that is none is refused before anything is done', async () => {
  const { ask } = await setUp();
  for (const perHour of [0, -1, 1.5, 3_601, Number.NaN])
    await expect(ask.start({ perHour })).rejects.toMatchObject({ code: 'rate-refused' });
  expect(await ask.state()).toMatchObject({ waiting: 0, perHour: 100 });
});

test('without an API key nobody is left out whom Jellyfin does not tell of', async () => {
  const { ask } = await setUp({ hasKey: false });
  expect((await ask.start({})).added).toBe(NAMES.length);
});

test('who has only refused contacts is missing; who cannot reset a password is not', async () => {
  const { invite, change, storage } = await setUp();
  await change('eve', 'refuse');
  for (const name of ['ben', 'cem']) await storage.contacts.remove(idOf(name));
  const { people, isComplete } = await invite.findMissing();
  expect({ names: people.map(({ name }) => name), isComplete }).toEqual({
    names: ['ben', 'eve'],
    isComplete: true,
  });
});

test('an invitation is sent to an unverified or refused contact, to no verified one, and to none that is somebody else’s', async () => {
  const { invite, change, storage } = await setUp();
  const personOf = (name: string) => ({ id: idOf(name), name });
  await change('eve', 'refuse');
  await change('ben', 'verify');
  expect(await invite.send(personOf('anna'))).toMatchObject({ address: 'anna@example.org' });
  expect(await invite.send(personOf('eve'))).toMatchObject({ address: 'eve@example.org', state: 'refused' });
  await expect(invite.send(personOf('ben'))).rejects.toMatchObject({ code: 'contact-verified' });
  const mark = {
    kind: 'disowned',
    secretHash: 'd'.repeat(64),
    userId: idOf('eve'),
    userName: 'eve',
  } as const;
  await storage.contactChanges.add(
    { ...mark, channel: 'email', address: 'eve@example.org', expiresAt: 9 },
    1,
  );
  await storage.contactChanges.spend('disowned', mark.secretHash, 1);
  await expect(invite.send(personOf('eve'))).rejects.toMatchObject({ code: 'no-contact' });
  await storage.contacts.remove(idOf('anna'));
  await expect(invite.send(personOf('anna'))).rejects.toMatchObject({ code: 'no-contact' });
  const rows = await storage.outbox.claim('email', 'one', Date.UTC(2027, 0, 1), 1_000, 9);
  expect(rows).toMatchObject([
    { kind: 'invitation', userName: 'anna', language: 'de' },
    { kind: 'invitation', userName: 'eve' },
  ]);
});
