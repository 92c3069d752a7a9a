import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { startFakeService } from '../../support/channels/fake-service.ts';
import { makeSeerrDatabase } from '../../support/imports/sample-sources.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const API_KEY = 'k'.repeat(32);
const MAIN = join(import.meta.dirname, '../../../server/main.ts');

let jellyfin: FakeJellyfin;
beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [API_KEY] });
});
afterAll(() => jellyfin.close());

/** A folder with a configuration and a CSV file, and `gatehouse contacts import` run in it. */
async function setUp(csv = 'name;email\nalice;a@example.org\nbbo;b@example.org\ncarol;c@x\n') {
  const { folder, path, run } = await makeCommandFolder(`url: ${jellyfin.url}, apiKey: ${API_KEY}`);
  await writeFile(join(folder, 'people.csv'), csv);
  /** With variables in its environment. */
  const runWith = (variables: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      const options = { cwd: folder, env: { PATH: process.env['PATH'], ...variables } };
      execFile(process.execPath, [MAIN, 'contacts', 'import', ...args], options, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
    });
  async function stored(): Promise<readonly string[]> {
    const storage = await openStorage(path);
    const list = await storage.contacts.list();
    await storage.close();
    return list.map(({ userName, channel, address, state }) => `${userName} ${channel} ${address} ${state}`);
  }
  const contactsImport = (...args: readonly string[]) => run('contacts', 'import', ...args);
  return { folder, contactsImport, runWith, stored, run };
}

describe('gatehouse contacts import', { timeout: 120_000 }, () => {
  test('shows a table and what to do, and writes nothing, until --apply is there', async () => {
    const { contactsImport, stored } = await setUp();
    const shown = {
      code: 1,
      out:
        'new\talice\temail\ta…@example.org\tpeople.csv:2\n' +
        'unknown\tbbo\temail\t\tpeople.csv:3\n' +
        'doubtful\tcarol\temail\t\tpeople.csv:4\n' +
        'would be: 1 added, 0 changed, 0 as before, 1 unknown, 1 doubtful\n',
      err:
        'what\tname\tchannel\taddress\twhere\n' +
        'people.csv:3: Jellyfin has no user "bbo"; did you mean bob?\n' +
        'people.csv:4: the address of "carol" has no domain such as example.org after the @\n' +
        'nothing was written; the same command with --apply imports them\n',
    };
    const ways = [['people.csv'], ['csv', 'people.csv'], ['--dry-run', 'people.csv']];
    for (const way of ways) expect(await contactsImport(...way)).toEqual(shown);
    expect(await stored()).toEqual([]);
  });

  test('imports what it can, tells the rest with line numbers, and ends with 1; again with 0 when all is right', async () => {
    const { contactsImport, stored, folder, run } = await setUp();
    const ended = await contactsImport('people.csv', '--apply');
    expect(ended.code).toBe(1);
    expect(ended.out).toBe('1 added, 0 changed, 0 as before, 1 unknown, 1 doubtful\n');
    expect(ended.err.split('\n').filter(Boolean)).toEqual([
      'people.csv:3: Jellyfin has no user "bbo"; did you mean bob?',
      'people.csv:4: the address of "carol" has no domain such as example.org after the @',
    ]);
    expect(await stored()).toEqual(['alice email a@example.org unverified']);
    const fixed = 'name;email\nalice;a@example.org\nbob;b@example.org\ncarol;c@example.org\n';
    await writeFile(join(folder, 'people.csv'), fixed);
    expect(await contactsImport('people.csv', '--apply')).toEqual({
      code: 0,
      out: '2 added, 0 changed, 1 as before, no problems\n',
      err: '',
    });
    expect((await contactsImport('missing.csv')).err).toMatch(
      /^gatehouse: missing\.csv cannot be read: there is nothing at \/.*\/missing\.csv; correct the path$/m,
    );
    expect((await run('audit')).out.match(/contact-changed/g)).toHaveLength(3);
  });

  test('shows of each change what changes, and no whole address', async () => {
    const people = [
      ['alice', 'a1@old.org', 'a2@new.org'],
      ['bob', 'ben@example.org', 'bert@example.org'],
      ['carol', 'c@example.org', 'C@example.org'],
    ] as const;
    const csv = (at: 1 | 2) => `name,email\n${people.map((one) => `${one[0]},${one[at]}\n`).join('')}`;
    const { contactsImport, folder } = await setUp(csv(1));
    await contactsImport('people.csv', '--apply');
    await writeFile(join(folder, 'next.csv'), csv(2));
    const { out } = await contactsImport('next.csv');
    expect(out.split('\n').slice(0, 3)).toEqual([
      'changed\talice\temail\ta…@old.org -> a…@new.org\tnext.csv:2',
      'changed\tbob\temail\tb…@example.org -> b…@example.org (another name)\tnext.csv:3',
      'changed\tcarol\temail\tC…@example.org\tnext.csv:4',
    ]);
  });

  test('--trust takes the addresses as proved, also those that are there, and never replaces one that a person proved', async () => {
    const { contactsImport, stored, folder } = await setUp('name,email\nalice,a@example.org\n');
    await contactsImport('people.csv', '--apply');
    await writeFile(join(folder, 'more.csv'), 'name,email\nalice,a@example.org\nbob,b@example.org\n');
    const trusted = await contactsImport('more.csv', '--apply', '--trust');
    expect(trusted.out).toBe('1 added, 1 changed, 0 as before, no problems\n');
    const proved = ['alice email a@example.org verified', 'bob email b@example.org verified'];
    expect(await stored()).toEqual(proved);
    await writeFile(join(folder, 'old.csv'), 'name,email\nalice,old@example.org\nbob,b@example.org\n');
    for (const trust of [[], ['--trust']]) {
      const old = await contactsImport('old.csv', '--apply', ...trust);
      expect(old.out).toBe('0 added, 0 changed, 1 as before, 1 doubtful\n');
      expect(old.err).toContain('old.csv:2: "alice" has proved another address, which stays');
    }
    expect(await stored()).toEqual(proved);
  });

  test('a database is imported by its ids; contacts on channels that are not set up are left out, and it says so', async () => {
    const { contactsImport, stored } = await setUp();
    const path = await makeSeerrDatabase();
    const ended = await contactsImport('seerr', path);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain(
      'db.sqlite3, user 1: Jellyfin has no user "Anna"; names are those of Dashboard, Users',
    );
    expect(ended.err).toContain('contacts on channels that config.yaml does not set up were left out');
    expect(ended.err).toContain('nothing was written, and there is nothing to import');
    expect(await stored()).toEqual([]);
  });

  test('a key comes from a variable or a file, never from the command line, and is in no word that is said', async () => {
    const { runWith, folder, stored } = await setUp();
    const key = 'S3CRET-KEY';
    const { url, heard } = await startFakeService(({ headers, path }) => {
      if (headers['x-api-key'] !== key) return { status: 403, body: {} };
      if (path.endsWith('/notifications')) return { status: 200, body: {} };
      const alice = { id: 1, email: 'a@example.org', jellyfinUserId: jellyfin.user('alice').id };
      return { status: 200, body: { pageInfo: { results: 1 }, results: [alice] } };
    });
    const missing = await runWith({}, 'seerr', url);
    expect(missing.code).toBe(64);
    expect(missing.err).toContain(
      'the API key of Seerr is missing: put it into IMPORT_SECRET, or its file into IMPORT_SECRET_FILE',
    );
    expect(heard).toEqual([]);
    const shown = await runWith({ IMPORT_SECRET: key }, 'seerr', url);
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('would be: 1 added') });
    await writeFile(join(folder, 'key'), `${key}\n`);
    const kept = await runWith({ IMPORT_SECRET_FILE: 'key' }, 'seerr', url, '--apply');
    expect(kept).toMatchObject({ code: 0, out: '1 added, 0 changed, 0 as before, no problems\n' });
    expect(await stored()).toEqual(['alice email a@example.org unverified']);
    const wrong = await runWith({ IMPORT_SECRET: 'other' }, 'seerr', url);
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^gatehouse: 127.* refuses the API key/),
    });
    for (const { out, err } of [missing, shown, kept, wrong]) expect(out + err).not.toContain(key);
  });

  // biome-ignore lint/plugin: only Linux has `script` of util-linux, which makes a terminal
  test.runIf(process.platform === 'linux')('a key is typed at a terminal without being shown', async () => {
    const { folder } = await setUp();
    const key = 'S3CRET';
    const alice = { id: 1, email: 'a@example.org', jellyfinUserId: jellyfin.user('alice').id };
    const { url } = await startFakeService(({ headers, path }) => {
      if (headers['x-api-key'] !== key) return { status: 403, body: {} };
      if (path.endsWith('/notifications')) return { status: 200, body: {} };
      return { status: 200, body: { pageInfo: { results: 1 }, results: [alice] } };
    });
    const command = `'${process.execPath}' '${MAIN}' contacts import seerr ${url}`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: 'pipe' });
    let seen = '';
    child.stdout.on('data', (data) => {
      if (seen === '' && String(data).startsWith('API key of Seerr: ')) child.stdin.write(`${key}x\u007f\r`);
      seen += String(data);
    });
    await once(child, 'close');
    expect(seen).toContain('would be: 1 added, 0 changed, 0 as before, no problems');
    expect(seen).not.toContain('S3CRET');
  });

  test.each([
    [['--apply'], 'FILE.csv, or what else to import from, is missing'],
    [['seerr'], 'what comes behind seerr is missing: DATABASE or ADDRESS'],
    [['people.csv', 'more.csv'], '"people.csv" is no source; there are csv, seerr, wizarr, jfa-go, ldap'],
    [['people.csv', '--apply', '--dry-run'], '--apply and --dry-run exclude each other'],
    [['people.csv', '--base', 'dc=example'], '--base is not for csv'],
  ])('%j is refused as a wrong command line', async (args, message) => {
    const { contactsImport } = await setUp();
    const ended = await contactsImport(...args);
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(64);
  });

  test('what cannot be read is said in one sentence with the name of the file', async () => {
    const { contactsImport } = await setUp('who,where\nalice,a@example.org\n');
    const ended = await contactsImport('people.csv', '--apply');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(
      /^gatehouse: people\.csv: the first line must hold the headings name and email, .*\n$/,
    );
    const named = await contactsImport('people.csv', '--apply', '--columns', 'name=who,email=2');
    expect(named).toMatchObject({ code: 0, out: '1 added, 0 changed, 0 as before, no problems\n' });
  });

  test('shows 200 rows and 200 problems, and how many more there are; --all shows all', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => `nobody${n},n${n}@example.org\nalice,a@example.org\n`);
    const { contactsImport } = await setUp(`name,email\n${rows.join('')}`);
    const ended = await contactsImport('people.csv');
    expect(ended.out.split('\n').filter((line) => line.includes('people.csv:'))).toHaveLength(400);
    expect(ended.err).toContain('200 more rows; --all shows them all\n');
    expect(ended.out).toContain('would be: 1 added, 0 changed, 299 as before, 300 unknown\n');
    const all = await contactsImport('people.csv', '--all');
    expect(all.out.split('\n').filter((line) => line.includes('people.csv:'))).toHaveLength(600);
  });

  test('stopped by a signal, it ends the rows under way, says how to go on, and the next run does the rest', async () => {
    const { folder, contactsImport, stored } = await setUp();
    // Most of it is nobody's: time to be stopped in.
    const rows = Array.from({ length: 120_000 }, (_, n) => `nobody${n},n@example.org\n`);
    const text = `name,email\nalice,a@example.org\n${rows.join('')}bob,b@example.org\n`;
    await writeFile(join(folder, 'large.csv'), text);
    const child = spawn(process.execPath, [MAIN, 'contacts', 'import', 'large.csv', '--apply'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => {
      out += String(data);
    });
    child.stderr.on('data', (data) => {
      // It has begun when it says what it cannot import.
      if (err === '') child.kill('SIGINT');
      err += String(data);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(err).toContain('stopped; the same command goes on: what is there already stays as it is\n');
    expect(out).toMatch(/^1 added, .* unknown\n$/);
    expect(await stored()).toHaveLength(1);
    const rest = await contactsImport('large.csv', '--apply');
    expect(rest.out).toBe('1 added, 0 changed, 1 as before, 120000 unknown\n');
    expect(rest.err).toMatch(/^100,000 rows, \d+ %$/m);
    expect(await stored()).toHaveLength(2);
  });
});
