import { expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/browser/chromium.ts';
import { shownPage } from '../support/browser/jellyfin-screen.ts';
import { until } from '../support/clock/until.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';

it('whoever comes while Jellyfin loads waits on a quiet page and lands where they wanted to go', async () => {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  await subject.fake?.setPhase('loading');
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) errors.push(message.text());
  });
  let loads = 0;
  let asks = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
    else if (request.method() === 'HEAD') asks += 1;
  });

  await page.goto(`${stage.url}/web/index.html#/login.html`);
  await page.getByRole('heading', { name: 'Jellyfin startet' }).waitFor();
  await until(() => asks === 2);
  expect(loads).toBe(1);

  // The word of a server that is not there: dark or light as the person likes it, and nothing to do.
  const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).toBe('rgb(16, 16, 16)');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await ground()).toBe('rgb(242, 242, 242)');
  await expect(page.locator('main').innerText()).resolves.toContain('geht dann von selbst weiter');

  await subject.fake?.setPhase('ready');
  await shownPage(page, '#loginPage');
  expect(loads).toBe(2);
  expect(page.url()).toContain('login');
  expect(errors).toEqual([]);
});

it('whoever comes back while Jellyfin restarts reads the name of their server', async () => {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const subject = await createFakeSubject({ version: '12.0', serverName: 'Ada’s <films>' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(`${stage.url}/web/index.html`);
  await shownPage(page, '#loginPage');
  await subject.fake?.setPhase('refused');
  await expect
    .poll(
      async () => {
        await page.goto(`${stage.url}/web/index.html`);
        return page.title();
      },
      { timeout: 20_000 },
    )
    .toBe('Ada’s <films> is not reachable');
  await page.getByRole('heading', { name: 'Ada’s <films> is not reachable' }).waitFor();
  await subject.fake?.setPhase('ready');
  await shownPage(page, '#loginPage');
});
