import { expect, test } from 'vitest';
import type { Audit } from '../../../server/ports/audit.ts';

const NOW = 1_800_000_000_000;
const entry = {
  at: NOW,
  event: 'password-changed',
  userId: '1'.repeat(32),
  userName: 'anna',
  clientAddress: '192.0.2.1',
  outcome: 'in-force',
  details: { tries: 2, sessions: ['web'] },
};

/** What every adapter of Audit keeps. `open` gives an empty one for the running test. */
export function testAudit(open: () => Promise<Audit>): void {
  test('an entry comes back as it was kept', async () => {
    const audit = await open();
    await audit.add(entry);
    await audit.add({ at: NOW + 1, event: 'started' });
    const [second, first] = await audit.list({ limit: 10 });
    expect(first).toEqual({ ...entry, id: first?.id });
    expect(second).toEqual({ at: NOW + 1, event: 'started', id: second?.id });
  });

  test('several are kept in their order, with a row each as one alone has it', async () => {
    const audit = await open();
    await audit.addAll([]);
    await audit.addAll([entry, { at: NOW + 1, event: 'started' }, { ...entry, userName: "o'hara,{}" }]);
    const kept = (await audit.list({ limit: 10 })).toReversed();
    expect(kept.map(({ id, ...one }) => one)).toEqual([
      entry,
      { at: NOW + 1, event: 'started' },
      { ...entry, userName: "o'hara,{}" },
    ]);
    expect(kept.map(({ id }) => id)).toEqual(kept.map(({ id }) => id).toSorted((one, other) => one - other));
  });

  test('where one of several cannot be kept, none is', async () => {
    const audit = await open();
    const broken = { at: NOW, event: undefined as unknown as string };
    await expect(audit.addAll([entry, broken])).rejects.toThrow();
    expect(await audit.list({ limit: 10 })).toEqual([]);
  });

  test('pages follow each other, newest first', async () => {
    const audit = await open();
    for (let i = 0; i < 5; i++) await audit.add({ ...entry, event: `event-${i}` });
    const first = await audit.list({ limit: 2 });
    const second = await audit.list({ limit: 9, before: first.at(-1)?.id });
    expect([...first, ...second].map(({ event }) => event)).toEqual(
      [4, 3, 2, 1, 0].map((number) => `event-${number}`),
    );
  });

  test("an account's entries are found", async () => {
    const audit = await open();
    await audit.add(entry);
    await audit.add({ ...entry, userId: '2'.repeat(32), userName: 'ben' });
    const found = await audit.list({ limit: 9, userId: entry.userId });
    expect(found.map(({ userName }) => userName)).toEqual(['anna']);
    expect(await audit.list({ limit: 9, userId: entry.userId, before: found[0]?.id })).toEqual([]);
  });

  test('text that looks like SQL is only text', async () => {
    const audit = await open();
    const odd = { at: NOW, event: `'; DROP TABLE audit; --`, details: { name: `o'hara"\n` } };
    await audit.add(odd);
    expect(await audit.list({ limit: 1 })).toMatchObject([odd]);
  });
}
