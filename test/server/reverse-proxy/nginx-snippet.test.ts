import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { asProxyManager, asSwag } from '../../support/network/foreign-nginx.ts';
import {
  BELIEVING_CLIENTS,
  CLIENT_HEADER,
  generateSnippet,
  type Names,
} from '../../support/network/generated-nginx.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { startNameServer } from '../../support/network/name-server.ts';
import { startNginxWith, tryNginxConfig } from '../../support/network/nginx.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

const PAGE = join(import.meta.dirname, '../../../docs/reverse-proxy.md');

/** A server that says its name, what it was asked, and for whom. */
async function startNamed(name: string): Promise<number> {
  const server = createServer(({ url, headers }, response) => {
    response.end(`${name} ${url} for ${headers['x-forwarded-for']} by ${headers['x-forwarded-proto']}`);
  });
  onTestFinished(() => shut(server));
  return await listen(server);
}

/** Two of them, and the snippet by which nginx finds them, by names that only a name server knows. */
async function startBoth(mode: 'full' | 'split', lines = '', path = '') {
  const [gatehouse, jellyfin] = [await startNamed('gatehouse'), await startNamed('jellyfin')];
  const names = await startNameServer('gatehouse', 'jellyfin');
  onTestFinished(() => names.close());
  const folder = await tempFolder();
  const config = join(folder, 'config.yaml');
  await writeFile(config, `jellyfin: { url: 'http://jellyfin:${jellyfin}${path}' }\n${lines}`);
  const snippet = await generateSnippet(config, mode, { gatehouse: `http://gatehouse:${gatehouse}` });
  return { names, folder, snippet };
}

async function ask(port: number, path: string, method = 'GET'): Promise<string> {
  const lines = `Host: media.example.org\r\nX-Forwarded-For: 192.168.1.2\r\n${CLIENT_HEADER}: 203.0.113.7\r\nX-Real-IP: 203.0.113.7`;
  const answer = await sendRaw(
    port,
    `${method} ${path} HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`,
    5_000,
  );
  return /(?:gatehouse|jellyfin) \/.*(?= by)/.exec(answer)?.[0] ?? String(statusOf(answer));
}

describe('pasted into Nginx Proxy Manager', () => {
  it('with --mode split, takes the place of its own location, and finds both by their names', async () => {
    const { names, snippet } = await startBoth('split', 'cache: { web: false }\n');
    const nginx = await startNginxWith((port) => asProxyManager(snippet, port, names.address));
    onTestFinished(() => nginx.close());
    expect(await ask(nginx.port, '/Items/1/Images/Primary?a=%2F')).toBe(
      'jellyfin /Items/1/Images/Primary?a=%2F for 203.0.113.7',
    );
    expect(await ask(nginx.port, '/web/')).toBe('gatehouse /web/ for 203.0.113.7');
    expect(await ask(nginx.port, '/x/..%2fSystem/Restart', 'POST')).toBe(
      'gatehouse /x/..%2fSystem/Restart for 203.0.113.7',
    );
  });

  it('with --mode full, sends everything to Gatehouse', async () => {
    const { names, snippet } = await startBoth('full');
    const nginx = await startNginxWith((port) => asProxyManager(snippet, port, names.address));
    onTestFinished(() => nginx.close());
    expect(await ask(nginx.port, '/Items/1')).toBe('gatehouse /Items/1 for 203.0.113.7');
  });
});

describe('included by SWAG, with the file of docs/reverse-proxy.md', () => {
  it.each(['full', 'split'] as const)('is spoken to in HTTP/2, with --mode %s', async (mode) => {
    const file = /<!-- swag -->\n```nginx\n([\s\S]*?)```/.exec(await readFile(PAGE, 'utf8'))?.[1] ?? '';
    const { names, folder, snippet } = await startBoth(mode);
    const certificate = makeCertificate('swag', 'DNS:jellyfin.example.org');
    const swag = { certificate, resolver: names.address, snippet };
    const nginx = await startNginxWith(
      async (port) => `${BELIEVING_CLIENTS}\n${await asSwag(join(folder, 'nginx'), file, port, swag)}`,
    );
    onTestFinished(() => nginx.close());
    const client = connect(`https://127.0.0.1:${nginx.port}`, {
      ...{ ca: certificate.cert, servername: 'jellyfin.example.org' },
    });
    onTestFinished(() => client.close());
    const get = async (path: string, authority = 'jellyfin.example.org'): Promise<string> => {
      const stream = client.request({
        ...{ ':path': path, ':authority': authority, [CLIENT_HEADER]: '203.0.113.7' },
      });
      let said = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const [{ ':status': status }] = await once(stream, 'response');
      await once(stream.end(), 'close');
      return status === 200 ? said : String(status);
    };
    const straight = mode === 'split' ? 'jellyfin' : 'gatehouse';
    expect(await get('/Items/1')).toBe(`${straight} /Items/1 for 203.0.113.7 by https`);
    expect(await get('/web/index.html')).toBe('gatehouse /web/index.html for 203.0.113.7 by https');
    // Another site of the same nginx.
    expect(await get('/Items/1', 'other.example.org')).toBe('418');
  });
});

it('leaves a site its other pages, where Jellyfin has a base URL', async () => {
  const { names, snippet } = await startBoth('split', '', '/jellyfin');
  const nginx = await startNginxWith(
    (port) => `${BELIEVING_CLIENTS} resolver ${names.address};
server { listen 127.0.0.1:${port}; location / { return 418; } location ~ \\.(php|png)$ { return 403; }\n${snippet}}`,
  );
  onTestFinished(() => nginx.close());
  expect(await ask(nginx.port, '/index.html')).toBe('418');
  expect(await ask(nginx.port, '/jellyfin')).toBe('301');
  // No location of theirs takes what is below it.
  expect(await ask(nginx.port, '/jellyfin/Items/1.png')).toBe(
    'jellyfin /jellyfin/Items/1.png for 203.0.113.7',
  );
  expect(await ask(nginx.port, '/jellyfin/System/Restart')).toBe(
    'gatehouse /jellyfin/System/Restart for 203.0.113.7',
  );
});

it('finds a container that comes later, with --resolver in the whole configuration too', async () => {
  const gatehouse = await startNamed('gatehouse');
  const names = await startNameServer();
  onTestFinished(() => names.close());
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(config, 'jellyfin: { url: http://jellyfin:8096 }\n');
  const resolver = names.address;
  const snippet = await generateSnippet(config, 'full', {
    gatehouse: `http://gatehouse:${gatehouse}`,
    resolver,
  });
  const nginx = await startNginxWith(
    (port) => `${BELIEVING_CLIENTS} server { listen 127.0.0.1:${port};\n${snippet}}`,
  );
  onTestFinished(() => nginx.close());
  expect(await ask(nginx.port, '/Items/1')).toBe('502');
  names.learn('gatehouse');
  await expect.poll(() => ask(nginx.port, '/Items/1')).toBe('gatehouse /Items/1 for 203.0.113.7');
  expect(names.asked).toContain('gatehouse');
});

it('reaches a Jellyfin on a unix socket, also below a path that nginx strips', async () => {
  const folder = await tempFolder();
  const socket = join(folder, 'jellyfin.sock');
  const server = createServer(({ url }, response) => void response.end(`jellyfin ${url} by socket`));
  onTestFinished(() => shut(server));
  server.listen(socket);
  await once(server, 'listening');
  const config = join(folder, 'config.yaml');
  for (const path of ['', '/jf']) {
    await writeFile(
      config,
      `public: { url: 'https://media.example.org${path}' }\njellyfin: { url: 'unix:${socket}' }\n`,
    );
    const snippet = await generateSnippet(config, 'split');
    const nginx = await startNginxWith((port) => `server { listen 127.0.0.1:${port};\n${snippet}}`);
    onTestFinished(() => nginx.close());
    expect(await ask(nginx.port, `${path}/Items/1?a=b`)).toBe('jellyfin /Items/1?a=b');
  }
});

describe('nginx takes a snippet', () => {
  const inside = (text: string, port: number): string => `server { listen 127.0.0.1:${port};\n${text}}`;
  const configs: readonly (readonly [string, string, Names])[] = [
    ['for a server on this machine', 'jellyfin: { url: http://localhost:8096 }', {}],
    [
      'with a path that nginx strips, and names of its own',
      'public: { url: https://a.example/jf/jellyfin, hosts: [nas.local] }\njellyfin: { url: http://127.0.0.1:8096/jellyfin }',
      {},
    ],
    ['for a unix socket and IPv6', "listen: { host: '::' }\njellyfin: { url: unix:/run/jellyfin.sock }", {}],
    [
      'for names, https of Jellyfin and a name server',
      'jellyfin: { url: https://jellyfin.example }',
      { gatehouse: 'http://gatehouse:8097', resolver: '127.0.0.11' },
    ],
  ];
  it.each(configs)('%s', async (_what, text, names) => {
    const config = join(await tempFolder(), 'config.yaml');
    await writeFile(config, text);
    for (const mode of ['full', 'split'] as const) {
      const snippet = await generateSnippet(config, mode, names);
      const said = await tryNginxConfig((port) => inside(snippet, port));
      expect(said).toMatch(/test is successful/);
      expect(said).not.toMatch(/warn/);
    }
  });
});
