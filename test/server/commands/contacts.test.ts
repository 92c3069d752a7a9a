import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ownUserId } from '../../../server/jellyfin/own-user-id.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const API_KEY = 'k'.repeat(32);

let jellyfin: FakeJellyfin;
beforeAll(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [API_KEY] });
});
afterAll(() => jellyfin.close());

/** A folder with a configuration, and `gatehouse contacts` run in it. */
async function setUp(jellyfinUrl = jellyfin.url, power = `apiKey: ${API_KEY}`) {
  const { folder, path, run } = await makeCommandFolder(`url: ${jellyfinUrl}, ${power}`);
  const contacts = (...args: string[]) => run('contacts', ...args);
  async function stored(): Promise<string[]> {
    const storage = await openStorage(path);
    const list = await storage.contacts.list();
    await storage.close();
    return list.map((contact) => `${contact.userId} ${contact.userName} ${contact.address}`);
  }
  return { folder, path, contacts, stored };
}

describe('gatehouse contacts', { timeout: 120_000 }, () => {
  test('believes a name where only the data folder is there to reset with, and keeps its id', async () => {
    const { contacts, stored } = await setUp(jellyfin.url, `dataFolder: ${jellyfin.dataFolder}`);
    const set = await contacts('set', 'Alice', '--email', 'alice@example.org');
    expect(set).toMatchObject({ code: 0, out: 'Alice is reached at a…@example.org\n' });
    expect(set.err).toMatch(/does not tell whether there is a user "Alice"/);
    expect(await contacts('set', 'ALICE', '--email', 'a@example.org')).toMatchObject({ code: 0, err: '' });
    expect(await stored()).toEqual([`${ownUserId('alice')} Alice a@example.org`]);
    expect((await contacts('remove', 'alice')).out).toBe('alice has no contact any more\n');
    expect((await contacts('set', ' ', '--email', 'a@example.org')).code).not.toBe(0);
  });

  test('knows who is on the login screen without a key', async () => {
    const shown = await createFakeJellyfin({
      version: '12.0',
      users: [{ name: 'Dora', password: 'd', isHidden: false }],
    });
    onTestFinished(() => shown.close());
    const { contacts, stored } = await setUp(shown.url, 'dataFolder: auto');
    const set = await contacts('set', 'dora', '--email', 'dora@example.org');
    expect(set).toEqual({ code: 0, out: 'Dora is reached at d…@example.org\n', err: '' });
    expect(await stored()).toEqual([`${shown.user('Dora').id} Dora dora@example.org`]);
  });

  test('sets, lists and removes an address', async () => {
    const { contacts, stored } = await setUp();
    expect(await contacts('set', 'ALICE', '--email', 'Alice@Example.org')).toEqual({
      code: 0,
      out: 'alice is reached at A…@example.org\n',
      err: '',
    });
    expect(await stored()).toEqual([`${jellyfin.user('alice').id} alice Alice@example.org`]);
    expect((await contacts('list')).out).toBe('alice\tA…@example.org\temail\tunverified\n');
    expect((await contacts('list', '--full')).out).toBe('alice\tAlice@example.org\temail\tunverified\n');
    expect((await contacts('remove', 'alice')).out).toBe('alice has no contact any more\n');
    expect((await contacts('remove', 'alice')).out).toBe('alice had no contact\n');
    expect(await stored()).toEqual([]);
  });

  test('lists who has no address, and says when there may be more', async () => {
    const { contacts } = await setUp();
    await contacts('set', 'alice', '--email', 'alice@example.org');
    const { out, err, code } = await contacts('list', '--missing');
    expect({ err, code }).toEqual({
      err: expect.stringMatching(/^\d of \d users have no address\n$/),
      code: 0,
    });
    expect(out.trimEnd().split('\n')).toEqual(expect.arrayContaining(['bob', 'carol']));
    expect(out).not.toContain('alice');
    const keyless = await setUp(jellyfin.url, `dataFolder: ${jellyfin.dataFolder}`);
    expect((await keyless.contacts('list', '--missing')).err).toMatch(
      /tells of the users on its login screen only/,
    );
  });

  test('lists with a heading and a count, says who is gone, and removes those by id or all together', async () => {
    const { contacts, stored, path } = await setUp();
    await contacts('set', 'alice', '--email', 'alice@example.org');
    const storage = await openStorage(path);
    for (const digit of ['d', 'e'])
      await storage.contacts.set({
        ...{ userId: digit.repeat(32), userName: 'alice', channel: 'email' },
        address: `${digit}@example.org`,
      });
    await storage.close();
    expect(await contacts('list')).toEqual({
      code: 0,
      out: expect.stringContaining(
        `alice\td…@example.org\temail\tunverified\tgone from Jellyfin (${'d'.repeat(32)})\n`,
      ),
      err: 'name\taddress\tchannel\tstate\n1 address, and 2 of accounts that are gone: contacts remove --gone removes them, contacts remove ID one\n',
    });
    expect((await contacts('remove', 'd'.repeat(32))).out).toContain('has no contact any more');
    expect((await contacts('remove', '--gone')).out).toBe('alice has no contact any more\n');
    expect(await stored()).toEqual([`${jellyfin.user('alice').id} alice alice@example.org`]);
  });

  test('prints a template of everybody that a spreadsheet runs no formula of, and takes it back', async () => {
    const users = ['=1+1', '@sum', 'a, "b"', 'bob'].map((name) => ({ name, password: 'a' }));
    const other = await createFakeJellyfin({ version: '10.11.11', apiKeys: [API_KEY], users });
    onTestFinished(() => other.close());
    const { contacts, folder, stored } = await setUp(other.url);
    await contacts('set', 'bob', '--email', '+bob@example.org');
    const { out } = await contacts('list', '--csv');
    expect(out.split('\n')[0]).toBe('name,email,state');
    expect(out.trimEnd().split('\n').slice(1).toSorted()).toEqual(
      ["'=1+1,,", "'@sum,,", '"a, ""b""",,', "bob,'+bob@example.org,unverified"].toSorted(),
    );
    await writeFile(join(folder, 'all.csv'), out.replaceAll(/,,$/gm, ',x@example.org,'));
    expect((await contacts('import', 'all.csv', '--apply')).out).toBe(
      '3 added, 0 changed, 1 as before, no problems\n',
    );
    expect(await stored()).toHaveLength(4);
    expect((await contacts('list', '--csv', '--missing')).out).toBe('name,email,state\n');
  });

  test('an unknown name is an error with the name probably meant', async () => {
    const { contacts, stored } = await setUp();
    const ended = await contacts('set', 'alcie', '--email', 'a@example.org');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toBe('gatehouse: Jellyfin has no user "alcie"; did you mean alice?\n');
    expect(await stored()).toEqual([]);
  });

  test.each([
    [['set', 'alice'], '--email is missing'],
    [['set', 'alice', '--email', 'alice'], 'has no @'],
    [['set', '--email', 'a@example.org'], 'NAME is missing'],
    [['set', 'alice', 'smith', '--email', 'a@example.org'], '"smith" is not expected here'],
    [['list', '--ful'], 'did you mean --full?'],
  ])('%j is refused as a wrong command line', async (args, message) => {
    const { contacts } = await setUp();
    const ended = await contacts(...args);
    expect(ended.code).toBe(64);
    expect(ended.err).toContain(message);
  });

  test('Jellyfin away: says so, and nothing is changed', async () => {
    const { contacts, stored, folder } = await setUp('http://127.0.0.1:9');
    await writeFile(join(folder, 'people.csv'), 'name,email\nalice,a@example.org\n');
    for (const args of [
      ['set', 'alice', '--email', 'a@example.org'],
      ['import', 'people.csv'],
      ['remove', 'alice'],
    ]) {
      const ended = await contacts(...args);
      expect(ended.code).toBe(1);
      expect(ended.err).toMatch(/^gatehouse: .*Jellyfin/);
    }
    expect(await stored()).toEqual([]);
  });
});
