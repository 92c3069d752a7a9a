import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import http2 from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FrontName } from '../../../server/reverse-proxy/fronts.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { startMediaServer } from '../../support/jellyfin/media-server.ts';
import { createFakeSubject, type Subject } from '../../support/jellyfin/subject.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { generateFront } from '../../support/network/generated-front.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import type { RunningProxy, StartProxy } from '../../support/network/running-proxy.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';
import { testSpellings } from './spellings.contract.ts';

/** Another address of this machine, so that it can be told from the proxy's. */
const CLIENT = '127.0.0.5';

/** What a client says who wants to be taken for another. */
const LIES: OutgoingHttpHeaders = {
  'X-Forwarded-For': ['203.0.113.7', '192.168.1.2'],
  'X-Real-IP': '203.0.113.7',
  Forwarded: 'for=203.0.113.7;proto=https;host=evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'evil.example',
};

/** Sends one request from that address. */
async function askFrom(port: number, path: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  const request = http.get({ host: '127.0.0.1', port, path, headers, localAddress: CLIENT, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

/** One proxy, as its tests know it. */
export interface TestedFront {
  readonly name: FrontName;
  /** Starts the real program. */
  readonly start: StartProxy;
  /** Paths that it may write anew before Gatehouse reads them; undefined for none. */
  readonly changes?: RegExp;
}

/** What every proxy in front does with the text that we print for it. */
export function testFront({ name, start, changes }: TestedFront): void {
  describe(`the ${name} of \`gatehouse reverse-proxy\`, in front of Jellyfin 10.11`, () => {
    let subject: Subject;
    let stage: Stage;
    let proxy: RunningProxy;
    let url: string;

    beforeAll(async () => {
      subject = await createFakeSubject({ version: '10.11.11', hashMs: 1 });
      stage = await createStage(subject, { trustedProxies: '127.0.0.1' });
      proxy = await start(await generateFront(name, stage.configPath));
      url = `http://127.0.0.1:${proxy.port}`;
    });
    afterAll(async () => {
      await proxy?.close();
      await stage?.close();
      await subject?.close();
    });

    const arrived = (mark: string) => subject.fake?.journal.find(({ path }) => path.includes(mark));

    it('shows the page with its mods, and answers Forgot Password', async () => {
      const page = await (await fetch(`${url}/web/index.html`)).text();
      expect(page).toContain('../gatehouse/mods/');
      await createJellyfinCaller(url).call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'alice' });
      const [message] = await stage.inbox.waitFor(1);
      expect(message?.text).toContain('/gatehouse/reset#');
      expect(subject.fake?.journal.map(({ path }) => path)).not.toContain('/Users/ForgotPassword');
    });

    it('carries a WebSocket, both ways', async () => {
      await seeWebSocket(url);
    });

    it('tells Jellyfin who asks, whatever the client says of itself', async () => {
      await askFrom(proxy.port, '/System/Info/Public?mark=lies', LIES);
      expect(arrived('mark=lies')?.headers).toMatchObject({
        'x-forwarded-for': CLIENT,
        'x-forwarded-proto': 'http',
        'x-forwarded-host': `127.0.0.1:${proxy.port}`,
      });
      // A header that Connection names is lost between two proxies; the lie must not be what is left.
      const connection = 'X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto';
      await askFrom(proxy.port, '/System/Info/Public?mark=lost', { ...LIES, Connection: connection });
      const { headers } = arrived('mark=lost') ?? { headers: {} };
      expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113\.7|192\.168\.1\.2|evil/);
    });

    it('speaks https and HTTP/2, leads there from http, and says so to Jellyfin', async () => {
      const certificate = makeCertificate();
      const secure = await start(await generateFront(name, stage.configPath, true), certificate);
      onTestFinished(() => secure.close());
      const address = `https://127.0.0.1:${secure.port}`;
      const client = http2.connect(address, { ca: certificate.cert });
      onTestFinished(() => client.close());
      const stream = client.request({ ':path': '/System/Info/Public?mark=h2', ...LIES });
      await once(stream.resume().end(), 'close');
      expect(arrived('mark=h2')?.headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': `127.0.0.1:${secure.port}`,
      });
      await seeWebSocket(url, address.replace('https', 'wss'), certificate.cert);

      const led = await askFrom(secure.redirectPort, '/web/index.html?a=%2F', { Host: '127.0.0.1' });
      expect(led.statusCode).toBeGreaterThanOrEqual(301);
      expect(led.statusCode).toBeLessThanOrEqual(308);
      expect(led.headers.location).toMatch(/^https:\/\/127\.0\.0\.1(?::\d+)?\/web\/index\.html\?a=%2F$/);
    });

    // Last, as some of them restart the Jellyfin.
    testSpellings(() => ({ proxy, subject }), changes);
  });

  it(`the ${name} of \`gatehouse reverse-proxy\` takes a path of people's off and leaves the rest as it is, also where Gatehouse speaks https`, async () => {
    const certificate = makeCertificate();
    const media = await startMediaServer(certificate);
    const config = join(await tempFolder(), 'config.yaml');
    await writeFile(
      config,
      `listen: { host: 127.0.0.1, port: ${media.port}, tls: { certFile: '${certificate.certFile}', keyFile: '${certificate.keyFile}' } }
public: { url: https://127.0.0.1/jf/jellyfin }
jellyfin: { url: 'http://127.0.0.1:9/jellyfin' }
`,
    );
    const proxy = await start(await generateFront(name, config));
    onTestFinished(() => proxy.close());
    const ask = async (path: string): Promise<string> => {
      media.asked.length = 0;
      const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;
      const status = statusOf(await sendRaw(proxy.port, request, 5_000));
      return media.asked[0] ?? String(status);
    };
    expect(await ask('/jf/jellyfin/Items/1?a=%2F')).toBe('/jellyfin/Items/1?a=%2F');
    expect(await ask('/jf/jellyfin/Items/a%2Fb%20c')).toBe('/jellyfin/Items/a%2Fb%20c');
    expect(await ask('/jf')).toBe('301');
    expect(await ask('/System/Restart')).toBe('404');
  });
}

/** Signs in, and opens the client's WebSocket at an address; each side gets a message of the other. */
async function seeWebSocket(url: string, at = url.replace('http', 'ws'), ca?: string): Promise<void> {
  const { token } = await createJellyfinCaller(url).signIn('bob', 'bob-pw-1', 'a-device');
  const socket = new WebSocket(
    `${at}/socket?api_key=${token}&deviceId=a-device`,
    ca === undefined ? {} : { ca },
  );
  onTestFinished(() => socket.terminate());
  const [greeting] = (await once(socket, 'message')) as [Buffer];
  expect(String(greeting)).toContain('ForceKeepAlive');
  socket.send('{"MessageType":"KeepAlive"}');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(String(answer)).toContain('"MessageType":"KeepAlive"');
}
