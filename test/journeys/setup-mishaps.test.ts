import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfinOptions } from '../jellyfin/fake-jellyfin.ts';
import { openJellyfin } from '../support/browser/jellyfin-screen.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { administratorToken } from '../support/jellyfin/subject.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { runProgram } from '../support/program/program.ts';
import { openSetup, prepareFirstStart, press, readCode, reply } from '../support/setup/first-start.ts';

const browser = useChromium();

async function withJellyfin(options: Partial<FakeJellyfinOptions> = {}) {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', ...options });
  onTestFinished(() => jellyfin.close());
  return jellyfin;
}

async function openWindow(): Promise<Page> {
  const context = await browser().newContext({ locale: 'en-US' });
  onTestFinished(() => context.close());
  return await context.newPage();
}

/** Types the code of Quick Connect where an administrator is signed in. */
async function authorize(url: string, code: string): Promise<void> {
  const token = await administratorToken(url, 'admin', 'admin-pw-1');
  const headers = { Authorization: `MediaBrowser Token="${token}", DeviceId="gatehouse-tests"` };
  const answer = await fetch(`${url}/QuickConnect/Authorize?code=${code}`, { method: 'POST', headers });
  expect(answer.status).toBe(200);
}

/** Presses Tab until the button has the focus, and then Enter. */
async function walkTo(page: Page, button: string): Promise<void> {
  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  for (let step = 0; step < 12 && (await focused()) !== button; step += 1) await page.keyboard.press('Tab');
  expect(await focused()).toBe(button);
  await page.keyboard.press('Enter');
}

describe('setting up in the browser', { timeout: 240_000 }, () => {
  it('works in the container of compose.yaml, with nothing taken out: Jellyfin is there meanwhile, the key is written to config.yaml', async () => {
    const jellyfin = await withJellyfin();
    const place = await prepareFirstStart();
    const empty = join(place.folder, 'jellyfin-api-key');
    await writeFile(empty, '');
    const variables = {
      GATEHOUSE_JELLYFIN__URL: jellyfin.url,
      GATEHOUSE_JELLYFIN__API_KEY_FILE: empty,
      GATEHOUSE_LISTEN__TRUSTED_PROXIES: '172.31.97.2',
    };
    const program = await place.start(variables);
    await (await openJellyfin(browser(), `${place.url}/web/index.html`)).close();
    const page = await openWindow();
    await openSetup(page, place.url, await readCode(program));
    await reply(page, 'Address of Jellyfin', 'http://127.0.0.1:1');
    await page.getByText('GATEHOUSE_JELLYFIN__URL in the environment says').waitFor();
    await reply(page, 'Address of Jellyfin', jellyfin.url);
    await reply(page, 'User name of an administrator', 'admin');
    await reply(page, 'Password of admin', 'admin-pw-1');
    await press(page, 'Address of Gatehouse to add', 'Do not');
    await press(page, 'Mail provider', 'No mail');
    await page.getByRole('heading', { level: 1, name: 'Gatehouse is set up' }).waitFor({ timeout: 60_000 });
    expect(await page.locator('main').innerText()).toContain(
      'GATEHOUSE_JELLYFIN__API_KEY_FILE names an empty file, so jellyfin.apiKey stands in',
    );
    expect(await readFile(place.file, 'utf8')).toMatch(/apiKey: [0-9a-f]{32}\n/);
    expect(await program.end('SIGTERM')).toBe(0);
    // A restart finds it whole, and asks nothing any more.
    const again = await place.start(variables);
    expect(again.lines.map(({ event }) => event)).not.toContain('setup-code');
    await page.reload();
    await page.waitForURL(/\/web\/index\.html/);
  });

  it('goes on where Jellyfin is stopped in the middle, and Back and a reload send nothing twice', async () => {
    const jellyfin = await withJellyfin();
    const place = await prepareFirstStart();
    const program = await place.start();
    const page = await openWindow();
    await openSetup(page, place.url, await readCode(program));
    await reply(page, 'Address of Jellyfin', jellyfin.url);
    await page.getByLabel('User name of an administrator').waitFor();
    await jellyfin.close();
    await reply(page, 'User name of an administrator', 'admin');
    await reply(page, 'Password of admin', 'admin-pw-1');
    await page.getByText('could not be reached').waitFor({ timeout: 60_000 });
    const back = await withJellyfin({ port: jellyfin.port });
    await reply(page, 'User name of an administrator', 'admin');
    await reply(page, 'Password of admin', 'admin-pw-1');
    await page.getByLabel('Address of Gatehouse to add').waitFor();

    // Whatever was asked there before, what is asked now stands there.
    await page.goBack();
    await page.getByLabel('Address of Gatehouse to add').waitFor();
    await page.reload();
    await page.getByLabel('Address of Gatehouse to add').waitFor();
    expect(
      back.journal.filter(({ method, path }) => method === 'POST' && path.startsWith('/Auth/Keys')),
    ).toHaveLength(1);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByLabel('Address of Jellyfin').waitFor();
    expect(back.journal.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('finds its way below the base path of Jellyfin, and takes the address of the browser for the one that people use', async () => {
    const jellyfin = await withJellyfin({ baseUrl: '/jellyfin' });
    const inbox = await createSmtpInbox();
    onTestFinished(() => inbox.close());
    const place = await prepareFirstStart();
    const program = await place.start({ GATEHOUSE_JELLYFIN__URL: jellyfin.url });
    expect(program.lines.find(({ event }) => event === 'setup-code')?.['open']).toMatch(
      /\/jellyfin\/gatehouse\/setup$/,
    );
    const page = await openWindow();
    await openSetup(page, `${place.url}/jellyfin`, await readCode(program));
    expect(
      (await page.context().cookies()).map(({ name, path, httpOnly, sameSite }) => [
        name,
        path,
        httpOnly,
        sameSite,
      ]),
    ).toEqual([['gatehouse-setup', '/jellyfin/gatehouse', true, 'Strict']]);
    await reply(page, 'Address of Jellyfin');
    await reply(page, 'User name of an administrator', 'admin');
    await reply(page, 'Password of admin', 'admin-pw-1');
    await press(page, 'Address of Gatehouse to add', 'Do not');
    await reply(page, 'Mail provider', inbox.url);
    await press(page, 'Mail user name', 'None is needed');
    await reply(page, 'Sender of mails', 'films@example.org');
    const address = page.getByLabel('Address by which people reach');
    await address.waitFor();
    expect(await address.inputValue()).toBe(`${place.url}/jellyfin`);
    await reply(page, 'Address by which people reach');
    await press(page, 'Your own mail address', 'None');
    await page.getByRole('link', { name: 'Go to Jellyfin' }).click({ timeout: 60_000 });
    await page.waitForURL(`${place.url}/jellyfin/web/index.html*`);
    expect(await program.end('SIGTERM')).toBe(0);
  });

  it('can be done with the keyboard alone, by Quick Connect, and without scripts', async () => {
    const jellyfin = await withJellyfin();
    const place = await prepareFirstStart();
    const program = await place.start();
    const context = await browser().newContext({ locale: 'en-US', javaScriptEnabled: false });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await openSetup(page, place.url, await readCode(program));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(jellyfin.url);
    await page.keyboard.press('Enter');
    await page.getByLabel('User name of an administrator').waitFor({ timeout: 30_000 });
    await walkTo(page, 'By Quick Connect');
    const told = page.getByText(/Type the code \d+/);
    await told.waitFor({ timeout: 30_000 });
    const code = /\d{4,}/.exec(await told.innerText())?.[0] ?? '';
    await authorize(jellyfin.url, code);
    await page.getByLabel('Address of Gatehouse to add').waitFor({ timeout: 60_000 });
    await walkTo(page, 'Do not');
    await page.getByLabel('Mail provider').waitFor({ timeout: 30_000 });
    await walkTo(page, 'No mail');
    await page.getByRole('heading', { level: 1, name: 'Gatehouse is set up' }).waitFor({ timeout: 60_000 });
    const doctor = await runProgram(place.folder, 'check', '--config', place.file);
    expect(doctor).toMatchObject({ code: 0 });
  });
});
