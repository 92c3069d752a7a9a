import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createSmtpInbox, type SmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { runProgram, startProgram } from '../../support/program/program.ts';
import { startOnTerminal } from '../../support/program/terminal.ts';

const MAIL_USER = { user: 'films@example.org', pass: 'mail/pw #1' };

let jellyfin: FakeJellyfin;
let inbox: SmtpInbox;
let folder: string;

beforeEach(async () => {
  jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  inbox = await createSmtpInbox({ login: MAIL_USER });
  folder = await tempFolder();
});

afterEach(async () => {
  await jellyfin.close();
  await inbox.close();
});

const config = (): Promise<string> => readFile(join(folder, 'config.yaml'), 'utf8');
const paths = (): string[] => jellyfin.journal.map(({ method, path }) => `${method} ${path}`);

async function secretFile(name: string, secret: string): Promise<string> {
  await writeFile(join(folder, name), `${secret}\n`);
  return join(folder, name);
}

/** Everything by options, as a script would say it. */
async function unattended(...more: string[]): Promise<Awaited<ReturnType<typeof runProgram>>> {
  return await runProgram(
    ...([folder, 'init', '--yes', '--jellyfin', jellyfin.url, '--admin', 'admin'] as const),
    ...['--admin-password-file', await secretFile('admin-pw', 'admin-pw-1'), ...more],
  );
}

/** Mail of which nothing is asked any more. */
const MAIL = ['--mail', 'smtp://127.0.0.1', '--mail-from', 'a@example.org'];

const withMail = async (): Promise<string[]> => [
  ...['--mail', inbox.url, '--mail-user', MAIL_USER.user],
  ...['--mail-password-file', await secretFile('mail-pw', MAIL_USER.pass)],
];

describe('gatehouse init on a terminal', () => {
  it('leads from nothing to a reset that arrives, and shows no password', async () => {
    const began = performance.now();
    const terminal = startOnTerminal(folder, ['init']);
    await terminal.answer('Address of Jellyfin', 'http://127.0.0.1:1');
    await terminal.see('could not be reached');
    await terminal.answer('Address of Jellyfin', jellyfin.url);
    await terminal.answer('User name of an administrator', 'admin');
    await terminal.answer('Password of admin', 'wrong-pw');
    await terminal.see('does not know that name with that password');
    await terminal.answer('User name of an administrator', 'admin');
    await terminal.answer('Password of admin', 'admin-pw-1');
    await terminal.answer('Address of Gatehouse to add', '');
    await terminal.answer('Restart Jellyfin now', 'y');
    await terminal.answer('Mail provider', inbox.url);
    await terminal.answer('Mail user name', MAIL_USER.user);
    await terminal.answer('Mail password of', 'slip of the finger');
    await terminal.answer('Sender of mails', 'Films <films@example.org>');
    await terminal.answer('Address by which people reach', '');
    await terminal.see('refused user name or password');
    // What was answered is the default by now, all but the password.
    await terminal.answer('Answer anew', '');
    await terminal.answer(inbox.url, '');
    await terminal.answer(MAIL_USER.user, '');
    await terminal.answer('Mail password of', MAIL_USER.pass);
    await terminal.answer('Films <films@example.org>', '');
    await terminal.answer('Address by which people reach', '');
    await terminal.answer('Your own mail address', 'ada@example.org');
    expect(await terminal.ended(), terminal.shown()).toBe(0);

    const shown = terminal.shown();
    expect(shown).toContain('Jellyfin was restarted, and sees each client.');
    expect(shown).toContain('3 of 4 users have no address, so no reset reaches them: alice, bob, carol.');
    for (const secret of ['admin-pw-1', MAIL_USER.pass]) expect(shown).not.toContain(secret);
    expect((await inbox.waitFor(1))[0]).toMatchObject({ to: 'ada@example.org' });
    expect((await stat(join(folder, 'config.yaml'))).mode & 0o777).toBe(0o600);
    expect(jellyfin.user('admin').tokens).toEqual([]);

    const program = await startProgram([], { GATEHOUSE_LISTEN__PORT: '0' }, folder);
    const port = program.lines.find(({ event }) => event === 'listening')?.['port'];
    await fetch(`http://localhost:${port}/Users/ForgotPassword`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"EnteredUsername":"admin"}',
    });
    const mail = (await inbox.waitFor(2))[1];
    expect(mail?.text).toContain(`http://localhost:8097/gatehouse/reset#`);
    expect(await program.end('SIGTERM')).toBe(0);
    process.stdout.write(
      `from nothing to a reset that arrives: ${Math.round(performance.now() - began)} ms\n`,
    );
  }, 90_000);

  it('takes back the key it made, and writes nothing, where the person ends it', async () => {
    const terminal = startOnTerminal(folder, ['init', '--jellyfin', jellyfin.url]);
    await terminal.answer('User name of an administrator', 'admin');
    await terminal.answer('Password of admin', 'admin-pw-1');
    await terminal.see('Address of Gatehouse to add');
    terminal.type('\u0003');
    expect(await terminal.ended()).toBe(64);
    expect(terminal.shown()).toContain('ended before the last answer; nothing was written');
    expect(paths().filter((path) => path.startsWith('DELETE /Auth/Keys/'))).toHaveLength(1);
    await expect(config()).rejects.toThrow('ENOENT');
  }, 60_000);
});

describe('gatehouse init that is told to end', () => {
  it('leaves neither key nor draft while it waits for a mail server that says nothing', async () => {
    inbox.refuse('hang');
    const options = ['--jellyfin', jellyfin.url, '--admin', 'admin', '--known-proxy', 'no'];
    const file = await secretFile('admin-pw', 'admin-pw-1');
    const args = ['init', '--yes', ...options, '--admin-password-file', file, ...(await withMail())];
    const terminal = startOnTerminal(folder, args);
    await terminal.see('Trying the mail server');
    terminal.type('\u0003');
    expect(await terminal.ended()).toBe(1);
    expect(paths().filter((path) => path.startsWith('DELETE /Auth/Keys/'))).toHaveLength(1);
    expect((await readdir(folder)).sort()).toEqual(['admin-pw', 'mail-pw']);
  }, 60_000);
});

describe('gatehouse init without a terminal', () => {
  it('says which options answer for a person', async () => {
    const { code, err } = await runProgram(folder, 'init');
    expect(code).toBe(64);
    expect(err).toContain('--yes: --jellyfin URL --admin NAME --admin-password-file FILE');
  });

  it('sets everything up by options, with the secrets in files of their own where wanted', async () => {
    const { code, out, err } = await unattended(
      ...(await withMail()),
      ...['--mail-from', 'Films <films@example.org>', '--public-url', 'https://media.example.org'],
      ...['--contact', 'ada@example.org', '--secrets-folder', './secrets', '--known-proxy', 'no'],
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    const text = await config();
    expect(text).toMatch(/^# Written by `gatehouse init`/);
    expect(text).toContain('  url: https://media.example.org\n');
    expect(text).not.toMatch(/paste-|apiKey:|password:|sqlite/);
    const key = await readFile(join(folder, 'secrets/GATEHOUSE_JELLYFIN__API_KEY'), 'utf8');
    expect(key).toMatch(/^[0-9a-f]{32}\n$/);
    expect(text + out + err).not.toContain(key.trim());
    expect((await stat(join(folder, 'secrets/GATEHOUSE_MAIL__PASSWORD'))).mode & 0o777).toBe(0o600);
    expect(out).toContain('Start Gatehouse with GATEHOUSE_JELLYFIN__API_KEY_FILE=');
    expect(out).toContain('add the address of Gatehouse to Known proxies');
    expect(paths()).not.toContain('POST /System/Configuration/network');
    expect(jellyfin.user('admin').tokens).toEqual([]);
  }, 60_000);

  it('run again signs in nowhere, and changes the one line that is said otherwise', async () => {
    const first = await unattended(...(await withMail()));
    expect(first).toMatchObject({ code: 0 });
    const mine = `# My own words.\n${await config()}\nlanguage:   de   # as we speak\n`;
    await writeFile(join(folder, 'config.yaml'), mine);
    jellyfin.journal.length = 0;
    const again = await runProgram(folder, 'init', '--yes', '--public-url', 'https://media.example.org');
    expect(again).toMatchObject({ code: 0 });
    expect(await config()).toBe(mine.replace('http://localhost:8097', 'https://media.example.org'));
    expect(paths().filter((path) => /Authenticate|^POST \/Auth/.test(path))).toEqual([]);
    const same = await runProgram(folder, 'init', '--yes');
    expect(same.out).toContain('config.yaml is as it was.');
  }, 60_000);

  it('writes the configuration and ends with 3 where the mail server refuses the password', async () => {
    inbox.refuse('login');
    const { code, out } = await unattended(...(await withMail()));
    expect(code).toBe(3);
    expect(out).toContain('Mend mail, then try it by gatehouse doctor --mail');
    expect(await config()).toContain('apiKey: ');
  }, 60_000);

  it('writes what a Gatehouse that waits for its first configuration takes up by itself', async () => {
    const program = await startProgram(['--setup'], { GATEHOUSE_LISTEN__PORT: '0' }, folder);
    expect(await config()).toContain('paste-the-key-here');
    expect(await unattended(...(await withMail()))).toMatchObject({ code: 0 });
    await program.logged('config-applied');
    expect(await config()).not.toContain('paste-');
    expect(await program.end('SIGTERM')).toBe(0);
  }, 60_000);

  it('makes no key for somebody who is no administrator, and signs them out', async () => {
    const file = await secretFile('pw', 'alice-pw-1');
    const { code, err } = await runProgram(
      ...([folder, 'init', '--yes', '--jellyfin', jellyfin.url] as const),
      ...['--admin', 'alice', '--admin-password-file', file],
    );
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('alice is no administrator'),
    });
    expect(jellyfin.user('alice').tokens).toEqual([]);
    await expect(config()).rejects.toThrow('ENOENT');
  });

  it.each([
    [['--mail', 'smtp://films:pw@mail.example.org'], 'Leave name and password out of the address'],
    [['--mail', 'gmial'], 'no provider that Gatehouse knows'],
    [['--mail', 'gmail'], '--mail-user'],
    [['--mail', 'smtp://127.0.0.1', '--mail-from', 'nobody'], 'must be an address'],
    [[...MAIL, '--public-url', 'http://media.example.org'], 'must begin with https://'],
    [[...MAIL, '--public-url', 'https://media.example.org/gatehouse/setup'], 'remove /gatehouse'],
  ])('refuses %j, names the option and takes the key back', async (options, fault) => {
    const { code, err } = await unattended(...options);
    expect({ code, err }).toMatchObject({ code: 64, err: expect.stringContaining(fault) });
    expect(paths().filter((path) => path.startsWith('DELETE /Auth/Keys/'))).toHaveLength(1);
    await expect(config()).rejects.toThrow('ENOENT');
  });

  it('finds its way without a key, by the data folder', async () => {
    await writeFile(join(jellyfin.dataFolder, 'passwordreset-x.json'), '{}');
    const { code, err } = await runProgram(
      ...([folder, 'init', '--yes', '--jellyfin', jellyfin.url, '--without-key'] as const),
      ...['--data-folder', jellyfin.dataFolder, ...(await withMail())],
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(await config()).toContain(`dataFolder: ${jellyfin.dataFolder}\n`);
  });
});
