import http, { request } from 'node:http';
import { connect } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import type { JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { askForgotPassword, openJellyfin, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { listen, shut } from '../support/network/listen.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

const NEW = 'correct horse staple';

/** A stage with a base URL of Jellyfin's own. */
async function withBaseUrl(version: JellyfinVersion): Promise<{ stage: Stage; url: string }> {
  const subject = await createFakeSubject({ version, baseUrl: '/jellyfin' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  return { stage, url: stage.url };
}

/** A stage behind a proxy that serves it at /jf, in front of a Jellyfin that knows nothing of that. */
async function behindAPath(version: JellyfinVersion) {
  const subject = await createFakeSubject({ version });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const proxy = await createStrippingProxy('/jf', () => new URL(stage.url));
  onTestFinished(() => proxy.close());
  await stage.reload({ publicUrl: proxy.url });
  return { stage, url: proxy.url, strays: proxy.strays };
}

/** From the login page over Forgot Password, the message and our page to being signed in. */
async function walk(browser: Browser, stage: Stage, url: string): Promise<string[]> {
  const screen = await openJellyfin(browser, `${url}/web/index.html`);
  const asked: string[] = [];
  screen.page.on('request', (one) => asked.push(one.url()));
  expect(await askForgotPassword(screen.page, 'alice')).toMatch(/check your messages/i);
  const [message] = await stage.inbox.waitFor(1);
  const link = /https?:\/\/\S+\/gatehouse\/reset#[\w-]{43}/.exec(message?.text ?? '')?.[0] ?? '';
  expect(link.startsWith(`${url}/gatehouse/reset#`)).toBe(true);
  await screen.page.goto(link);
  await screen.page.locator('input[autocomplete="new-password"]').first().fill(NEW);
  await screen.page.locator('input[autocomplete="new-password"]').nth(1).fill(NEW);
  await screen.page.locator('button[type=submit]').click();
  await screen.page.getByRole('heading', { name: /changed/i }).waitFor();
  await screen.page.getByRole('link', { name: /sign in/i }).click();
  await shownPage(screen.page, '#loginPage');
  await signIn(screen.page, 'alice', NEW);
  expect(screen.errors).toEqual([]);
  await screen.close();
  return asked;
}

describe('below a path', { timeout: 90_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each(['10.11.11', '12.0'] as const)(
    'that is the base URL of Jellyfin %s, a reset works to the end',
    async (version) => {
      const { stage, url } = await withBaseUrl(version);
      const asked = await walk(browser, stage, url);
      expect(asked.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
    },
  );

  it.each(['10.11.11', '12.0'] as const)(
    'that a proxy strips in front of Jellyfin %s, a reset works to the end',
    async (version) => {
      const { stage, url, strays } = await behindAPath(version);
      await walk(browser, stage, url);
      expect(strays.filter((path) => path !== '/favicon.ico')).toEqual([]);
    },
  );

  it('the button leads to My Account, and from there back', async () => {
    const { stage, url, strays } = await behindAPath('12.0');
    await stage.reload({ publicUrl: url, mods: 'forgot-password: { show: account }' });
    const screen = await openJellyfin(browser, `${url}/web/index.html`);
    await screen.page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    await screen.page.waitForURL(`${url}/gatehouse/account`);
    await screen.page.locator('#username').fill('alice');
    await screen.page.getByRole('button', { name: en.account.submit }).click();
    await screen.page.getByRole('heading', { name: /check your messages/i }).waitFor();
    await stage.inbox.waitFor(1);
    expect(strays.filter((path) => path !== '/favicon.ico')).toEqual([]);
    await screen.close();
  });
});

/** Where a redirect leads, followed by hand, so that nothing is mended on the way. */
function locationOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, (answer) => resolve(new URL(answer.headers.location ?? 'none:', url).href))
      .on('error', reject)
      .end();
  });
}

describe.each(['10.8.13', '10.11.11', '12.0'] as const)('redirects of Jellyfin %s', (version) => {
  it('stay below a path that a proxy strips, also for who comes past the proxy', async () => {
    const { stage, url } = await behindAPath(version);
    const page = version === '10.8.13' ? '/web/index.html' : '/web/';
    expect(await locationOf(`${url}/`)).toBe(`${url}${page}`);
    expect(await locationOf(`${stage.url}/`)).toBe(`${stage.url}${page}`);
    expect(await locationOf(`${url}/robots.txt`)).toBe(`${url}/web/robots.txt`);
    // The server sends these to whatever Host it was asked by.
    if (version !== '10.8.13') expect(await locationOf(`${url}/web`)).toBe(`${url}/web/`);
  });

  it('lead to the base URL', async () => {
    const { url } = await withBaseUrl(version);
    const { origin } = new URL(url);
    const page = version === '10.8.13' ? '/web/index.html' : '/web/';
    expect(await locationOf(`${origin}/`)).toBe(`${url}${page}`);
    expect(await locationOf(`${url}/`)).toBe(`${url}${page}`);
  });
});

/** A reverse proxy as people set it up who have one name for many services. */
interface StrippingProxy {
  /** With the path, without a slash at the end. */
  readonly url: string;
  /** Paths that were asked for outside of it. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves `path` from another server's root, as nginx's `location /jf/ { proxy_pass http://…/; }` does: the path is cut
 * off requests, answers pass as they are, the Host is passed on.
 *
 * @param target Asked with each request, so that the server behind may be made later.
 */
async function createStrippingProxy(path: string, target: () => URL): Promise<StrippingProxy> {
  const strays: string[] = [];
  /** Undefined for what is not below the path. */
  const cut = (url = '/'): string | undefined => {
    if (url.startsWith(`${path}/`)) return url.slice(path.length);
    strays.push(url);
    return undefined;
  };
  const server = http.createServer((request, response) => {
    const inner = cut(request.url);
    if (inner === undefined) return void response.writeHead(404).end();
    const { hostname, port } = target();
    const { method, headers } = request;
    const outgoing = http.request({ hostname, port, path: inner, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  server.on('upgrade', (request, socket, head) => {
    const inner = cut(request.url);
    if (inner === undefined) return void socket.destroy();
    const { hostname, port } = target();
    const behind = connect(Number(port), hostname, () => {
      const lines = request.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${request.rawHeaders[at + 1] ?? ''}`] : [],
      );
      behind.write([`GET ${inner} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      behind.write(head);
      behind.pipe(socket);
      socket.pipe(behind);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}${path}`, strays, close: () => shut(server) };
}
