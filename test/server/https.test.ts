import { EventEmitter, once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { readCertificate, watchCertificate } from '../../server/program/certificate.ts';
import { createGatehouse, type Gatehouse } from '../../server/program/gatehouse.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createLogLines } from '../support/log/log-lines.ts';
import { type MadeCertificate, makeCertificate } from '../support/network/certificates.ts';

/** A Gatehouse that speaks https on that address, in front of a fake. */
async function opened(host: string, certificate?: MadeCertificate) {
  const fake = await createFakeJellyfin({ version: '12.0', knownProxies: ['127.0.0.1'] });
  onTestFinished(() => fake.close());
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(configPath, `jellyfin: { url: '${fake.url}' }\n`);
  const { log } = createLogLines();
  const webFolder = join(import.meta.dirname, '../../dist');
  const gatehouse = createGatehouse({ mods: MOD_LIST, webFolder, log, certificate });
  onTestFinished(() => gatehouse.close(100));
  await gatehouse.apply(
    await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS }),
  );
  await gatehouse.listen(host, 0);
  return { fake, gatehouse };
}

function get(gatehouse: Gatehouse, ca: string, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { ca, ...(agent === undefined ? {} : { agent }) };
    const asked = request(`https://127.0.0.1:${gatehouse.port}/System/Ping`, options, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject).end();
  });
}

/** Common name of the certificate that a new connection is shown. */
async function shownName(gatehouse: Gatehouse): Promise<string> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port: gatehouse.port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const name = String(socket.getPeerCertificate().subject.CN);
  socket.destroy();
  return name;
}

function schemesSeen(fake: FakeJellyfin): unknown[] {
  return fake.journal
    .filter(({ path }) => path === '/System/Ping')
    .map(({ headers }) => headers['x-forwarded-proto']);
}

describe('https', () => {
  it('carries calls and WebSockets, and Jellyfin is told the scheme', async () => {
    const certificate = makeCertificate();
    const { fake, gatehouse } = await opened('127.0.0.1', certificate);
    expect(await get(gatehouse, certificate.cert)).toBe(200);
    expect(schemesSeen(fake)).toEqual(['https']);

    const socket = new WebSocket(`wss://127.0.0.1:${gatehouse.port}/socket`, { ca: certificate.cert });
    const [error] = await once(socket, 'error');
    // Without a token Jellyfin refuses: it was asked.
    expect(String(error)).toContain('403');
  });

  it('shows a renewed certificate to who comes next, and keeps who is there', async () => {
    const old = makeCertificate('old');
    const { gatehouse } = await opened('127.0.0.1', old);
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: old.cert });
    onTestFinished(() => agent.destroy());
    expect(await get(gatehouse, old.cert, agent)).toBe(200);
    expect(await shownName(gatehouse)).toBe('old');

    gatehouse.renewCertificate(makeCertificate('new'));
    expect(await shownName(gatehouse)).toBe('new');
    // The new one would not be trusted: it is the old connection.
    expect(await get(gatehouse, old.cert, agent)).toBe(200);
    await expect(get(gatehouse, old.cert)).rejects.toThrow(/certificate/);
  });
});

it('an IPv6 address can be listened on, and its clients are named to Jellyfin as they are', async () => {
  const { fake, gatehouse } = await opened('::1');
  expect((await fetch(`http://[::1]:${gatehouse.port}/System/Ping`)).status).toBe(200);
  const asked = fake.journal.find(({ path }) => path === '/System/Ping');
  expect(asked?.headers['x-forwarded-for']).toBe('::1');
});

describe('a certificate on disk', () => {
  async function watched(lookMs: number) {
    const folder = await tempFolder();
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    const put = async (made: MadeCertificate): Promise<void> => {
      await copyFile(made.certFile, files.certFile);
      await copyFile(made.keyFile, files.keyFile);
    };
    await put(makeCertificate('first'));
    const lines = createLogLines();
    const signals = new EventEmitter();
    const applied: string[] = [];
    const apply = ({ cert }: { cert: string }) => void applied.push(cert);
    const inForce = await readCertificate(files);
    const watch = watchCertificate({ files, inForce, apply, log: lines.log, signals, lookMs });
    onTestFinished(() => watch.close());
    return { files, put, applied, signals, lines };
  }

  it('is taken up when it changes, once', async () => {
    const { put, applied } = await watched(20);
    const next = makeCertificate('second');
    await put(next);
    await vi.waitFor(() => expect(applied).toEqual([next.cert]));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(applied).toHaveLength(1);
  });

  it('is taken up at once on SIGHUP', async () => {
    const { put, applied, signals } = await watched(60_000);
    const next = makeCertificate('second');
    await put(next);
    expect(applied).toEqual([]);
    signals.emit('SIGHUP');
    await vi.waitFor(() => expect(applied).toEqual([next.cert]));
  });

  it('that does not fit its key is told once, and the last good one stays', async () => {
    const { files, applied, lines } = await watched(20);
    await copyFile(makeCertificate('second').certFile, files.certFile);
    await vi.waitFor(() => expect(lines.events()).toContain('certificate-refused'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lines.events().filter((event) => event === 'certificate-refused')).toHaveLength(1);
    expect(lines.text()).not.toContain('BEGIN');
    expect(applied).toEqual([]);
  });

  it('that is empty, as in the middle of a copy, is none', async () => {
    const empty = join(await tempFolder(), 'empty.pem');
    await writeFile(empty, '');
    await expect(readCertificate({ certFile: empty, keyFile: empty })).rejects.toThrow('both must be PEM');
  });

  it('that is missing is told with its field and path', async () => {
    await expect(readCertificate({ certFile: '/nowhere/c.pem', keyFile: '/nowhere/k.pem' })).rejects.toThrow(
      /listen\.tls\.certFile: \/nowhere\/c\.pem cannot be read \(ENOENT\)/,
    );
  });
});
