import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { JellyfinVersion } from './versions.ts';
import { createWebFiles } from './web-files.ts';

/** One call of the client, for tests of order and headers. */
export interface SeenCall {
  method: string;
  path: string;
  authorization: string | undefined;
  body: string;
}

/** What the test wants the next answers to be. */
export interface Answers {
  forgot: Record<string, unknown>;
  pin: Record<string, unknown>;
  signIn: { status: number; errorCode?: string };
  publicUsers: unknown[];
  menuLinks: { name: string; url: string; icon?: string }[];
  /** Plugin names added to config.json. */
  plugins: string[];
  /** A script put in front of everything in index.html. */
  headScript: string;
}

/** A server that knows just the calls the login pages, home and settings make (not a Jellyfin: see fake-jellyfin.ts). */
export interface WebTestServer {
  url: string;
  answers: Answers;
  calls: SeenCall[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
};
const SERVER_ID = '0123456789abcdef0123456789abcdef';
const USER_ID = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const TOKEN = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

/** Starts the server for one version's client (a built one in `folder`, or our own). */
export async function startWebTestServer(version: JellyfinVersion, folder?: string): Promise<WebTestServer> {
  const files = createWebFiles(version, folder);
  const answers: Answers = {
    forgot: {},
    pin: {},
    signIn: { status: 200 },
    publicUsers: [],
    menuLinks: [],
    plugins: [],
    headScript: '',
  };
  const calls: SeenCall[] = [];
  let signedIn = false;
  const user = {
    Id: USER_ID,
    ServerId: SERVER_ID,
    Name: 'ada',
    HasPassword: true,
    HasConfiguredPassword: true,
    Configuration: {},
    Policy: { IsAdministrator: false, EnableUserPreferenceAccess: true },
  };
  const publicInfo = {
    Id: SERVER_ID,
    ServerName: 'attic',
    Version: version === '12.0' ? '12.0.0' : version,
    ProductName: 'Jellyfin Server',
    StartupWizardCompleted: true,
  };

  /** Status and JSON of an API call. */
  function answer(method: string, path: string): [number, unknown] {
    const call = `${method} ${path.toLowerCase().replace(/\?.*/, '')}`;
    if (call === 'GET /system/info/public') return [200, publicInfo];
    if (call === 'GET /branding/configuration')
      return [
        200,
        {
          LoginDisclaimer: 'Ask **Bea** or see [help](https://example.org/help).',
          CustomCss: '',
          SplashscreenEnabled: false,
        },
      ];
    if (call === 'GET /users/public') return [200, answers.publicUsers];
    if (call === 'GET /quickconnect/enabled') return [200, true];
    if (call === 'POST /users/forgotpassword') return [200, answers.forgot];
    if (call === 'POST /users/forgotpassword/pin') return [200, answers.pin];
    if (call === 'POST /users/authenticatebyname') {
      signedIn = answers.signIn.status === 200;
      return signedIn
        ? [200, { User: user, SessionInfo: {}, AccessToken: TOKEN, ServerId: SERVER_ID }]
        : [answers.signIn.status, {}];
    }
    if (call === 'POST /sessions/logout') signedIn = false;
    if (method === 'POST') return [204, undefined];
    if (!signedIn) return [401, {}];
    if (call === 'GET /system/info') return [200, publicInfo];
    if (/^GET \/users\/(me|[0-9a-f]{32})$/.test(call)) return [200, user];
    if (call.startsWith('GET /displaypreferences/')) return [200, { CustomPrefs: {} }];
    return [200, { Items: [], TotalRecordCount: 0 }];
  }

  function sendFile(path: string, response: ServerResponse) {
    const file = files.read(path);
    if (!file) return response.writeHead(404).end();
    let bytes: string | Buffer = file.bytes;
    if (path === 'config.json') {
      const config: { plugins: string[] } = JSON.parse(file.bytes.toString());
      bytes = JSON.stringify({
        ...config,
        menuLinks: answers.menuLinks,
        plugins: [...config.plugins, ...answers.plugins],
      });
    }
    if (path === 'index.html')
      bytes = file.bytes.toString().replace('<head>', () => `<head><script>${answers.headScript}</script>`);
    response
      .writeHead(200, { 'content-type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' })
      .end(bytes);
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? '/';
    const plain = decodeURIComponent(path.replace(/\?.*/, ''));
    if (plain.startsWith('/web/')) return sendFile(plain.slice('/web/'.length), response);
    const body = await text(request);
    const header = request.headers['x-emby-authorization'] ?? request.headers.authorization;
    calls.push({ method: request.method ?? '', path, authorization: header?.toString(), body });
    if (/^\/branding\/css/i.test(plain))
      return response.writeHead(200, { 'content-type': 'text/css' }).end('.branded{color:red}');
    const [status, json] = answer(request.method ?? 'GET', path);
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
    if (status >= 400 && answers.signIn.errorCode)
      headers['X-Application-Error-Code'] = answers.signIn.errorCode;
    response.writeHead(status, headers).end(json === undefined ? undefined : JSON.stringify(json));
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    calls,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
