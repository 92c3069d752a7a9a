import type { BrowserContext, Frame, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DemoProcess, READY, spawnDemo } from '../demo/demo-process.ts';
import { askForgotPassword, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { choosePassword, sendPin } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';

const browser = useChromium();

const PASSWORD = 'purple window 7';

/** A demo that runs, in a browser whose requests all had an answer that is no error. */
async function open(
  ...options: string[]
): Promise<{ demo: DemoProcess; context: BrowserContext; inbox: Page }> {
  const demo = spawnDemo(['--port=0', '--inbox-port=0', '--jellyfin-port=0', ...options]);
  onTestFinished(async () => void (await demo.end()));
  await demo.saying(READY);
  const context = await browser().newContext({ locale: 'en-GB' });
  const refused: string[] = [];
  context.on('response', (response) => {
    const isWrongPassword = response.status() === 401 || response.status() === 403;
    if (response.status() >= 400 && !isWrongPassword) refused.push(`${response.status()} ${response.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(refused).toEqual([]);
  });
  const inbox = await context.newPage();
  await inbox.goto(demo.address('inbox'));
  return { demo, context, inbox };
}

/** Presses a link that opens a tab, and answers the tab. */
async function openTab(context: BrowserContext, press: () => Promise<void>): Promise<Page> {
  const [tab] = await Promise.all([context.waitForEvent('page'), press()]);
  return tab;
}

async function openLogin({ context, inbox }: { context: BrowserContext; inbox: Page }): Promise<Page> {
  const login = await openTab(context, () => inbox.getByRole('link', { name: /^Login page/ }).click());
  await shownPage(login, '#loginPage');
  return login;
}

/** The newest message, once it shows by itself. */
async function newestMessage(inbox: Page): Promise<Frame> {
  const frame = await inbox.waitForSelector('article iframe', { timeout: 30_000 });
  const inside = await frame.contentFrame();
  if (inside === null) throw new Error('the message has no frame');
  await inside.waitForLoadState();
  return inside;
}

async function goOnAndSignIn(page: Page): Promise<void> {
  await choosePassword(page, PASSWORD);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await shownPage(page, '#loginPage');
  await signIn(page, 'alice', PASSWORD);
}

/** The text of each address in the table of people, line by line as it is drawn. */
const LINES_OF_ADDRESSES = `[...document.querySelectorAll('td:last-child')].map((cell) => {
  const lines = new Map();
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { top } = range.getBoundingClientRect();
      lines.set(top, (lines.get(top) ?? '') + node.data[at]);
    }
  }
  return [...lines.values()];
})`;

describe('the demo', { timeout: 120_000 }, () => {
  it.each([
    ['link', []],
    ['account', ['--version=12.0', '--keyless']],
    ['pin-link', ['--version=10.10.7']],
  ] as const)('of method %s leads by the button of the message to a new password', async (method, more) => {
    const opened = await open(`--method=${method}`, ...more);
    const { context, inbox } = opened;
    let loads = 0;
    inbox.on('framenavigated', (frame) => {
      if (frame === inbox.mainFrame()) loads += 1;
    });
    const login = await openLogin(opened);
    if (method === 'account') {
      const form = login.locator('#loginPage:not(.hide)');
      await form.locator('#txtManualName').fill(' alice ');
      await form.locator('.btnForgotPassword').click();
      await login.waitForURL('**/gatehouse/account');
      // What was typed before is there, and is nowhere else.
      expect(await login.locator('#username').inputValue()).toBe('alice');
      expect(await login.evaluate('JSON.stringify([{ ...sessionStorage }, history.state])')).toBe(
        '[{},null]',
      );
      await login.locator('#username').fill('alice@example.org');
      await login.keyboard.press('Enter');
      await login.getByRole('heading', { name: 'Check your messages' }).waitFor();
    } else await askForgotPassword(login, 'alice');

    const message = await newestMessage(inbox);
    const tab = await openTab(context, () =>
      message
        .getByRole('link', { name: /password/i })
        .first()
        .click(),
    );
    if (method === 'pin-link') await tab.getByRole('button', { name: 'Go on' }).click();
    await goOnAndSignIn(tab);
    expect(loads).toBe(0);
  });

  it('of method pin shows a PIN, which Jellyfin’s own page takes', async () => {
    const opened = await open('--method=pin');
    const login = await openLogin(opened);
    await askForgotPassword(login, 'alice');
    const pin = /\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/.exec(
      await (await newestMessage(opened.inbox)).innerText('body'),
    );
    await login.locator('.dialogContainer .btnOption').click();
    await shownPage(login, '.forgotPasswordPinPage');
    await sendPin(login, pin?.[0] ?? '');
    await login.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await goOnAndSignIn(login);
  });

  it('shows messages as text too, live, in dark and light, and tells its own end', async () => {
    const opened = await open();
    const { demo, inbox } = opened;
    const asked: string[] = [];
    const brokenOff: string[] = [];
    inbox.on('request', (request) => asked.push(new URL(request.url()).pathname));
    inbox.on('requestfailed', (request) => brokenOff.push(request.url()));
    await inbox.getByText('No message yet').waitFor();
    for (const [colorScheme, ground] of [
      ['dark', 'rgb(16, 16, 16)'],
      ['light', 'rgb(242, 242, 242)'],
    ] as const) {
      await inbox.emulateMedia({ colorScheme });
      expect(await inbox.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(ground);
    }
    await askForgotPassword(await openLogin(opened), 'bob');
    await newestMessage(inbox);
    expect(await inbox.getByRole('status').innerText()).toBe('A new message has arrived.');
    await inbox.getByRole('button', { name: 'Text' }).click();
    const link = inbox.frameLocator('article iframe').getByRole('link');
    const tab = await openTab(opened.context, () => link.click());
    await tab.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await inbox.getByRole('button', { name: 'HTML' }).click();
    await inbox.frameLocator('article iframe').getByRole('link').nth(1).waitFor();
    await inbox.setViewportSize({ width: 375, height: 700 });
    expect(await inbox.evaluate('document.documentElement.scrollWidth')).toBe(375);
    // Not a question each second, nor one that is broken off: the tools of a browser would show it in red.
    expect(asked.filter((path) => path === '/letters')).toHaveLength(1);
    expect(brokenOff).toEqual([]);
    await demo.end();
    await inbox.getByText('The demo has ended.').waitFor();
  });

  it('breaks no address of its inbox in a word on a narrow screen', async () => {
    const { inbox } = await open();
    await inbox.setViewportSize({ width: 375, height: 700 });
    const lines = await inbox.evaluate(LINES_OF_ADDRESSES);
    expect(lines).toHaveLength(4);
    // Whole, or in two lines of which the first ends with the @.
    for (const words of lines as string[][]) expect(words.join('\n')).toMatch(/^[^\s@]+@\n?[^\s@]+$/);
  });

  it('breaks no name or value of an option in a word on a narrow screen', async () => {
    const { demo, inbox } = await open();
    await inbox.setViewportSize({ width: 375, height: 700 });
    await inbox.goto(`${demo.address('inbox')}mods/client-defaults`);
    const broken = `[...document.querySelectorAll('td code')]
      .filter((code) => !/[\\s-]/.test(code.textContent) && code.getClientRects().length > 1)
      .map((code) => code.textContent)`;
    expect(await inbox.locator('td code').count()).toBeGreaterThan(20);
    expect(await inbox.evaluate(broken)).toEqual([]);
    expect(await inbox.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });

  it('changes the login page so that it can be seen, and leaves the other as it was', async () => {
    const { demo, inbox } = await open();
    const look = async (address: string) => {
      await inbox.goto(address);
      await shownPage(inbox, '#loginPage');
      const text = await inbox.innerText('#loginPage:not(.hide)');
      const script = `getComputedStyle(document.querySelector('#loginPage h1'), '::after').content`;
      return { title: await inbox.title(), badge: String(await inbox.evaluate(script)), text };
    };
    const bare = await look(demo.address('jellyfin'));
    const patched = await look(demo.address('login'));
    expect(patched.title).toBe('Demo with mods');
    expect(patched.badge).toContain('changed by Gatehouse');
    await expect.poll(() => inbox.innerText('#loginPage:not(.hide)')).toContain('alice (password alice)');
    expect([bare.title, bare.badge]).not.toEqual([patched.title, patched.badge]);
    expect(`${bare.title}${bare.badge}${bare.text}`).not.toMatch(/Gatehouse|alice|mods/);
  });

  it('on Jellyfin 10.8 is answered whatever the browser asks for, its worker in the background included', async () => {
    const opened = await open('--version=10.8.13');
    const [asked] = await Promise.all([
      opened.context.waitForEvent('response', {
        predicate: (one) => one.request().serviceWorker() !== null && one.url().endsWith('/config.json'),
        timeout: 30_000,
      }),
      openLogin(opened),
    ]);
    expect(asked.status()).toBe(200);
  });

  it('--outside holds a sign-in back after five wrong passwords, until Forgot Password lets it in', async () => {
    const opened = await open('--outside');
    const { context, inbox } = opened;
    const login = await openLogin(opened);
    const form = login.locator('#loginPage:not(.hide)');
    const statuses: number[] = [];
    for (const password of ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'alice']) {
      await form.locator('#txtManualName').fill('alice');
      await form.locator('#txtManualPassword').fill(password);
      const [answer] = await Promise.all([
        login.waitForResponse(/\/users\/authenticatebyname/i),
        form.locator('.button-submit').click(),
      ]);
      statuses.push(answer.status());
      await login.locator('.toastContainer .toast').last().waitFor();
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 403]);
    await login.getByText('Too many wrong passwords were tried').first().waitFor();
    await askForgotPassword(login, 'alice');
    const message = await newestMessage(inbox);
    const tab = await openTab(context, () =>
      message
        .getByRole('link', { name: /password/i })
        .first()
        .click(),
    );
    await goOnAndSignIn(tab);
  });
});
