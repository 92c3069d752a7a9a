import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import type { Subject } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import type { MadeCertificate } from '../support/network/certificates.ts';
import { makeCertificate } from '../support/network/certificates.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

interface Door {
  /** `jellyfin.url`. */
  readonly url: string;
  readonly caFile?: string;
}

/** Another way to each fake; answers what the config says about it. */
const DOORS: Record<string, (port: number) => Promise<Door>> = {
  async 'a unix socket'(port) {
    const path = join(await mkdtemp(join(tmpdir(), 'gatehouse-socket-')), 'jellyfin.sock');
    const front = await openFront(port, { path });
    onTestFinished(() => front.close());
    return { url: `unix:${path}` };
  },
  async 'an IPv6 address'(port) {
    const front = await openFront(port, { host: '::1' });
    onTestFinished(() => front.close());
    return { url: `http://[::1]:${front.port}` };
  },
  async 'https with a certificate authority of its own'(port) {
    const tls = makeCertificate();
    const front = await openFront(port, { host: '127.0.0.1', tls });
    onTestFinished(() => front.close());
    return { url: `https://127.0.0.1:${front.port}`, caFile: tls.certFile };
  },
};

/** A stage whose Jellyfin is reached through that door; its addresses have the base URL. */
async function stageBehind(door: Door, subject: Subject): Promise<Stage> {
  const base = new URL(subject.url).pathname.replace(/\/$/, '');
  const isUnix = door.url.startsWith('unix:');
  const url = `${door.url}${isUnix && base !== '' ? ':' : ''}${base}`;
  const seen = { ...subject, url: isUnix ? `http://localhost${base}` : url };
  const stage = await createStage(seen);
  onTestFinished(() => stage.close());
  const text = await readFile(stage.configPath, 'utf8');
  const line = `jellyfin: { url: '${url}', apiKey: ${subject.apiKey}${
    door.caFile === undefined ? '' : `, caFile: '${door.caFile}'`
  } }`;
  await stage.apply(text.replace(/^jellyfin: .*$/m, line));
  return stage;
}

async function ready(stage: Stage): Promise<void> {
  await vi.waitFor(
    async () => expect((await fetch(`${stage.url}/gatehouse/health/ready`)).status).toBe(200),
    { timeout: 10_000 },
  );
}

function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}

describe.each(Object.entries(DOORS))('Jellyfin behind %s', (_name, open) => {
  it.each(['', '/jellyfin'])('with base URL "%s": page, calls, WebSocket and reset work', async (baseUrl) => {
    const subject = await createFakeSubject({ version: '12.0', baseUrl });
    onTestFinished(() => subject.close());
    const stage = await stageBehind(await open(subject.fake?.port ?? 0), subject);
    await ready(stage);

    const page = await (await fetch(`${stage.url}/web/index.html`)).text();
    expect(page).toContain('../gatehouse/mods/');
    expect(await (await fetch(`${stage.url}/System/Info/Public`)).json()).toHaveProperty('Version');
    const caller = createJellyfinCaller(stage.url);
    const alice = await caller.signIn('alice', 'alice-pw-1', 'a-device');
    const socket = await openSocket(
      `${stage.url.replace('http', 'ws')}/socket?ApiKey=${alice.token}&deviceId=a-device`,
    );
    expect(socket.readyState).toBe(WebSocket.OPEN);

    await caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'alice' });
    const [message] = await stage.inbox.waitFor(1);
    expect(message?.text).toContain(`${stage.url}/gatehouse/reset#`);
  });
});

it('a certificate of another authority is not trusted, and the log says why', async () => {
  const subject = await createFakeSubject({ version: '12.0' });
  onTestFinished(() => subject.close());
  const front = await openFront(subject.fake?.port ?? 0, { host: '127.0.0.1', tls: makeCertificate() });
  onTestFinished(() => front.close());
  const other = makeCertificate('another authority');
  const door = { url: `https://127.0.0.1:${front.port}`, caFile: other.certFile };
  const stage = await stageBehind(door, subject);
  expect((await fetch(`${stage.url}/System/Info/Public`)).status).toBe(502);
  await vi.waitFor(() => expect(stage.log.text()).toMatch(/"jellyfin-away".*certificate/));
});

it('a certificate authority that cannot be read is told by field and path, and changes nothing', async () => {
  const subject = await createFakeSubject({ version: '12.0' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  await ready(stage);
  const text = await readFile(stage.configPath, 'utf8');
  const missing = text.replace(/^jellyfin: \{/m, "jellyfin: { caFile: '/nowhere/ca.pem',");
  await expect(stage.apply(missing)).rejects.toThrow(/jellyfin\.caFile: \/nowhere\/ca\.pem cannot be read/);
  await writeFile(stage.configPath, text);
  expect((await fetch(`${stage.url}/System/Info/Public`)).status).toBe(200);
});

/** A door that leads to a port, byte for byte. */
interface Front {
  /** Number of the port it listens on; 0 for a unix socket. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens another door to a server on 127.0.0.1: a unix socket, an IPv6 address, or TLS.
 *
 * @param where A path, or a host.
 */
async function openFront(
  port: number,
  where: { readonly path: string } | { readonly host: string; readonly tls?: MadeCertificate },
): Promise<Front> {
  const open = new Set<Socket>();
  const join = (socket: Socket): void => {
    const behind = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  };
  const tls = 'tls' in where ? where.tls : undefined;
  const server: Server =
    tls === undefined ? createTcpServer(join) : createTlsServer({ cert: tls.cert, key: tls.key }, join);
  if ('path' in where) server.listen(where.path);
  else server.listen(0, where.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
