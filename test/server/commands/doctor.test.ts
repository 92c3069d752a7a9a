import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/index.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { examine } from '../../../server/doctor/doctor.ts';
import { openStorage } from '../../../server/storage/storage.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type FakeJellyfinOptions,
} from '../../jellyfin/fake-jellyfin.ts';
import { freePort } from '../../support/free-port.ts';
import { listen, shut } from '../../support/listen.ts';
import { createSmtpInbox, type SmtpInbox } from '../../support/smtp-inbox.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const KEY = randomBytes(16).toString('hex');

interface Patient {
  readonly folder: string;
  readonly jellyfin: FakeJellyfin;
  readonly inbox: SmtpInbox;
  readonly port: number;
}

interface Wishes {
  readonly jellyfin?: Partial<FakeJellyfinOptions>;
  /** Replaces lines of the config by their field. */
  readonly lines?: Readonly<Record<string, string>>;
  readonly hasContacts?: boolean;
}

/** A folder with a config for which everything is in order, wishes aside. */
async function admit({ lines = {}, hasContacts = true, ...wishes }: Wishes = {}): Promise<Patient> {
  const folder = await tempFolder();
  const jellyfin = await createFakeJellyfin({
    version: '10.11.11',
    apiKeys: [KEY],
    knownProxies: ['127.0.0.1'],
    ...wishes.jellyfin,
  });
  const inbox = await createSmtpInbox();
  onTestFinished(() => Promise.all([jellyfin.close(), inbox.close()]).then(() => undefined));
  const port = await freePort();
  const config: Record<string, string> = {
    listen: `{ host: 127.0.0.1, port: ${port} }`,
    public: `{ url: 'http://127.0.0.1:${port}' }`,
    jellyfin: `{ url: '${jellyfin.url}', apiKey: ${KEY} }`,
    reset: '{ method: link }',
    mail: `{ url: '${inbox.url}', from: Jellyfin <noreply@example.org> }`,
    storage: './gatehouse.db',
    ...lines,
  };
  const text = Object.entries(config).map(([field, value]) => (value === '' ? '' : `${field}: ${value}\n`));
  await writeFile(join(folder, 'config.yaml'), text.join(''));
  if (hasContacts) {
    const storage = await openStorage(join(folder, 'gatehouse.db'));
    const contact = { userId: jellyfin.user('alice').id, userName: 'alice', channel: 'email' as const };
    await storage.contacts.set({ ...contact, address: 'alice@example.org' });
    storage.close();
  }
  return { folder, jellyfin, inbox, port };
}

function run(args: string[], folder: string): Promise<{ code: number; out: string; err: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'doctor', ...args],
      { cwd: folder, env, timeout: 20_000 },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

/** What is not fine, by name. */
async function troubles(folder: string): Promise<Record<string, string>> {
  const config = await loadConfig({ configPath: join(folder, 'config.yaml'), environment: {}, mods: MODS });
  const findings = await examine({ config, areOurPartsThere: true });
  expect(JSON.stringify(findings)).not.toContain(KEY);
  const failed = findings.filter(({ state }) => state === 'failed');
  expect(failed.every(({ fix }) => fix !== undefined)).toBe(true);
  return Object.fromEntries(failed.map(({ name, says, fix }) => [name, `${says} ${fix}`]));
}

describe('gatehouse doctor', () => {
  it('finds nothing where everything is in order, line by line, and ends with 0', async () => {
    const { folder, jellyfin, port } = await admit();
    const { code, out, err } = await run([], folder);
    expect(err).toBe('');
    expect(out).toBe(`✓ config         ${join(folder, 'config.yaml')} is fine.
✓ port           127.0.0.1:${port} is free.
✓ jellyfin       Jellyfin 10.11.11 answers at ${jellyfin.url}.
✓ api-key        Jellyfin accepts the API key.
✓ known-proxies  Jellyfin sees each client.
✓ mail           The mail server lets Gatehouse in.
✓ storage        ${join(folder, 'gatehouse.db')} can be used.
✓ public-url     http://127.0.0.1:${port} is for this machine only.
✓ contacts       1 address is known.
✓ web-client     Jellyfin serves its web client.
`);
    expect(code).toBe(0);
  });

  it('skips what mods alone do not need', async () => {
    const { folder } = await admit({ hasContacts: false });
    const { jellyfin, port } = await admit({ hasContacts: false });
    await writeFile(
      join(folder, 'config.yaml'),
      `listen: { port: ${port} }\njellyfin: { url: '${jellyfin.url}' }\n`,
    );
    const { code, out } = await run([], folder);
    expect(code).toBe(0);
    expect(out.match(/^–/gm)).toHaveLength(6);
    await expect(access(join(folder, 'gatehouse.db'))).rejects.toThrow();
  });

  it('shows every problem of a broken configuration and goes no further', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), 'listen: { prot: 1 }\n');
    const { code, out } = await run([], folder);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ config {9}config\.yaml:1:1 jellyfin\.url: is missing\..*\n {17}config\.yaml:1:11 .*did you mean port\?\n {17}→ /,
    );
    expect(out).not.toContain('known-proxies');
  });

  it('names the setting and the address when Jellyfin takes everybody for a guest at home', async () => {
    const { folder } = await admit({ jellyfin: { knownProxies: [] } });
    const { code, out } = await run([], folder);
    expect(code).toBe(1);
    expect(out).toContain(
      `✗ known-proxies  Jellyfin takes every guest for a person on the home network.
                 → In Jellyfin, open Dashboard, Networking, write 127.0.0.1 into Known proxies, save, and restart Jellyfin.
`,
    );
    const json = await run(['--json'], folder);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      isFine: false,
      checks: [
        ...['config', 'port', 'jellyfin', 'api-key'].map((name) => ({ name, state: 'fine' })),
        { name: 'known-proxies', state: 'failed', fix: expect.stringContaining('127.0.0.1') },
        ...['mail', 'storage', 'public-url', 'contacts', 'web-client'].map((name) => ({
          name,
          state: 'fine',
        })),
      ],
    });
  });

  it('says what is wrong with Jellyfin: gone, starting, another version, never set up, not Jellyfin', async () => {
    const { folder, jellyfin } = await admit();
    await jellyfin.setPhase('refused');
    expect((await troubles(folder))['jellyfin']).toContain('could not be reached (ECONNREFUSED)');
    await jellyfin.setPhase('setup');
    expect((await troubles(folder))['jellyfin']).toContain('is starting');
    await jellyfin.setPhase('loading');
    expect(Object.keys(await troubles(folder))).toEqual(['jellyfin']);
    const open = await admit({
      jellyfin: { wizardCompleted: false, users: [{ name: 'alice', password: 'a' }] },
    });
    expect((await troubles(open.folder))['jellyfin']).toContain('its wizard is open');
    const old = http.createServer((_request, response) => void response.end('{"Version":"10.7.7"}'));
    const none = http.createServer((_request, response) => void response.end('hello'));
    onTestFinished(() => Promise.all([shut(old), shut(none)]).then(() => undefined));
    for (const [server, words] of [
      [old, 'Jellyfin 10.7.7 is not one that Gatehouse was proved on'],
      [none, 'is not Jellyfin (status 200)'],
    ] as const) {
      const lines = { jellyfin: `{ url: 'http://127.0.0.1:${await listen(server)}', apiKey: ${KEY} }` };
      expect((await troubles((await admit({ lines })).folder))['jellyfin']).toContain(words);
    }
  }, 20_000);

  it('says that the key is refused, or is of no use on 10.8', async () => {
    const wrong = await admit({ jellyfin: { apiKeys: [] } });
    const found = await troubles(wrong.folder);
    expect(found['api-key']).toContain('Jellyfin refuses the API key (status 401)');
    const eight = await admit({ jellyfin: { version: '10.8.13' } });
    expect((await troubles(eight.folder))['api-key']).toContain(
      'On Jellyfin 10.8 no API key can set a password',
    );
  });

  it('tells a port that another program holds from one that Gatehouse holds', async () => {
    const { folder, port } = await admit();
    const other = http.createServer((_request, response) => void response.end('Refused to say'));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    expect((await troubles(folder))['port']).toContain(`Another program listens on 127.0.0.1:${port}`);
    await shut(other);
    const running = execFile(process.execPath, [MAIN, 'serve'], { cwd: folder });
    onTestFinished(() => void running.kill('SIGKILL'));
    await new Promise<void>((resolve) => {
      running.stdout?.on('data', (chunk) => String(chunk).includes('"listening"') && resolve());
    });
    expect((await run([], folder)).out).toContain(
      `✓ port           Gatehouse is listening on 127.0.0.1:${port}.`,
    );
  }, 20_000);

  it('passes on what the mail server says', async () => {
    const { folder, inbox } = await admit();
    await inbox.close();
    expect((await troubles(folder))['mail']).toContain(`127.0.0.1:${inbox.port}`);
    const { folder: second, ...patient } = await admit({
      lines: { mail: "{ url: 'smtp://bob:wrong@127.0.0.1:1', from: Jellyfin <noreply@example.org> }" },
    });
    const strict = await createSmtpInbox({ login: { user: 'bob', pass: 'right' } });
    onTestFinished(() => strict.close());
    await writeFile(
      join(second, 'config.yaml'),
      `listen: { host: 127.0.0.1, port: ${patient.port} }
public: { url: 'http://127.0.0.1:1' }
jellyfin: { url: '${patient.jellyfin.url}', apiKey: ${KEY} }
reset: { method: link }
mail: { url: 'smtp://bob:wrong@127.0.0.1:${strict.port}', from: Jellyfin <noreply@example.org> }
`,
    );
    const found = (await troubles(second))['mail'];
    expect(found).toContain('refused user name or password');
    expect(found).not.toContain('wrong');
  });

  it('says that nobody can be reached, and makes no database for it', async () => {
    const { folder } = await admit({ hasContacts: false });
    expect((await troubles(folder))['contacts']).toContain('gatehouse contacts set NAME --email ADDRESS');
    await expect(access(join(folder, 'gatehouse.db'))).rejects.toThrow();
  });

  it('says that the database cannot be used', async () => {
    const missing = await admit({ lines: { storage: './no/such/folder.db' } });
    expect((await troubles(missing.folder))['storage']).toContain('is missing or may not be written to');
    const broken = await admit({ hasContacts: false });
    await writeFile(
      join(broken.folder, 'gatehouse.db'),
      'this is no database, but it is long enough to be read'.repeat(99),
    );
    expect(Object.keys(await troubles(broken.folder))).toEqual(['storage']);
    const folder = await admit({ hasContacts: false });
    await mkdir(join(folder.folder, 'gatehouse.db'));
    expect(Object.keys(await troubles(folder.folder))).toEqual(['storage']);
  });

  it('says that links could be read on their way, or lead nowhere', async () => {
    const plain = await admit({ lines: { public: "{ url: 'http://media.example.org', insecure: true }" } });
    expect((await troubles(plain.folder))['public-url']).toContain('can be read on their way');
    const nowhere = await admit({ lines: { public: "{ url: 'https://gatehouse.invalid' }" } });
    expect((await troubles(nowhere.folder))['public-url']).toContain('gatehouse.invalid does not resolve');
  });

  it('says that Jellyfin serves no web client', async () => {
    const { folder } = await admit({ jellyfin: { webFiles: { read: () => undefined } } });
    expect((await troubles(folder))['web-client']).toContain('(status 404 and 404)');
  });
});
