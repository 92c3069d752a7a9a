import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const API_KEY = 'k'.repeat(32);

let jellyfin: FakeJellyfin;
beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [API_KEY] });
});
afterAll(() => jellyfin.close());

const setUp = () => makeCommandFolder(`url: ${jellyfin.url}, apiKey: ${API_KEY}`);

describe('gatehouse audit', { timeout: 120_000 }, () => {
  test('shows who was set to which address by the commands, shortened, oldest first', async () => {
    const { run } = await setUp();
    await run('contacts', 'set', 'alice', '--email', 'alice@example.org');
    await run('contacts', 'set', 'alice', '--email', 'alice@example.org');
    await run('contacts', 'set', 'alice', '--email', 'other@example.com');
    await run('contacts', 'remove', 'alice');
    const { out, err, code } = await run('audit');

    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t').slice(1)),
    ).toEqual([
      ['contact-changed', 'alice', '-', '-', 'channel=email to=a…@example.org by=command-line'],
      [
        'contact-changed',
        'alice',
        '-',
        '-',
        'channel=email from=a…@example.org to=o…@example.com by=command-line',
      ],
      ['contact-removed', 'alice', '-', '-', 'channel=email from=o…@example.com by=command-line'],
    ]);
  });

  test('shows one person by name or id, as many as asked for, also as JSON', async () => {
    const { path, run } = await setUp();
    const { id } = jellyfin.user('alice');
    const storage = await openStorage(path);
    for (let n = 0; n < 5; n += 1) {
      await storage.audit.add({ at: n, event: 'password-changed', userId: id, clientAddress: '2001:db8::1' });
      await storage.audit.add({ at: n, event: 'link-refused', outcome: 'unknown', details: { n } });
    }
    await storage.close();

    const lines = async (...args: string[]) => (await run('audit', ...args)).out.trimEnd().split('\n');
    expect(await lines('--user', 'ALICE')).toHaveLength(5);
    expect(await lines('--user', id, '--limit', '2')).toEqual([
      `1970-01-01T00:00:00.003Z\tpassword-changed\talice\t2001:db8::1\t-`,
      `1970-01-01T00:00:00.004Z\tpassword-changed\talice\t2001:db8::1\t-`,
    ]);
    const [last] = await lines('--limit', '1', '--json');
    expect(JSON.parse(last ?? '')).toEqual({
      ...{ id: 10, time: '1970-01-01T00:00:00.004Z', event: 'link-refused', outcome: 'unknown' },
      details: { n: 4 },
    });
  });

  test('keeps a name that would steer the terminal on its line', async () => {
    const { path, run } = await setUp();
    const storage = await openStorage(path);
    const userName = 'a\n1970-01-01T00:00:00.000Z\tpassword-changed\u001b[2J\u2028';
    await storage.audit.add({ at: 0, event: 'link-refused', userName });
    await storage.close();

    const { out } = await run('audit');
    expect(out).toBe(
      '1970-01-01T00:00:00.000Z\tlink-refused\ta\\u000a1970-01-01T00:00:00.000Z password-changed\\u001b[2J\\u2028\t-\t-\n',
    );
  });

  test('says what is wrong with its options and whom it does not know', async () => {
    const { run } = await setUp();
    expect(await run('audit', '--limit', '0')).toMatchObject({ code: 64, out: '' });
    const unknown = await run('audit', '--user', 'alise');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('did you mean alice?');
  });
});
