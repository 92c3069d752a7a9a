import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeSeerrDatabase } from '../../support/imports/sample-sources.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { startOnTerminal } from '../../support/program/terminal.ts';

let jellyfin: FakeJellyfin;
let folder: string;

beforeEach(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  folder = await tempFolder();
});

afterEach(() => jellyfin.close());

describe('gatehouse init with variables in its environment', () => {
  it('asks nobody anything where the environment goes before with what cannot be used', async () => {
    const gone = join(folder, 'nothing');
    const terminal = startOnTerminal(folder, ['init'], { GATEHOUSE_JELLYFIN__API_KEY_FILE: gone });
    await terminal.see('GATEHOUSE_JELLYFIN__API_KEY_FILE');
    await terminal.see('names a file that does not exist');
    expect(await terminal.ended()).toBe(78);
    expect(jellyfin.journal).toEqual([]);
  });

  it('writes the key to the configuration where the environment names a file for it that is empty yet, and says so', async () => {
    const empty = join(folder, 'empty');
    await writeFile(empty, '');
    const password = join(folder, 'admin-pw');
    await writeFile(password, 'admin-pw-1\n');
    const args = ['init', '--yes', '--jellyfin', jellyfin.url, '--admin', 'admin'];
    const variables = { GATEHOUSE_JELLYFIN__API_KEY_FILE: empty };
    const terminal = startOnTerminal(folder, [...args, '--admin-password-file', password], variables);
    await terminal.see('GATEHOUSE_JELLYFIN__API_KEY_FILE names an empty file, so jellyfin.apiKey stands in');
    expect(await terminal.ended()).toBe(0);
    const check = startOnTerminal(folder, ['check'], variables);
    expect(await check.ended(), check.shown()).toBe(0);
    expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toMatch(/apiKey: [0-9a-f]{32}\n/);
  }, 60_000);

  it('proposes to import from what this machine has, by the command for it', async () => {
    const inbox = await createSmtpInbox();
    onTestFinished(() => inbox.close());
    const place = join(folder, 'configurations/seerr/config/db/db.sqlite3');
    await mkdir(dirname(place), { recursive: true });
    await copyFile(await makeSeerrDatabase(), place);
    await writeFile(join(dirname(place), '../settings.json'), '{"main":{},"jellyfin":{"name":"Films"}}');
    await writeFile(join(folder, 'admin-pw'), 'admin-pw-1\n');
    const args = ['init', '--yes', '--jellyfin', jellyfin.url, '--admin', 'admin', '--known-proxy', 'no'];
    const mail = ['--mail', inbox.url, '--mail-from', 'films@example.org'];
    const terminal = startOnTerminal(
      folder,
      [...args, ...mail, '--admin-password-file', join(folder, 'admin-pw')],
      { XDG_CONFIG_HOME: join(folder, 'configurations') },
    );
    expect(await terminal.ended(), terminal.shown()).toBe(0);
    expect(terminal.shown().replace(/\s+/g, ' ')).toContain(
      `Seerr or Jellyseerr has addresses on this machine; this shows what would be imported: gatehouse contacts import seerr ${place}`,
    );
  });
});
