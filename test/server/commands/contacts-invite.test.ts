import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Contacts } from '../../../server/ports/contacts.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tokenOf } from '../../support/account/account-stage.ts';
import { openBrowser } from '../../support/account/browser.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { runProgram } from '../../support/program/program.ts';

async function setUp() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const contacts = (...args: string[]) => runProgram(dirname(stage.configPath), 'contacts', ...args);
  const browser = openBrowser(stage.url, `${stage.url}/gatehouse/api/account`);
  async function disable(name: string): Promise<void> {
    const caller = createJellyfinCaller(subject.url);
    const path = `/Users/${subject.fake?.user(name).id}`;
    const { json } = await caller.call('GET', path, subject.apiKey);
    const { Policy } = json as { Policy: object };
    const policy = { ...Policy, IsDisabled: true };
    expect((await caller.call('POST', `${path}/Policy`, subject.apiKey, policy)).status).toBe(204);
  }
  const contactOf = (name: string) => ({
    ...{ userId: String(subject.fake?.user(name).id), userName: name },
    ...{ channel: 'email', address: `${name}@example.org` },
  });
  /** Changes contacts without a process of its own. */
  async function edit(work: (contacts: Contacts) => Promise<void>): Promise<void> {
    const storage = await openStorage(stage.storagePath);
    await work(storage.contacts);
    await storage.close();
  }
  return { stage, contacts, browser, disable, edit, contactOf };
}

describe('gatehouse contacts invite', { timeout: 120_000 }, () => {
  test('prints a link for each, and names those it cannot invite with the fix', async () => {
    const { stage, contacts, browser, disable } = await setUp();
    await disable('carol');
    const { out, err, code } = await contacts('invite', 'ALICE', 'bobb', 'bob', 'carol', 'alice');
    expect(code).toBe(1);
    const links = out.trimEnd().split('\n');
    expect(links).toHaveLength(2);
    for (const link of links)
      expect(link).toMatch(new RegExp(`^${stage.url}/gatehouse/invitation#[\\w-]{43}$`));
    expect(err).toContain('For alice, once, for 7 days:');
    expect(err).toContain('bobb: Jellyfin has no user "bobb"; did you mean bob?');
    expect(err).toMatch(/carol: .*disabled/);
    const look = (link: string | undefined) =>
      browser.call('invitation/look', { token: tokenOf('invitation', link) });
    expect((await look(links[0])).body).toMatchObject({ userName: 'alice' });
    expect((await look(links[1])).body).toMatchObject({ userName: 'bob' });
    // Another one takes its place.
    const again = await contacts('invite', 'alice', '--qr');
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toMatch(/[▀▄█]{7}/);
    expect((await look(links[0])).code).toBe('link-unknown');
    expect((await look(again.out.split('\n')[0])).body).toMatchObject({ userName: 'alice' });
  });

  test('invites everybody whom no message reaches, as CSV and as JSON', async () => {
    const { stage, contacts, browser, disable, edit, contactOf } = await setUp();
    await edit(async (kept) => {
      for (const name of ['admin', 'carol']) await kept.set(contactOf(name));
    });
    expect(await contacts('invite', '--missing')).toEqual({
      ...{ code: 0, out: '', err: 'Everybody can be reached; nobody was invited.\n' },
    });
    await edit(async (kept) => {
      for (const name of ['alice', 'bob', 'carol']) await kept.remove(contactOf(name).userId);
    });
    await disable('carol');
    const csv = await contacts('invite', '--missing', '--csv');
    expect(csv).toMatchObject({ code: 0, err: '' });
    const [heading, ...rows] = csv.out.trimEnd().split('\n');
    expect(heading).toBe('name,link');
    expect(rows.map((row) => row.split(',')[0])).toEqual(['alice', 'bob']);
    const json = await contacts('invite', '--missing', '--json');
    const list = JSON.parse(json.out) as { userName: string; url: string; expiresAt: string }[];
    expect(list.map(({ userName }) => userName)).toEqual(['alice', 'bob']);
    const token = tokenOf('invitation', list[1]?.url);
    expect((await browser.call('invitation/look', { token })).body).toMatchObject({ userName: 'bob' });
    const audited = await runProgram(dirname(stage.configPath), 'audit', '--user', 'bob');
    expect(audited.out).toContain('\tinvitation-made\tbob\t');
    expect(audited.out).not.toContain(token);
  });

  test('sends it to the contact a person has, and says for whom there is none', async () => {
    const { stage, contacts, browser } = await setUp();
    await contacts('remove', 'bob');
    await contacts('set', 'carol', '--email', 'carol@example.org');
    const storage = await openStorage(stage.storagePath);
    const [carol] = await storage.contacts.ofUserName('carol');
    await storage.contacts.verify(carol?.id ?? '', Date.now());
    await storage.close();
    const { out, err, code } = await contacts('invite', 'alice', 'bob', 'carol', '--send');
    expect(code).toBe(1);
    expect(out).toBe('alice is sent an invitation by email: a…@example.org\n');
    expect(err).toContain('gatehouse contacts invite "bob"');
    expect(err).toContain('carol has a confirmed contact already');
    const [mail] = await stage.inbox.waitFor(1);
    expect(mail?.to).toBe('alice@example.org');
    const token = tokenOf('invitation', mail?.text);
    expect((await browser.call('invitation/look', { token })).body).toMatchObject({ userName: 'alice' });
  });

  test('refuses what does not go together, before anything is done', async () => {
    const folder = await tempFolder();
    const refused = [
      [],
      ['alice', '--missing'],
      ['alice', 'bob', '--qr'],
      ['alice', '--csv', '--json'],
      ['--missing', '--send'],
      ['alice', '--sent'],
    ].map(async (args) => {
      const ended = await runProgram(folder, 'contacts', 'invite', ...args);
      expect(ended, args.join(' ')).toMatchObject({ code: 64, out: '' });
    });
    await Promise.all(refused);
  });
});

describe('gatehouse contacts verify', { timeout: 120_000 }, () => {
  test('asks at the rate, nobody twice, says how far it is, and stops', async () => {
    const { stage, contacts, browser } = await setUp();
    await contacts('set', 'carol', '--email', 'carol@example.org');
    const begun = await contacts('verify', '--all', '--per-hour', '1');
    expect(begun).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ messages added, 1 an hour\n$/) });
    const many = Number.parseInt(begun.out, 10);
    expect(begun.err).toMatch(/in about \d+ (minutes|hours)/);
    const [mail] = await stage.inbox.waitFor(1);
    expect(mail?.subject).toMatch(/^Is this your address/);
    expect(await contacts('verify', '--all')).toMatchObject({
      ...{ code: 0, out: `0 messages added, ${many} asked already, 1 an hour\n` },
    });
    const status = async () => JSON.parse((await contacts('verify', '--status', '--json')).out);
    expect(await status()).toMatchObject({ waiting: many - 1, sent: 1, open: 1, confirmed: 0, perHour: 1 });
    const token = tokenOf('confirm', mail?.text);
    expect((await browser.call('confirm', { token, isMine: true })).status).toBe(200);
    expect((await contacts('verify', '--status')).out).toContain('confirmed\t1\n');
    const name = String(mail?.to.split('@')[0]);
    expect((await contacts('list')).out).toMatch(new RegExp(`^${name}\\t.*\\tverified$`, 'm'));
    expect(await contacts('verify', '--stop')).toMatchObject({
      ...{ code: 0, out: `${many - 1} messages will not be sent\n` },
    });
    expect(await status()).toMatchObject({ waiting: 0, dropped: many - 1 });
    const named = await contacts('verify', name, 'nobody');
    expect(named).toMatchObject({ code: 1, out: '0 messages added, 1 an hour\n' });
    expect(named.err).toContain(`${name} has no contact that waits to be confirmed`);
    expect(named.err).toContain('nobody: Jellyfin has no user "nobody"');
  });

  test('shows how far it is until all are sent', async () => {
    const { stage, contacts } = await setUp();
    const watched = await contacts('verify', 'alice', 'bob', '--per-hour', '3600', '--watch');
    expect(watched).toMatchObject({ code: 0 });
    expect(watched.err).toMatch(/2 sent, 0 waiting; 0 confirmed, 0 refused\n$/);
    expect(stage.inbox.messages).toHaveLength(2);
  });

  test('refuses what does not go together, and a rate that is none', async () => {
    const folder = await tempFolder();
    const refused = [
      [],
      ['alice', '--all'],
      ['--status', '--stop'],
      ['--status', '--per-hour', '5'],
      ['--all', '--per-hour', '0'],
      ['--all', '--per-hour', '3601'],
      ['--all', '--json', '--watch'],
    ].map(async (args) => {
      const ended = await runProgram(folder, 'contacts', 'verify', ...args);
      expect(ended, args.join(' ')).toMatchObject({ code: 64, out: '' });
    });
    await Promise.all(refused);
  });
});
