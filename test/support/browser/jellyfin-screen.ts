import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A tab with Jellyfin's web client, and what its console said. */
export interface JellyfinScreen {
  readonly page: Page;
  /** Warnings of the console. */
  readonly warnings: readonly string[];
  /** Uncaught errors of the page. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the web client in a fresh browser profile and waits for the login page.
 *
 * @param locale Language of the browser, e.g. `de-DE`.
 * @param more Further settings of the browser, such as `userAgent`.
 */
export async function openJellyfin(
  browser: Browser,
  webUrl: string,
  locale = 'en-US',
  more: BrowserContextOptions = {},
): Promise<JellyfinScreen> {
  const context = await browser.newContext({ locale, serviceWorkers: 'block', ...more });
  const page = await context.newPage();
  const warnings: string[] = [];
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(webUrl);
  await shownPage(page, '#loginPage');
  return { page, warnings, errors, close: () => context.close() };
}

/** Waits until a page of the client shows; the client keeps hidden copies of earlier ones. */
export async function shownPage(page: Page, selector: string): Promise<void> {
  await page.locator(`${selector}:not(.hide)`).first().waitFor({ state: 'visible' });
}

/** Signs in on the login page, whichever of its two forms shows. */
export async function signIn(page: Page, name: string, password: string): Promise<void> {
  const login = page.locator('#loginPage:not(.hide)');
  const form = login.locator('.manualLoginForm').filter({ visible: true });
  const button = login.locator('.btnManual').filter({ visible: true });
  await form.or(button).first().waitFor();
  // While the list of users is on its way, the button shows; it goes away by itself when the list is empty.
  while ((await form.count()) === 0) await button.click({ timeout: 1_000 }).catch(() => undefined);
  await login.locator('#txtManualName').fill(name);
  await login.locator('#txtManualPassword').fill(password);
  await login.locator('.button-submit').click();
  await shownPage(page, '#indexPage');
}

/** Goes from the login page to the form, asks for a name, and answers the text of the dialog. */
export async function askForgotPassword(page: Page, name: string): Promise<string> {
  await page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
  await shownPage(page, '#forgotPasswordPage');
  await page.locator('#forgotPasswordPage:not(.hide) #txtName').fill(name);
  await page.locator('#forgotPasswordPage:not(.hide) button[type=submit]').click();
  const text = page.locator('.dialogContainer .formDialog .text');
  await text.waitFor();
  return await text.innerText();
}

/** Calls the client's own navigation, as its links do, and does not wait for it. */
export async function navigate(page: Page, address: string): Promise<void> {
  await page.evaluate(`void Dashboard.navigate(${JSON.stringify(address)})`);
}

/** Keeps the ids of pages that show from now on; answers a function that reads them. */
export async function keepShownPages(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(
    'window.shown = []; addEventListener("viewshow", (event) => shown.push(event.target.id))',
  );
  return () => page.evaluate<string[]>('shown');
}
