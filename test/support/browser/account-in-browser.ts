import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, expect } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import { type AccountServer, createAccountServer } from './account-server.ts';
import { type PagesInBrowser, usePagesInBrowser, waitForHeading } from './pages-in-browser.ts';

/** My Account in a real browser, with a server that speaks its contract. */
export interface AccountInBrowser extends PagesInBrowser {
  readonly server: AccountServer;
  /** Opens My Account, or another page, for somebody who is signed out. */
  openPage(address?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Opens My Account, and signs Ana in. */
  openSignedIn(options?: BrowserContextOptions): Promise<Page>;
  /** Bodies sent to one call of My Account, in order. */
  sent(call: string): unknown[];
}

/** Builds and serves our pages with {@link createAccountServer}, for all tests of the calling file. */
export function useAccountInBrowser(): AccountInBrowser {
  const server = createAccountServer();
  const inBrowser = usePagesInBrowser(server.router);
  beforeEach(() => server.reset());

  async function openPage(address = 'account', options?: BrowserContextOptions): Promise<Page> {
    const { page } = await inBrowser.open(options, axe.source);
    await page.goto(`${inBrowser.pages().address}${address}`);
    return page;
  }
  return {
    ...inBrowser,
    server,
    openPage,
    async openSignedIn(options) {
      const page = await openPage('account', options);
      await signIn(page);
      return page;
    },
    sent: (call) => inBrowser.sentTo(`account/${call}`),
  };
}

/** Types Ana's name and password, and waits for what she sees. */
export async function signIn(page: Page, password = 'the old one 1'): Promise<void> {
  await page.locator('#sign-in-name').fill('ana');
  await page.locator('#sign-in-password').fill(password);
  await page.locator('#sign-in-password').press('Enter');
  await page.locator('#sign-off').waitFor();
}

/** Presses a button by its words, and what it is about. */
export async function press(page: Page, label: string, about?: string): Promise<void> {
  await page
    .getByRole('button', { name: about === undefined ? label : `${label}: ${about}`, exact: true })
    .click();
}

/** The id, or else the class or name, of what has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    'document.activeElement.id || document.activeElement.className || document.activeElement.tagName',
  );
}

/** Waits until My Account shows its overview. */
export async function waitForOverview(page: Page): Promise<void> {
  await waitForHeading(page, en.myAccount.title);
}

/** Holds that axe finds nothing, and that nothing is wider than the window. */
export async function expectAccessible(page: Page, place: string): Promise<void> {
  const found = await page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  expect(found, place).toEqual([]);
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(beyond, `pixels of ${place} beyond the window`).toBeLessThanOrEqual(0);
}
