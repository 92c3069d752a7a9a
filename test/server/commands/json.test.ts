import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listRunnable, readCommandTree } from '../../../server/commands/command-tree.ts';
import { gatehouse } from '../../../server/commands/gatehouse.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

/** Commands that take no `--json`, and why. */
const WITHOUT_JSON: Readonly<Record<string, string>> = {
  serve: 'runs until it is ended; each line of its log is JSON already',
  completion: 'prints a script for a shell',
  init: 'asks questions; what it writes is config.yaml',
  nginx: 'prints a file for nginx, and with --check lines of it',
  'reverse-proxy': 'prints a file for the proxy',
  schema: 'prints JSON already',
};

test('every command takes --json but those that are named here with the reason', async () => {
  const all = listRunnable(await readCommandTree(gatehouse));
  expect(all.length).toBeGreaterThan(30);
  const without = all.filter(({ options }) => !options.some(({ name }) => name === 'json'));
  expect(without.map(({ words }) => words.join(' ')).toSorted()).toEqual(
    Object.keys(WITHOUT_JSON).toSorted(),
  );
});

test('--json prints one JSON value, with what the lines for people say and shortened addresses', {
  timeout: 120_000,
}, async () => {
  const jellyfin = await createFakeJellyfin({ version: '12.0', apiKeys: [TEST_API_KEY] });
  onTestFinished(() => jellyfin.close());
  const { folder, path, run } = await makeCommandFolder(`url: ${jellyfin.url}, apiKey: ${TEST_API_KEY}`);
  const json = async (...args: string[]) => {
    const { code, out } = await run(...args, '--json');
    expect({ args, code }).toEqual({ args, code: 0 });
    return JSON.parse(out) as unknown;
  };
  const alice = { userId: jellyfin.user('alice').id, userName: 'alice', address: 'a…@example.org' };
  expect(await json('contacts', 'set', 'alic', '--email', 'alice@example.org')).toMatchObject({
    ...{ ...alice, isProved: true },
  });
  expect(await json('contacts', 'list')).toMatchObject([{ ...alice, state: 'unverified', isGone: false }]);
  expect(await json('contacts', 'list', '--full')).toMatchObject([{ address: 'alice@example.org' }]);
  expect(await json('contacts', 'list', '--missing')).toMatchObject({ all: 4, isComplete: true });
  expect(await json('contacts', 'export')).toMatchObject([{ address: 'alice@example.org' }]);
  expect(await json('messages', 'resend', '--all')).toEqual({ resent: 0 });
  expect(await json('messages', 'preview', 'reset-link')).toMatchObject({
    ...{ kind: 'reset-link', language: 'en', text: expect.stringContaining('https://') },
  });
  expect(await json('mods', 'list')).toContainEqual(
    expect.objectContaining({ name: 'forgot-password', isOn: false, isOwn: false }),
  );
  const mod = 'mods/film-night';
  expect(await json('mods', 'new', 'film-night')).toEqual({
    name: 'film-night',
    file: join(mod, 'mod.yaml'),
  });
  await rename(join(folder, mod), join(folder, 'film-night'));
  expect(await json('mods', 'add', './film-night', '--yes')).toMatchObject({
    ...{
      name: 'film-night',
      origin: [],
      changes: [expect.stringContaining('rules')],
      code: null,
      place: mod,
    },
  });
  expect(await run('mods', 'add', './film-night', '--json')).toMatchObject({ code: 64, out: '' });
  expect(await json('mods', 'update')).toEqual({ changes: [], same: 0 });
  const backup = join(folder, 'copy.db');
  expect(await json('backup', 'copy.db')).toEqual({ database: path, file: backup });
  expect(await json('restore', 'copy.db')).toMatchObject({ database: path, file: backup });
  expect(await json('contacts', 'remove', 'alice')).toEqual({ name: 'alice', removed: 1 });
  expect(await json('contacts', 'remove', '--gone')).toEqual([]);
  await writeFile(
    join(folder, 'config.yaml'),
    'listen: { port: 1 }\njellyfin: { url: http://127.0.0.1:9 }\n',
  );
  const health = await run('health', '--json');
  expect(health.code).toBe(1);
  expect(JSON.parse(health.out)).toMatchObject({ isFine: false, path: '/gatehouse/health/live' });
});
