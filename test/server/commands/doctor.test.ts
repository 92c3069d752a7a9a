import { execFile } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { admit, findTroubles, KEY, MAIN, runDoctor } from '../../support/program/doctor-fixture.ts';

/** What is different on every machine. */
const OF_THE_MACHINE = ['disk-space', 'disk-speed', 'open-files', 'memory'];

const withoutMachine = (out: string): string =>
  out.replace(new RegExp(`^[✓!] (?:${OF_THE_MACHINE.join('|')}) .*\\n(?: +→.*\\n)?`, 'gm'), '');

describe('gatehouse doctor', () => {
  it('finds nothing where everything is in order, line by line, and ends with 0', async () => {
    const { folder, jellyfin, port } = await admit();
    const { code, out, err } = await runDoctor([], folder);
    expect(err).toBe('');
    expect(withoutMachine(out)).toBe(`✓ config           ${join(folder, 'config.yaml')} is fine.
✓ port             127.0.0.1:${port} is free: no Gatehouse runs with this configuration now.
✓ jellyfin         Jellyfin 10.11.11 answers at ${jellyfin.url}.
✓ api-key          Jellyfin accepts the API key.
✓ known-proxies    Jellyfin sees each client.
✓ clock            The clock of this machine is that of Jellyfin.
✓ mail             The mail server lets Gatehouse in.
✓ storage          ${join(folder, 'gatehouse.db')} can be used.
✓ journal          The database keeps its journal apart (WAL).
✓ public-url       http://127.0.0.1:${port} is for this machine only.
✓ reach            http://127.0.0.1:${port} leads to this Gatehouse; no proxy in front is seen.
✓ contacts         1 address is known.
✓ web-client       Jellyfin serves its web client.
✓ mod-anchors      Every mod finds what it changes in the client that runs.
✓ open-routes      Jellyfin tells strangers no more than its sign-in page needs.
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
    const { code, out } = await runDoctor([], folder);
    expect(code).toBe(0);
    expect(out.match(/^–/gm)).toHaveLength(6);
    await expect(access(join(folder, 'gatehouse.db'))).rejects.toThrow();
  });

  it('warns of settings that contradict each other, which is no failure', async () => {
    const { folder, jellyfin, port } = await admit({ hasContacts: false });
    await writeFile(
      join(folder, 'config.yaml'),
      `listen: { port: ${port} }\njellyfin: { url: '${jellyfin.url}' }\nmail: { url: smtp://localhost, from: a@example.org }\n`,
    );
    const { code, out } = await runDoctor([], folder);
    expect(out).toMatch(
      /^! config +.*config\.yaml:3:1 mail: is for the password reset service, and there is none; .*\n +→ Correct it/m,
    );
    expect(code).toBe(0);
  });

  it('shows every problem of a broken configuration and goes no further', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'config.yaml'), 'listen: { prot: 1 }\n');
    const { code, out } = await runDoctor([], folder);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ config {11}config\.yaml:1:1 jellyfin\.url: is missing\..*\n {19}config\.yaml:1:11 .*did you mean port\?\n {19}→ /,
    );
    expect(out).not.toContain('known-proxies');
  });

  it('names the setting and the address when Jellyfin takes everybody for a guest at home', async () => {
    const { folder } = await admit({ jellyfin: { knownProxies: [] } });
    const { code, out } = await runDoctor([], folder);
    expect(code).toBe(1);
    expect(out).toContain(
      `✗ known-proxies    Jellyfin takes every guest for a person on the home network.
                   → In Jellyfin, open Dashboard, Networking, write 127.0.0.1 into Known proxies, save, and restart Jellyfin.
`,
    );
    const json = await runDoctor(['--json'], folder);
    expect(json.code).toBe(1);
    const told: { isFine: boolean; checks: { name: string }[] } = JSON.parse(json.out);
    const checks = told.checks.filter(({ name }) => !OF_THE_MACHINE.includes(name));
    expect({ ...told, checks }).toMatchObject({
      isFine: false,
      checks: [
        ...['config', 'port', 'jellyfin', 'api-key'].map((name) => ({ name, state: 'fine' })),
        { name: 'known-proxies', state: 'failed', fix: expect.stringContaining('127.0.0.1') },
        ...['clock', 'mail', 'storage', 'journal', 'public-url', 'reach', 'contacts', 'web-client'].map(
          (name) => ({ name, state: 'fine' }),
        ),
        ...['mod-anchors', 'open-routes'].map((name) => ({ name, state: 'fine' })),
      ],
    });
  });

  it('says what is wrong with Jellyfin: gone, starting, another version, never set up, not Jellyfin', async () => {
    const { folder, jellyfin } = await admit();
    await jellyfin.setPhase('refused');
    expect((await findTroubles(folder))['jellyfin']).toContain('could not be reached (ECONNREFUSED)');
    await jellyfin.setPhase('setup');
    expect((await findTroubles(folder))['jellyfin']).toContain('is starting');
    await jellyfin.setPhase('loading');
    expect(Object.keys(await findTroubles(folder))).toEqual(['jellyfin']);
    const open = await admit({
      jellyfin: { wizardCompleted: false, users: [{ name: 'alice', password: 'a' }] },
    });
    expect((await findTroubles(open.folder))['jellyfin']).toContain('its wizard is open');
    const old = http.createServer((_request, response) => void response.end('{"Version":"10.7.7"}'));
    const none = http.createServer((_request, response) => void response.end('hello'));
    onTestFinished(() => Promise.all([shut(old), shut(none)]).then(() => undefined));
    for (const [server, words] of [
      [old, 'Jellyfin 10.7.7 is not one that Gatehouse was proved on'],
      [none, 'is not Jellyfin (status 200)'],
    ] as const) {
      const lines = { jellyfin: `{ url: 'http://127.0.0.1:${await listen(server)}', apiKey: ${KEY} }` };
      expect((await findTroubles((await admit({ lines })).folder))['jellyfin']).toContain(words);
    }
  }, 20_000);

  it('says that the key is refused, or is of no use on 10.8', async () => {
    const wrong = await admit({ jellyfin: { apiKeys: [] } });
    const found = await findTroubles(wrong.folder);
    expect(found['api-key']).toContain('Jellyfin refuses the API key (status 401)');
    const eight = await admit({ jellyfin: { version: '10.8.13' } });
    expect((await findTroubles(eight.folder))['api-key']).toContain(
      'On Jellyfin 10.8 no API key can set a password',
    );
  });

  it('tells a port that another program holds from one that Gatehouse holds', async () => {
    const { folder, port } = await admit();
    const other = http.createServer((_request, response) => void response.end('Refused to say'));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    expect((await findTroubles(folder))['port']).toContain(`Another program listens on 127.0.0.1:${port}`);
    await shut(other);
    const running = execFile(process.execPath, [MAIN, 'serve'], { cwd: folder });
    onTestFinished(() => void running.kill('SIGKILL'));
    await new Promise<void>((resolve) => {
      running.stdout?.on('data', (chunk) => String(chunk).includes('"listening"') && resolve());
    });
    const { out } = await runDoctor([], folder);
    expect(out).toContain(`✓ port             This Gatehouse is listening on 127.0.0.1:${port}.`);
    expect(out).toContain(`✓ reach            http://127.0.0.1:${port} leads to this Gatehouse`);
  }, 20_000);

  it('passes on what the mail server says', async () => {
    const { folder, inbox } = await admit();
    await inbox.close();
    expect((await findTroubles(folder))['mail']).toContain(`127.0.0.1:${inbox.port}`);
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
    const found = (await findTroubles(second))['mail'];
    expect(found).toContain('refused user name or password');
    expect(found).not.toContain('wrong');
  });

  it('sends a test message where it is told to, and says what became of it', async () => {
    const { folder, inbox } = await admit();
    const { code, out } = await runDoctor(['--mail', 'Ada@Example.org'], folder);
    expect(out).toMatch(/^✓ test-message {5}The mail server took a test message for A…@example\.org/m);
    expect(code).toBe(0);
    expect(inbox.messages).toHaveLength(1);
    expect(inbox.messages[0]?.to).toContain('Ada@example.org');
    expect(inbox.messages[0]?.text).toContain('this is the test message of gatehouse doctor');
    const wrong = await runDoctor(['--mail', 'ada'], folder);
    expect(wrong.out).toMatch(/^✗ test-message {5}The address has no @/m);
    expect([wrong.code, inbox.messages.length]).toEqual([1, 1]);
  });

  it('says that nobody can be reached, and makes no database for it', async () => {
    const { folder } = await admit({ hasContacts: false });
    expect((await findTroubles(folder))['contacts']).toContain('gatehouse contacts set NAME --email ADDRESS');
    await expect(access(join(folder, 'gatehouse.db'))).rejects.toThrow();
  });

  it('counts no address of a user who is gone', async () => {
    const { folder } = await admit();
    const storage = await openStorage(join(folder, 'gatehouse.db'));
    const gone = { userId: 'd'.repeat(32), userName: 'alice', channel: 'email' };
    await storage.contacts.set({ ...gone, address: 'old@example.org' });
    await storage.close();
    expect((await runDoctor([], folder)).out).toMatch(
      /^✓ contacts {9}1 address is known\. 1 more is of users who are gone/m,
    );
  });

  it('says that the database cannot be used', async () => {
    const missing = await admit({ lines: { storage: './no/such/folder.db' } });
    expect((await findTroubles(missing.folder))['storage']).toContain('is missing or may not be written to');
    const broken = await admit({ hasContacts: false });
    await writeFile(
      join(broken.folder, 'gatehouse.db'),
      'this is no database, but it is long enough to be read'.repeat(99),
    );
    expect(Object.keys(await findTroubles(broken.folder))).toEqual(['storage']);
    const folder = await admit({ hasContacts: false });
    await mkdir(join(folder.folder, 'gatehouse.db'));
    expect(Object.keys(await findTroubles(folder.folder))).toEqual(['storage']);
  });

  it('says that links could be read on their way, or lead nowhere', async () => {
    const plain = await admit({ lines: { public: "{ url: 'http://media.example.org', insecure: true }" } });
    expect((await findTroubles(plain.folder))['public-url']).toContain('can be read on their way');
    const nowhere = await admit({ lines: { public: "{ url: 'https://gatehouse.invalid' }" } });
    expect((await findTroubles(nowhere.folder))['public-url']).toContain(
      'gatehouse.invalid does not resolve',
    );
  });

  it('says that Jellyfin serves no web client', async () => {
    const { folder } = await admit({ jellyfin: { webFiles: { read: () => undefined } } });
    expect((await findTroubles(folder))['web-client']).toContain('(status 404 and 404)');
  });
});
