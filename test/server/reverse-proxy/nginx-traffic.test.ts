import { once } from 'node:events';
import { connect } from 'node:http2';
import https from 'node:https';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { JournalEntry } from '../../jellyfin/listener.ts';
import { createFakeSubject, type Subject } from '../../support/jellyfin/subject.ts';
import { type MadeCertificate, makeCertificate } from '../../support/network/certificates.ts';
import { CLIENT_HEADER, generateNginx, startGeneratedNginx } from '../../support/network/generated-nginx.ts';
import type { Nginx } from '../../support/network/nginx.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';

const CLIENT = '203.0.113.7';
const DEVICE = 'MediaBrowser Client="Tests", Device="Tests", DeviceId="nginx-traffic", Version="1.0.0"';

describe.each([
  ['full', ''],
  ['full', '/jellyfin'],
  ['split', ''],
  ['split', '/jellyfin'],
] as const)('nginx --mode %s --tls before a Jellyfin with the base URL "%s"', (mode, baseUrl) => {
  let subject: Subject;
  let stage: Stage;
  let certificate: MadeCertificate;
  let nginx: Nginx;

  beforeAll(async () => {
    subject = await createFakeSubject({ version: '10.11.11', baseUrl, hashMs: 1 });
    stage = await createStage(subject, { trustedProxies: '127.0.0.1' });
    certificate = makeCertificate();
    nginx = await startGeneratedNginx(await generateNginx(stage.configPath, mode, true), certificate);
  });
  afterAll(async () => {
    await nginx?.close();
    await stage?.close();
    await subject?.close();
  });

  /** One request over HTTP/2, with its status, its headers and its text. */
  async function ask(path: string, headers: Record<string, string> = {}, body?: string) {
    const client = connect(`https://127.0.0.1:${nginx.port}`, { ca: certificate.cert });
    onTestFinished(() => client.close());
    const stream = client.request({
      ':path': `${baseUrl}${path}`,
      ':method': body === undefined ? 'GET' : 'POST',
      [CLIENT_HEADER]: CLIENT,
      ...headers,
    });
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    stream.end(body);
    const [answered] = await once(stream, 'response');
    await once(stream, 'close');
    return { status: Number(answered[':status']), headers: answered, text };
  }

  async function signIn(): Promise<string> {
    const [user] = subject.users;
    const { status, text } = await ask(
      '/Users/AuthenticateByName',
      { 'content-type': 'application/json', authorization: DEVICE },
      JSON.stringify({ Username: user?.name, Pw: user?.password }),
    );
    expect(status).toBe(200);
    return JSON.parse(text).AccessToken;
  }

  /** What went through Gatehouse has lost its X-Real-IP. */
  const wayOf = ({ headers }: JournalEntry): string =>
    headers['x-real-ip'] === undefined ? 'gatehouse' : 'straight';
  const arrived = (path: string): JournalEntry => {
    const found = subject.fake?.journal.filter((entry) => entry.path.startsWith(`${baseUrl}${path}`)).at(-1);
    if (found === undefined) throw new Error(`nothing arrived at ${path}`);
    return found;
  };

  it('carries pages, sign-ins and calls over HTTP/2, each with its client and https', async () => {
    const page = await ask('/web/index.html');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html']);
    expect(page.text).toContain('gatehouse/');
    const token = await signIn();
    expect(wayOf(arrived('/Users/AuthenticateByName'))).toBe('gatehouse');
    const endpoint = await ask('/System/Endpoint', { 'x-emby-token': token });
    expect(JSON.parse(endpoint.text)).toEqual({ IsLocal: false, IsInNetwork: false });
    const { headers } = arrived('/System/Endpoint');
    expect(headers).toMatchObject({
      'x-forwarded-for': CLIENT,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': `127.0.0.1:${nginx.port}`,
    });
    expect(wayOf(arrived('/System/Endpoint'))).toBe(mode === 'split' ? 'straight' : 'gatehouse');
  });

  it('opens a WebSocket at Jellyfin, through Gatehouse only where all goes there, and messages go both ways', async () => {
    const token = await signIn();
    const socket = new WebSocket(
      `wss://127.0.0.1:${nginx.port}${baseUrl}/socket?ApiKey=${token}&deviceId=nginx-traffic`,
      { ca: certificate.cert, headers: { [CLIENT_HEADER]: CLIENT, Origin: 'https://media.example.org' } },
    );
    onTestFinished(() => socket.terminate());
    const greeting = once(socket, 'message');
    const [upgraded] = await once(socket, 'upgrade');
    expect(upgraded.statusCode).toBe(101);
    expect(JSON.parse(String((await greeting)[0]))).toMatchObject({ MessageType: 'ForceKeepAlive' });
    const answer = once(socket, 'message');
    socket.send('{"MessageType":"KeepAlive"}');
    expect(JSON.parse(String((await answer)[0]))).toMatchObject({ MessageType: 'KeepAlive' });
    const entry = arrived('/socket');
    expect([wayOf(entry), entry.headers['x-forwarded-for']]).toEqual([
      mode === 'split' ? 'straight' : 'gatehouse',
      CLIENT,
    ]);
    socket.close(1000);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1000);
  });

  it('opens none for a protocol that is no WebSocket, and none at what is guarded', async () => {
    const refused = async (path: string): Promise<string> => {
      const socket = new WebSocket(`wss://127.0.0.1:${nginx.port}${baseUrl}${path}`, {
        ca: certificate.cert,
        headers: { [CLIENT_HEADER]: CLIENT },
      });
      const [error] = await once(socket, 'error');
      return String(error.message);
    };
    expect(await refused('/Startup/User')).toMatch(/40[34]/);
    expect(await refused('/gatehouse/health')).toMatch(/404/);
    const request = https.get({
      ...{ port: nginx.port, path: `${baseUrl}/Items/h2c`, ca: certificate.cert },
      headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' },
    });
    const [answer] = await once(request, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(404);
    expect(arrived('/Items/h2c').headers['upgrade']).toBeUndefined();
  });
});
