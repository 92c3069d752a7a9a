import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

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
