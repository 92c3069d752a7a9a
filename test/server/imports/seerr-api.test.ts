import { describe, expect, test } from 'vitest';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { type HeardRequest, type Reply, startFakeService } from '../../support/channels/fake-service.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import { openSource } from '../../support/imports/sample-sources.ts';
import { SEERR_PEOPLE, SEERR_TABLE } from '../../support/imports/seerr-tables.ts';
import { testContactSource } from '../ports/contact-source.contract.ts';

const KEY = 'MTcxMjM0NTY3ODkwMWFiY2RlZg==';

async function tableOf(source: ContactSource): Promise<string> {
  return importedTable(source, await importParts());
}

describe('Seerr over its API', () => {
  /** Answers as Seerr 3.1 does: a list without chats, and each person's settings of notices. */
  function answer({ path, headers }: HeardRequest): Reply {
    if (headers['x-api-key'] !== KEY) return { status: 403, body: { status: 403, error: 'no' } };
    const url = new URL(path, 'http://seerr');
    const [take, skip] = ['take', 'skip'].map((name) => Number(url.searchParams.get(name)));
    const settings = /^\/base\/api\/v1\/user\/(\d+)\/settings\/notifications$/.exec(url.pathname);
    if (settings !== null) {
      const person = SEERR_PEOPLE.find(({ id }) => id === Number(settings[1]));
      const { discordId, telegramChatId = null } = person?.settings ?? {};
      return { status: 200, body: { emailEnabled: true, discordId, telegramChatId, notificationTypes: {} } };
    }
    if (url.pathname !== '/base/api/v1/user') return { status: 404, body: '' };
    const page = SEERR_PEOPLE.slice(skip, Number(skip) + Math.min(Number(take), 100));
    const results = page.map(
      ({ settings: _, jellyfinUserId = null, jellyfinUsername = null, ...person }) => ({
        ...{ ...person, jellyfinUserId, jellyfinUsername, displayName: person.email, requestCount: 0 },
      }),
    );
    return {
      status: 200,
      body: { pageInfo: { pages: 1, pageSize: take, results: SEERR_PEOPLE.length, page: 1 }, results },
    };
  }
  const open = async (url: string, key = KEY) => openSource('seerr', `${url}/base/`, {}, async () => key);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => {
      const { url } = await startFakeService(answer);
      return { source: await open(url), table: SEERR_TABLE, secrets: [KEY] };
    });
  });

  test('asks for page after page', async () => {
    const many = Array.from({ length: 250 }, (_, n) => ({
      id: n + 1,
      email: `p${n}`,
      jellyfinUserId: 'x',
      jellyfinUsername: `p${n}`,
    }));
    const { url, heard } = await startFakeService(({ path }) => {
      const at = new URL(path, 'http://seerr');
      if (at.pathname.endsWith('/notifications')) return { status: 200, body: {} };
      const skip = Number(at.searchParams.get('skip'));
      return { status: 200, body: { pageInfo: { results: 250 }, results: many.slice(skip, skip + 100) } };
    });
    const source = await open(url);
    expect((await tableOf(source)).trimEnd().split('\n')).toHaveLength(250);
    expect(
      heard.filter(({ path }) => path.includes('take=')).map(({ path }) => /skip=(\d+)/.exec(path)?.[1]),
    ).toEqual(['0', '100', '200']);
    expect(source.share()).toBe(1);
  });

  test.each<[string, Reply, RegExp]>([
    ['a wrong key', { status: 403, body: {} }, /refuses the API key \(status 403\); correct it/],
    [
      'a page of something else',
      { status: 200, body: '<html>' },
      /does not tell the people in a way Gatehouse can read/,
    ],
    ['a way to somewhere else', { status: 302, headers: { location: '/login' } }, /leads elsewhere/],
    ['a connection that ends', 'close', /ended the connection without an answer/],
    [
      'people without addresses',
      { status: 200, body: { pageInfo: { results: 1 }, results: [{ id: 1, jellyfinUserId: 'a' }] } },
      /tells no addresses to this key/,
    ],
  ])('says so of %s, without the key', async (_, reply, message) => {
    const { url } = await startFakeService(() => reply);
    const table = await tableOf(await open(url));
    expect(table).toMatch(message);
    expect(table).not.toContain(KEY);
  });
});
