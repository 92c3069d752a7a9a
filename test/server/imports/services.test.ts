import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { type HeardRequest, type Reply, startFakeService } from '../../support/channels/fake-service.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import { openSource } from '../../support/imports/sample-sources.ts';
import { SEERR_PEOPLE, SEERR_TABLE, seerrStatements } from '../../support/imports/seerr-tables.ts';
import { DIRECTORY, type DirectoryPerson, startSlapd } from '../../support/imports/slapd.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { POSTGRES_PASSWORD } from '../../support/storage/postgres.ts';
import { usePostgres } from '../../support/storage/temp-postgres.ts';
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

describe('Seerr in PostgreSQL', { timeout: 120_000 }, () => {
  const server = usePostgres();
  let schemas = 0;
  async function fill(people = SEERR_PEOPLE): Promise<string> {
    schemas += 1;
    const schema = `seerr_${schemas}`;
    await server().run(
      `CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${seerrStatements(people, 'postgres')}`,
    );
    return `postgres://gatehouse@127.0.0.1:${server().port}/postgres?schema=${schema}`;
  }
  const open = (url: string, password = POSTGRES_PASSWORD) =>
    openSource('seerr', url, {}, async () => password);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => ({
      ...{ source: await open(await fill()), table: SEERR_TABLE, secrets: [POSTGRES_PASSWORD] },
    }));
  });

  test('is read a thousand people at a time, in transactions that may not write', async () => {
    const people = Array.from({ length: 2_500 }, (_, n) => ({
      id: n + 1,
      email: `p${n}`,
      jellyfinUserId: 'x',
      jellyfinUsername: 'Anna',
    }));
    const lines = (await tableOf(await open(await fill(people)))).trimEnd().split('\n');
    expect(lines).toHaveLength(2_500);
    expect(lines.at(-1)).toMatch(/ 2500(?: \||$)/);
  });

  test.each<[string, (url: string) => string, string, RegExp]>([
    ['a wrong password', (url) => url, 'wrong', /does not let this user in/],
    [
      'a database that is not there',
      (url) => url.replace('/postgres?', '/seerr?'),
      POSTGRES_PASSWORD,
      /does not exist/,
    ],
    [
      'one of another program',
      (url) => url.replace(/schema=.*/, 'schema=other'),
      POSTGRES_PASSWORD,
      /is no database of Seerr/,
    ],
    [
      'a server that is not there',
      (url) => url.replace(/:\d+\//, ':9/'),
      POSTGRES_PASSWORD,
      /cannot be read \(ECONNREFUSED\)/,
    ],
  ])('says so of %s', async (_, change, password, message) => {
    const table = await tableOf(await open(change(await fill()), password));
    expect(table).toMatch(message);
    expect(table).not.toContain(password);
  });
});

describe('LDAP', { timeout: 120_000 }, () => {
  const people: readonly DirectoryPerson[] = [
    { uid: 'ANNA', mail: ['anna@example.org', 'a@example.org'] },
    { uid: 'ben', mail: 'new@example.org' },
    { uid: 'carl', cn: 'Carl Müller', mail: 'carl@example.org' },
    { uid: 'Łucja', mail: 'lucja@example.org', employeeNumber: 'renée' },
    { uid: 'no-mail' },
  ];
  const table = `new | Anna | email | anna@example.org | 1
changed | ben | email | ben@example.org -> new@example.org | 2
unknown | carl | email |  | 3 | Jellyfin has no user "carl"; names are those of Dashboard, Users
new | Łucja | email | lucja@example.org | 4
`;
  const { base, user, password } = DIRECTORY;
  const open = (url: string, options = {}, typed: string = password) =>
    openSource('ldap', url, { base, user, ...options }, async () => typed);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => {
      const { url } = await startSlapd(people);
      return { source: await open(url), table, secrets: [password] };
    });
  });

  test('a directory that gives 500 entries in an answer is read page by page', async () => {
    const many = Array.from({ length: 1_250 }, (_, n) => ({ uid: `p${n}`, mail: `p${n}@example.org` }));
    const { url } = await startSlapd(many);
    const lines = (await tableOf(await open(url))).trimEnd().split('\n');
    expect(lines).toHaveLength(1_250);
    expect(new Set(lines.map((line) => line.split(' | ')[1])).size).toBe(1_250);
  });

  test('attributes and entries can be named', async () => {
    const { url } = await startSlapd(people);
    const named = { nameAttribute: 'EmployeeNumber', mailAttribute: 'MAIL' };
    expect(await tableOf(await open(url, named))).toBe('new | renée | email | lucja@example.org | 1\n');
    expect(await tableOf(await open(url, { filter: '(uid=b*)' }))).toMatch(/^changed \| ben .*\n$/);
  });

  test('certificates are checked, from the beginning and with STARTTLS', async () => {
    const certificate = makeCertificate();
    const { url, tlsUrl } = await startSlapd(people, certificate);
    const both = [() => open(tlsUrl), () => open(url, { startTls: true })];
    for (const one of both)
      expect(await tableOf(await one())).toMatch(
        /has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
      );
    const trusted = getCACertificates('default');
    onTestFinished(() => setDefaultCACertificates(trusted));
    setDefaultCACertificates([...trusted, certificate.cert]);
    for (const one of both) expect(await tableOf(await one())).toBe(table);
  });

  test('says what is wrong, without the password', async () => {
    const { url } = await startSlapd(people);
    const tables = await Promise.all([
      open(url, {}, 'wrong').then(tableOf),
      open(url, { base: 'ou=nobody,dc=example,dc=org' }).then(tableOf),
      open(url, { base: 'nonsense' }).then(tableOf),
      open('ldap://127.0.0.1:9').then(tableOf),
      openSource('ldap', url, { base }).then(tableOf),
    ]);
    expect(tables.map((one) => one.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'))).toEqual([
      'error | HOST does not let this user in; correct --user or the password\n',
      'error | HOST has nothing at --base; correct it\n',
      'error | HOST cannot read the DN after --base or --user; write it as in ou=people,dc=example,dc=org\n',
      'error | HOST cannot be reached (ECONNREFUSED); is it the right address?\n',
      'error | HOST lets nobody search without signing in; name a user with --user\n',
    ]);
  });
});
