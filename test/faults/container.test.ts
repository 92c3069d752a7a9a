import { chown, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Container, said, startContainer } from '../support/deploy/container.ts';
import { addNode, makeDebian } from '../support/deploy/debootstrap.ts';
import { assembleImage, type Image } from '../support/deploy/image-tree.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { freePort } from '../support/network/free-port.ts';
import { createFormSender } from '../support/setup/first-start.ts';

const NOBODY_ELSE = { user: 1234, group: 2345, groups: '', capabilities: '0000000000000000' };
/** What deploy/compose.yaml leaves the container. */
const COMPOSES = ['chown', 'dac_override', 'setgid', 'setuid'];

let folder = '';
let image: Image;
let onArm: Image;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-image-'));
  const base = join(folder, 'base');
  await makeDebian(base);
  await addNode(base);
  for (const target of ['amd64', 'arm64']) await mkdir(join(folder, target));
  image = await assembleImage(join(folder, 'amd64'), base, process.arch === 'arm64' ? 'arm64' : 'amd64');
  onArm = await assembleImage(join(folder, 'arm64'), base, process.arch === 'arm64' ? 'amd64' : 'arm64');
}, 900_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder of this machine for `/config`, as Docker makes one: root's. */
async function configFolder(): Promise<string> {
  const made = join(await tempFolder(), 'config');
  await mkdir(made);
  return made;
}

async function listenOn(): Promise<{ url: string; environment: Record<string, string> }> {
  const port = await freePort();
  return {
    url: `http://127.0.0.1:${port}`,
    environment: { GATEHOUSE_LISTEN__HOST: '127.0.0.1', GATEHOUSE_LISTEN__PORT: String(port) },
  };
}

async function ownersIn(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  const owners = await Promise.all(['.', ...names].map((name) => stat(join(path, name))));
  return [...new Set(owners.map(({ uid, gid }) => `${uid}:${gid}`))];
}

/** Waits until the health check of the image says yes, and answers what it says. */
async function healthy(container: Container) {
  await said(container, /"listening"/);
  return container.exec(...image.healthCheck);
}

describe('the image', { timeout: 300_000 }, () => {
  it('holds the program, what it needs from others, and a list of that; no sources, tests or tools', async () => {
    expect((await readdir(join(image.root, 'app'))).sort()).toEqual(
      ['LICENSE', 'bin', 'config.example.yaml', 'config.schema.json', 'dist', 'node_modules']
        .concat(['package.json', 'sbom.cdx.json'])
        .sort(),
    );
    const packages = JSON.parse(await readFile(join(image.root, 'app/package.json'), 'utf8'));
    const listed = JSON.parse(await readFile(join(image.root, 'app/sbom.cdx.json'), 'utf8'));
    const names = listed.components.map(({ name }: { name: string }) => name);
    expect(listed.bomFormat).toBe('CycloneDX');
    expect(names).toEqual(expect.arrayContaining(Object.keys(packages.dependencies)));
    expect(names).not.toContain('vitest');
    expect(await readdir(join(image.root, 'app/node_modules'))).not.toContain('typescript');
    expect(image.labels).toMatchObject({
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.version': packages.version,
    });
  });

  it('has programs for the processor that it is for, whatever builds it', async () => {
    // Where ELF says for which processor a file is. Source: elf(5), e_machine.
    const MACHINES: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64' };
    for (const one of [image, onArm]) {
      const modules = join(one.root, 'app/node_modules');
      const native = (await readdir(modules, { recursive: true })).filter((name) =>
        /\.node$|\.so\./.test(name),
      );
      expect(native.length).toBeGreaterThan(1);
      for (const name of native) {
        const file = await open(join(modules, name));
        const { buffer } = await file.read(Buffer.alloc(20), 0, 20, 0);
        await file.close();
        const wanted = one === image ? process.arch : process.arch === 'arm64' ? 'x64' : 'arm64';
        expect([name, MACHINES[buffer.readUInt16LE(18)]]).toEqual([name, wanted]);
      }
    }
  });
});

describe('a container', { timeout: 300_000 }, () => {
  it('begins with an empty /config, runs as PUID and PGID without any right of root, is healthy, and ends at SIGTERM', async () => {
    const [config, { url, environment }] = [await configFolder(), await listenOn()];
    const own = { PUID: '1234', PGID: '2345', TZ: 'Asia/Kathmandu', ...environment };
    const container = startContainer(image, { config, environment: own });
    expect(await healthy(container)).toMatchObject({ code: 0 });
    expect(container.status()).toEqual(NOBODY_ELSE);
    expect(await ownersIn(config)).toEqual(['1234:2345']);
    expect((await stat(join(config, 'config.yaml'))).mode & 0o777).toBe(0o600);
    expect(await (await fetch(url)).text()).toContain('jellyfin.url');
    const clock = await container.exec(
      'node',
      '-p',
      'new Date(0).getHours() * 60 + new Date(0).getMinutes()',
    );
    expect(clock.out.trim()).toBe('330');
    container.stop();
    expect(await container.ended).toBe(0);
  });

  it('serves Jellyfin, keeps its database and takes commands with a configuration, all as that user, on a read-only tree', async () => {
    const subject = await createFakeSubject({ version: '10.11.11' });
    const [config, { url, environment }] = [await configFolder(), await listenOn()];
    await writeFile(
      join(config, 'config.yaml'),
      `jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
public: { url: https://media.example.com }
reset: { method: link }
mail: { url: smtp://127.0.0.1:9, from: films@example.com }
mods: { page-title: { title: Films } }
`,
    );
    const own = { PUID: '1234', PGID: '2345', ...environment };
    const container = startContainer(image, { config, environment: own, capabilities: COMPOSES });
    expect(await healthy(container)).toMatchObject({ code: 0 });
    expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200);
    const set = await container.exec('gatehouse', 'contacts', 'set', 'alice', '--email', 'alice@example.com');
    expect(set).toMatchObject({ code: 0, err: '' });
    expect((await container.exec('gatehouse', 'backup', '/config/copy.db')).code).toBe(0);
    expect(await ownersIn(config)).toEqual(['1234:2345']);
    expect(await readdir(config)).toEqual(expect.arrayContaining(['copy.db', 'gatehouse.db']));
    expect((await container.exec('touch', '/app/x', '/usr/x', '/etc/x')).err).toContain('Read-only');
    container.stop();
    expect(await container.ended).toBe(0);
    await subject.close();
  });

  it('is set up in the browser as compose.yaml has it, with an empty file for the key: what is written belongs to its user', async () => {
    const { url: jellyfinUrl, fake, close } = await createFakeSubject({ version: '10.11.11' });
    const [config, { url, environment }] = [await configFolder(), await listenOn()];
    await writeFile(join(config, 'jellyfin-api-key'), '');
    const own = {
      ...{ PUID: '1234', PGID: '2345', ...environment },
      ...{ GATEHOUSE_JELLYFIN__URL: jellyfinUrl },
      GATEHOUSE_JELLYFIN__API_KEY_FILE: '/config/jellyfin-api-key',
    };
    const container = startContainer(image, { config, environment: own, capabilities: COMPOSES });
    await said(container, /"setup-code"/);
    expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200);
    const admin = createFormSender(url);
    const code = /"code":"([^"]+)"/.exec(container.lines.join('\n'))?.[1] ?? '';
    expect(await admin.send({ code })).toBe(303);
    await admin.reply('Address of Jellyfin', jellyfinUrl);
    await admin.reply('User name of an administrator', 'admin');
    await admin.reply('Password of admin', 'admin-pw-1');
    // The fake believes this machine already.
    await admin.reply('Mail provider', '', '0');
    await admin.see('Gatehouse is set up');
    expect(await readFile(join(config, 'config.yaml'), 'utf8')).toMatch(/apiKey: [0-9a-f]{32}\n/);
    expect((await stat(join(config, 'config.yaml'))).mode & 0o777).toBe(0o600);
    expect(await ownersIn(config)).toEqual(['1234:2345']);
    expect(fake?.user('admin').tokens).toEqual([]);
    container.stop();
    expect(await container.ended).toBe(0);
    await close();
  });

  it('runs as the user of --user, and changes nobody’s files', async () => {
    const [config, { environment }] = [await configFolder(), await listenOn()];
    await chown(config, 1001, 1001);
    const options = {
      config,
      environment: { PUID: '1234', ...environment },
      user: '1001:1001',
      capabilities: [],
    };
    const container = startContainer(image, options);
    expect(await healthy(container)).toMatchObject({ code: 0 });
    expect(container.status()).toMatchObject({ user: 1001, group: 1001, capabilities: '0000000000000000' });
    expect(await ownersIn(config)).toEqual(['1001:1001']);
    container.stop();
    expect(await container.ended).toBe(0);
  });

  it('says in its page what to do where it may not write, and is healthy', async () => {
    const [config, { url, environment }] = [await configFolder(), await listenOn()];
    const container = startContainer(image, { config, environment, user: '1001:1001', capabilities: [] });
    expect(await healthy(container)).toMatchObject({ code: 0 });
    expect(await (await fetch(url)).text()).toContain('could not be written (EACCES)');
    expect(await readdir(config)).toEqual([]);
    container.stop();
    expect(await container.ended).toBe(0);
  });

  it('never runs as root: it says what to change, and ends', async () => {
    const config = await configFolder();
    const tries = [
      { environment: { PUID: '0' }, reason: /would be root/ },
      { environment: { PUID: 'alice' }, reason: /take numbers/ },
      { environment: {}, capabilities: ['chown'], reason: /cannot become 1000:1000.*SETUID/ },
    ];
    for (const { reason, ...options } of tries) {
      const container = startContainer(image, { config, ...options });
      expect(await container.ended).toBe(64);
      expect(container.lines.join('\n')).toMatch(reason);
    }
  });

  it('is not healthy while nothing answers', async () => {
    const [config, { environment }] = [await configFolder(), await listenOn()];
    const container = startContainer(image, { config, environment, command: ['mods'] });
    const other = startContainer(image, { config, environment });
    await said(other, /"listening"/);
    const elsewhere = ['env', `GATEHOUSE_LISTEN__PORT=${await freePort()}`, ...image.healthCheck];
    expect((await other.exec(...elsewhere)).code).toBe(1);
    expect(await container.ended).toBe(0);
    other.stop();
  });
});
