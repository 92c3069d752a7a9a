import { createServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkCertificate } from '../../../server/doctor/certificate-check.ts';
import type { Look } from '../../../server/doctor/jellyfin-checks.ts';
import { checkPublicJellyfin } from '../../../server/doctor/public-jellyfin-check.ts';
import { checkUpload } from '../../../server/doctor/upload-check.ts';
import { checkWebSocket } from '../../../server/doctor/websocket-check.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { freePort } from '../../support/network/free-port.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { startNginx } from '../../support/network/nginx.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

async function started(server: Server): Promise<string> {
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return `http://127.0.0.1:${port}`;
}

async function startJellyfin(version: '10.8.13' | '10.11.11' | '12.0' = '10.11.11') {
  const jellyfin = await createFakeJellyfin({ version });
  onTestFinished(() => jellyfin.close());
  return jellyfin;
}

async function nginxBefore(url: string, lines: string): Promise<string> {
  const nginx = await startNginx(`location / { proxy_pass ${url}; ${lines} }`);
  onTestFinished(() => nginx.close());
  return `http://127.0.0.1:${nginx.port}`;
}

describe('the certificate people see', () => {
  async function startTls(isFor?: string) {
    const { cert, key } = makeCertificate('gatehouse test', isFor);
    const server = createHttpsServer({ cert, key });
    const port = await listen(server);
    onTestFinished(() => shut(server));
    return { publicUrl: `https://127.0.0.1:${port}`, ca: cert };
  }

  it('is not asked for where people come without https', async () => {
    expect(await checkCertificate('http://films.example.org')).toBeUndefined();
    expect(await checkCertificate(undefined)).toBeUndefined();
  });

  it('is not trusted where nobody known issued it', async () => {
    const { publicUrl } = await startTls();
    expect(await checkCertificate(publicUrl)).toMatchObject({
      name: 'certificate',
      state: 'failed',
      says: expect.stringContaining('does not trust the certificate'),
    });
  });

  it('is near its end a day before, ended a day after, and fine before that', async () => {
    const { publicUrl, ca } = await startTls();
    const at = (days: number) => checkCertificate(publicUrl, { ca, now: () => Date.now() + days * DAY_MS });
    expect(await at(0)).toMatchObject({ state: 'warning', says: expect.stringContaining('(0 days)') });
    expect(await at(2)).toMatchObject({ state: 'failed', says: expect.stringContaining('ended on') });
    expect(await at(-30)).toMatchObject({ state: 'fine' });
  });

  it('is for another name', async () => {
    const { publicUrl, ca } = await startTls('DNS:other.example.org');
    expect(await checkCertificate(publicUrl, { ca })).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('is for other names'),
      fix: expect.stringContaining('Get one for 127.0.0.1'),
    });
  });

  it('is shown by nobody, or by a server that speaks no TLS', async () => {
    const plain = await started(createServer());
    for (const publicUrl of [`https://127.0.0.1:${await freePort()}`, plain.replace('http:', 'https:')])
      expect(await checkCertificate(publicUrl)).toMatchObject({
        state: 'failed',
        says: expect.stringContaining('Nobody shows a certificate'),
      });
  });
});

describe('WebSockets through the public address', () => {
  it.each(['10.8.13', '10.11.11', '12.0'] as const)(
    'reach Jellyfin %s where they are passed on',
    async (version) => {
      const { url } = await startJellyfin(version);
      const passed =
        'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';
      expect(await checkWebSocket(await nginxBefore(url, passed))).toMatchObject({ state: 'fine' });
      expect(await checkWebSocket(await nginxBefore(url, ''))).toMatchObject({
        name: 'websocket',
        state: 'failed',
        says: expect.stringContaining('makes plain requests of WebSockets'),
        fix: expect.stringContaining('proxy_set_header Upgrade'),
      });
    },
  );

  it('are not told of where nobody is behind the proxy, and are broken where nobody answers', async () => {
    const away = await nginxBefore(`http://127.0.0.1:${await freePort()}`, '');
    expect((await checkWebSocket(away)).state).toBe('skipped');
    expect(await checkWebSocket(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('uploads through the public address', () => {
  it('are refused by an nginx that was told nothing, and taken by one that was told 20 MB', async () => {
    const { url } = await startJellyfin();
    expect(await checkUpload(await nginxBefore(url, ''))).toMatchObject({
      name: 'upload-size',
      state: 'warning',
      says: expect.stringContaining('status 413'),
      fix: expect.stringContaining('client_max_body_size 20m'),
    });
    expect((await checkUpload(await nginxBefore(url, 'client_max_body_size 20m;'))).state).toBe('fine');
    expect((await checkUpload(`http://127.0.0.1:${await freePort()}`)).state).toBe('skipped');
  });
});

describe('the Jellyfin behind the public address', () => {
  const lookAt =
    (url: string): Look =>
    async (path) => {
      const answer = await fetch(`${url}${path}`);
      return { status: answer.status, text: await answer.text() };
    };

  it('is that of jellyfin.url, another, or none', async () => {
    const [own, other] = [await startJellyfin(), await startJellyfin()];
    const none = await started(createServer((_request, response) => void response.writeHead(404).end()));
    expect(await checkPublicJellyfin(own.url, lookAt(own.url))).toMatchObject({ state: 'fine' });
    const foreign = await started(
      createServer((_request, response) => void response.end('{"Id":"another","Version":"10.11.11"}')),
    );
    expect(await checkPublicJellyfin(foreign, lookAt(own.url))).toMatchObject({
      name: 'public-jellyfin',
      state: 'failed',
      says: expect.stringContaining('leads to another Jellyfin'),
    });
    expect(await checkPublicJellyfin(none, lookAt(own.url))).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('(status 404)'),
      fix: expect.stringContaining('Base URL'),
    });
    await other.setPhase('refused');
    expect((await checkPublicJellyfin(own.url, lookAt(other.url))).state).toBe('skipped');
    expect((await checkPublicJellyfin(other.url, lookAt(own.url))).state).toBe('skipped');
  });
});
