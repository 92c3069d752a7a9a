import { expect, test } from 'vitest';
import { importContacts } from '../../../server/admin/import-contacts.ts';
import { createKeylessPeople } from '../../../server/contacts/people.ts';
import { ownUserId } from '../../../server/jellyfin/own-user-id.ts';
import type { ContactChanges } from '../../../server/ports/contact-changes.ts';
import type { ContactSource, FoundContact, SourceRow } from '../../../server/ports/contact-source.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';

const [anna, ben] = ['0', '1'].map((digit) => digit.repeat(32)) as [string, string];

/** A source that gives these. */
function sourceOf(rows: readonly (SourceRow | Omit<FoundContact, 'row' | 'channel'>)[]): ContactSource {
  return {
    ...{ place: 'a list', rowWord: 'entry', share: () => undefined },
    async *read() {
      for (const [at, row] of rows.entries()) yield { row: at + 1, channel: 'email', ...row };
    },
  };
}

test('the id of an account counts, however it is written, and whatever the name is by now', async () => {
  const dashed = '00000000-0000-0000-0000-000000000000';
  const source = sourceOf([
    { jellyfinId: dashed, name: 'ben', address: 'a@example.org' },
    { jellyfinId: '1'.repeat(32), address: 'b@example.org' },
    { jellyfinId: 'A'.repeat(32), name: 'nobody', address: 'm@example.org' },
  ]);
  expect(await importedTable(source, await importParts())).toBe(
    `new | Anna | email | a@example.org | 1
changed | ben | email | ben@example.org -> b@example.org | 2
new | محمد | email | m@example.org | 3
`,
  );
});

test('an id that is gone with a name that is there is in doubt, until the administrator says that names count', async () => {
  const source = sourceOf([{ jellyfinId: 'ab'.repeat(16), name: 'anna', address: 'a@example.org' }]);
  const parts = await importParts();
  expect(await importedTable(source, parts)).toMatch(/^doubtful \| anna \| .*add --by-name\n$/);
  expect(await importedTable(source, parts, { byName: true })).toBe(
    'new | Anna | email | a@example.org | 1\n',
  );
});

test('where Jellyfin tells of some accounts only, names are believed, and an id alone is nobody', async () => {
  const parts = { ...(await importParts()), people: createKeylessPeople([], []) };
  const source = sourceOf([
    { jellyfinId: 'ab'.repeat(16), name: 'Anna', address: 'a@example.org' },
    { jellyfinId: 'cd'.repeat(16), address: 'x@example.org' },
  ]);
  expect(await importedTable(source, parts, { isDry: false })).toMatch(
    /^new \| Anna .*\nunknown \| .*without jellyfin\.apiKey Jellyfin cannot be asked for ids\n$/,
  );
  expect(await parts.contacts.ofUser(ownUserId('anna'))).toHaveLength(1);
});

test('who opted out of a channel is not reached there by an import, and keeps what they have', async () => {
  const parts = await importParts();
  const source = sourceOf([
    { name: 'anna', address: 'a@example.org', isOptedOut: true },
    { name: 'ben', address: 'other@example.org', isOptedOut: true },
  ]);
  expect(await importedTable(source, parts, { isDry: false, isTrusted: true })).toBe(
    'opted-out | Anna | email |  | 1\nopted-out | ben | email |  | 2\n',
  );
  expect(await parts.contacts.ofUser(anna)).toEqual([]);
  expect(await parts.contacts.ofUser(ben)).toMatchObject([{ address: 'ben@example.org' }]);
});

test('a contact that is refused is tried again with another address only', async () => {
  const parts = await importParts();
  const [kept] = await parts.contacts.ofUser(ben);
  await parts.contacts.refuse(kept?.id ?? '');
  const options = { isDry: false, isTrusted: true };
  await importedTable(sourceOf([{ name: 'ben', address: 'ben@example.org' }]), parts, options);
  expect(await parts.contacts.ofUser(ben)).toMatchObject([{ state: 'refused' }]);
  await importedTable(sourceOf([{ name: 'ben', address: 'new@example.org' }]), parts, { isDry: false });
  expect(await parts.contacts.ofUser(ben)).toMatchObject([
    { address: 'new@example.org', state: 'unverified' },
  ]);
});

test.each([
  ['the person took back', 'undone', 'took this address back'],
  ['is of somebody whose account it is not', 'disowned', 'not theirs'],
] as const)('an address that %s is not set again', async (_why, block, told) => {
  const parts = await importParts();
  const blocksOf: ContactChanges['blocksOf'] = async (addresses) =>
    addresses.map(({ userId, channel, address }) =>
      userId === anna && channel === 'email' && address === 'thief@example.org'
        ? { why: block, until: Date.UTC(2026, 11, 30, 12) }
        : undefined,
    );
  const source = sourceOf([
    { name: 'anna', address: 'thief@example.org' },
    { name: 'ben', address: 'thief@example.org' },
  ]);
  expect(await importedTable(source, { ...parts, contactChanges: { blocksOf } })).toMatch(
    new RegExp(`^doubtful \\| Anna .* ${told}.* before 2026-12-31.*\nchanged \\| ben `),
  );
});

test('a new name of an account is kept, and a contact stays what it was', async () => {
  const parts = await importParts();
  const zoe = '3'.repeat(32);
  await parts.contacts.set({ userId: zoe, userName: 'Zoe', channel: 'email', address: 'zoe@example.org' });
  const [before] = await parts.contacts.ofUser(zoe);
  const source = sourceOf([{ name: 'zoë', address: 'ZOE@example.org' }]);
  expect(await importedTable(source, parts, { isDry: false })).toBe(
    'changed | zoë | email | zoe@example.org -> ZOE@example.org | 1\n',
  );
  expect(await parts.contacts.ofUser(zoe)).toEqual([
    { ...before, userName: 'zoë', address: 'ZOE@example.org' },
  ]);
});

test('of two addresses the first counts, also when hundreds of rows stand between them', async () => {
  const parts = await importParts();
  const others = Array.from({ length: 450 }, (_, n) => ({ name: `nobody ${n}`, address: 'n@example.org' }));
  const rows = [
    { name: 'anna', address: 'a@example.org' },
    ...others,
    { name: 'ANNA', address: 'b@example.org' },
  ];
  const table = await importedTable(sourceOf(rows), parts, { isDry: false });
  expect(table).toMatch(
    /\ndoubtful \| Anna \| email \| {2}\| 452 \| "Anna" has another address in entry 1, which was taken/,
  );
  expect(await parts.contacts.ofUser(anna)).toMatchObject([{ address: 'a@example.org' }]);
});

test('the name probably meant is looked for in the first 200 unknown names only', async () => {
  const rows = Array.from({ length: 300 }, () => ({ name: 'bne', address: 'b@example.org' }));
  const table = await importedTable(sourceOf(rows), await importParts());
  expect(table.match(/did you mean ben\?/g)).toHaveLength(200);
  expect(table.match(/Jellyfin has no user "bne"\n/g)).toHaveLength(100);
});

test('rows before a failure are kept, and it can be stopped between batches', async () => {
  const parts = await importParts();
  const rows = Array.from({ length: 1_000 }, (_, n) => ({
    name: n === 0 ? 'anna' : 'x',
    address: 'a@example.org',
  }));
  const failing: ContactSource = {
    ...sourceOf([]),
    async *read() {
      yield* sourceOf(rows).read();
      throw new Error('away');
    },
  };
  await expect(importContacts(failing, parts, { isDry: false })).rejects.toThrow('away');
  expect(await parts.contacts.ofUser(anna)).toHaveLength(1);
  const stop = new AbortController();
  const counts = await importContacts(sourceOf(rows), parts, {
    ...{ isDry: false, signal: stop.signal },
    onBatch: (done) => {
      if (done >= 400) stop.abort();
    },
  });
  expect(Object.values(counts).reduce((sum, one) => sum + one)).toBe(400);
});
