import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Router } from 'express';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';
import { buildPages, type ScriptedPages, servePages } from './scripted-pages.ts';

/** A token as it stands in links. */
export const TOKEN = 'Tok3n-_x'.repeat(6).slice(0, 43);

/** What the API says of a link that is good. */
export const OPEN_LINK = {
  state: 'open',
  userName: 'ana',
  serverName: 'Attic',
  passwordRules: { minLength: 8, maxLength: 128 },
};

/** Our pages in a real browser, with the things each test needs. */
export interface PagesInBrowser {
  /** The built pages. */
  readonly folder: () => string;
  readonly pages: () => ScriptedPages;
  /** Opens an empty window; its complaints fail the test unless they are taken out. */
  open(options?: BrowserContextOptions, script?: string): Promise<WatchedWindow>;
  /** Opens the link of a message. */
  openLink(options?: BrowserContextOptions, script?: string): Promise<Page>;
  /** Bodies sent to one call of the API, in order. */
  sentTo(call: string): unknown[];
}

/**
 * Builds and serves our pages below `/media/tv/` and starts a browser, for all tests of the calling file. After each test
 * it holds two things, whatever the test was about: no policy was broken, and no token was in an address or a header.
 *
 * @param accountApi What answers below `api/account/`; default nothing does.
 */
export function usePagesInBrowser(accountApi?: Router): PagesInBrowser {
  let folder = '';
  let browser: Browser;
  let pages: ScriptedPages;
  let windows: WatchedWindow[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-pages-'));
    await buildPages(folder);
    pages = await servePages(folder, '/media/tv', accountApi);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    windows = [];
    pages.seen.length = 0;
    pages.answer('links', 200, OPEN_LINK);
    pages.answer('passwords', 200, { signInUrl: '../web/index.html' });
    pages.answer('reset-requests', 202);
  });
  afterEach(() => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
    const outside = pages.seen.map(({ url, headers }) => `${url} ${JSON.stringify(headers)}`).join('\n');
    expect(outside).not.toContain(TOKEN);
  });

  async function open(options?: BrowserContextOptions, script?: string): Promise<WatchedWindow> {
    const opened = await openWatchedWindow(browser, options, script);
    windows.push(opened);
    return opened;
  }
  return {
    folder: () => folder,
    pages: () => pages,
    open,
    async openLink(options, script) {
      const { page } = await open(options, script);
      await page.goto(`${pages.address}reset#${TOKEN}`);
      return page;
    },
    sentTo: (call) => pages.seen.filter(({ url }) => url.endsWith(`/api/${call}`)).map(({ body }) => body),
  };
}

/** Types a new password twice and presses the button. */
export async function choosePassword(page: Page, password: string, again = password): Promise<void> {
  await page.locator('#new-password').fill(password);
  await page.locator('#new-password-again').fill(again);
  await page.locator('button[type=submit]').click();
}

/** Waits until the page has this heading. */
export async function waitForHeading(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** A browser window that notes what goes wrong in it. */
export interface WatchedWindow {
  readonly page: Page;
  /** Broken rules of the Content-Security-Policy and errors nobody caught, in order. */
  readonly complaints: string[];
}

const REPORT_POLICY = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
  console.error('Broken policy: ' + effectiveDirective));`;

/**
 * Opens an empty window of its own, in English; it is closed after the running test.
 *
 * @param script Source that runs in each page before the page's own.
 */
export async function openWatchedWindow(
  browser: Browser,
  options: BrowserContextOptions = {},
  script = '',
): Promise<WatchedWindow> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  onTestFinished(() => context.close());
  await context.addInitScript(`${REPORT_POLICY}\n${script}`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('Broken policy')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}
