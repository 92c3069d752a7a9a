import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

/** A folder with a reset service, and contacts of alice and of somebody who is gone and called `al`. */
async function setUp(users: readonly string[] = ['alice', 'bob']) {
  const jellyfin = await createFakeJellyfin({
    version: '12.0',
    apiKeys: [TEST_API_KEY],
    users: users.map((name) => ({ name, password: 'pw' })),
  });
  onTestFinished(() => jellyfin.close());
  const { folder, path, run } = await makeCommandFolder('');
  await writeFile(
    join(folder, 'config.yaml'),
    `jellyfin: { url: ${jellyfin.url}, apiKey: ${TEST_API_KEY} }
storage: ./gatehouse.db
reset: { method: link }
public: { url: https://films.example.org }
mail: { from: films@example.org, url: smtp://127.0.0.1:1 }
`,
  );
  const storage = await openStorage(path);
  const mail = (userId: string, userName: string) =>
    storage.contacts.set({ userId, userName, channel: 'email', address: `${userName}@example.org` });
  await mail(jellyfin.user('alice').id, 'alice');
  await mail('0'.repeat(32), 'al');
  await storage.close();
  return { jellyfin, run };
}

describe('a name is completed where one user begins so', { timeout: 120_000 }, () => {
  test('by contacts remove, but never past the whole name of somebody who is gone', async () => {
    const { run } = await setUp();
    const gone = await run('contacts', 'remove', 'al', '--json');
    expect([gone.err, JSON.parse(gone.out)]).toEqual(['', { name: 'al', removed: 1 }]);
    const removed = await run('contacts', 'remove', 'ali');
    expect(removed).toEqual({
      code: 0,
      out: 'alice has no contact any more\n',
      err: 'ali: alice is meant\n',
    });
  });

  test('by contacts invite and verify, of which the others go on where several begin so', async () => {
    const { run } = await setUp(['alice', 'bob', 'bobby']);
    const invited = await run('contacts', 'invite', 'ali', 'bo', '--json');
    expect(invited.code).toBe(1);
    expect(JSON.parse(invited.out)).toMatchObject([{ userName: 'alice' }]);
    expect(invited.err).toContain('ali: alice is meant\n');
    expect(invited.err).toContain('bo: several users begin with "bo": bob, bobby; write more of the name');
    const asked = await run('contacts', 'verify', 'ALIC', '--json');
    expect(asked).toMatchObject({ code: 0, err: 'ALIC: alice is meant\n' });
    expect(JSON.parse(asked.out)).toEqual({ added: 1, already: 0, perHour: 100 });
    expect(JSON.parse((await run('contacts', 'verify', '--stop', '--json')).out)).toEqual({ dropped: 1 });
  });

  test('by audit --user', async () => {
    const { run } = await setUp();
    await run('contacts', 'remove', 'alice');
    const shown = await run('audit', '--user', 'ali');
    expect(shown).toMatchObject({ code: 0, err: 'ali: alice is meant\n' });
    expect(shown.out).toContain('contact-removed\talice');
  });
});

/** Once for the names, and once where a command also looks how the account stands. */
test.each<[number, ...string[]]>([
  [1, 'contacts', 'set', 'ali', '--email', 'a@example.org'],
  [1, 'contacts', 'remove', 'ali'],
  [2, 'contacts', 'invite', 'ali'],
  [2, 'contacts', 'verify', 'ali'],
  [1, 'audit', '--user', 'ali'],
  [2, 'limits', 'show', 'ali'],
  [2, 'limits', 'clear', 'ali'],
  [1, 'reset', 'send', 'ali'],
  [1, 'reset', 'link', 'ali'],
  [1, 'users', 'unlock', 'ali'],
  [1, 'users', 'disable', 'ali'],
])('Jellyfin is asked %i times for its accounts by %s %s %s', { timeout: 60_000 }, async (times, ...args) => {
  const { jellyfin, run } = await setUp();
  await run(...args);
  const isList = ({ method, path }: (typeof jellyfin.journal)[number]) =>
    method === 'GET' && path.split('?')[0] === '/Users';
  expect(jellyfin.journal.filter(isList)).toHaveLength(times);
});
