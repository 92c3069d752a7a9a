import { describe, expect, test } from 'vitest';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { type HeardRequest, type Reply, startFakeService } from '../../support/channels/fake-service.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import { openSource } from '../../support/imports/sample-sources.ts';
import { testContactSource } from '../ports/contact-source.contract.ts';

async function tableOf(source: ContactSource): Promise<string> {
  return importedTable(source, await importParts());
}

describe('jfa-go over its API', () => {
  const PASSWORD = 'geheim: ß';
  const people = [
    {
      ...{
        id: '0'.repeat(32),
        name: 'Anna',
        email: 'anna@example.org',
        notify_email: true,
        last_active: 1,
        admin: true,
      },
      ...{
        telegram: 'anna',
        notify_telegram: true,
        discord: 'anna',
        discord_id: '123456789012345678',
        notify_discord: false,
      },
      ...{ matrix: '@anna:example.org', notify_matrix: true, label: '', expiry: 0, disabled: false },
    },
    {
      id: '1'.repeat(32),
      name: 'ben',
      email: 'new@example.org',
      notify_email: false,
      telegram: '',
      discord: '',
      discord_id: '',
    },
    {
      id: '2'.repeat(32),
      name: 'Carl Müller',
      notify_email: false,
      telegram: '',
      discord: '',
      discord_id: '',
      matrix: '',
    },
  ];
  const table = `new | Anna | email | anna@example.org | 1
opted-out | Anna | discord |  | 1
new | Anna | matrix | @anna:example.org | 1
opted-out | ben | email |  | 2
blank | Carl Müller | email |  | 3
`;
  function answer({ path, headers: { authorization } }: HeardRequest): Reply {
    const basic = `Basic ${Buffer.from(`root:${PASSWORD}`).toString('base64')}`;
    if (path === '/token/login')
      return authorization === basic
        ? { status: 200, body: { token: 'TOKEN' } }
        : { status: 401, body: { error: 'Unauthorized' } };
    if (path !== '/users' || authorization !== 'Bearer TOKEN') return { status: 401, body: {} };
    return { status: 200, body: { users: people, last_page: true } };
  }
  const open = (url: string, password = PASSWORD) =>
    openSource('jfa-go', url, { user: 'root' }, async () => password);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => {
      const { url } = await startFakeService(answer);
      return { source: await open(url), table, secrets: [PASSWORD, 'TOKEN'] };
    });
  });

  test('says so when it does not let the administrator in', async () => {
    const { url } = await startFakeService(answer);
    expect(await tableOf(await open(url, 'wrong'))).toMatch(/refuses this user or password \(status 401\)/);
  });

  test('gives nobody where it has nobody', async () => {
    const { url } = await startFakeService(({ path }) => ({
      status: 200,
      body: path === '/users' ? { users: null } : { token: 't' },
    }));
    expect(await tableOf(await open(url))).toBe('\n');
  });
});
