import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import { focused, useAccountInBrowser, waitForOverview } from '../../support/browser/account-in-browser.ts';
import { BOT_CODE, SENT_CODE } from '../../support/browser/account-server.ts';
import { TOKEN, waitForHeading } from '../../support/browser/pages-in-browser.ts';

const words = en.myAccount;
const PASSWORD = 'the old one 1';
const inBrowser = useAccountInBrowser();
const { server, openPage, openSignedIn } = inBrowser;

describe('My Account by the keyboard alone', () => {
  /** Presses Tab until an element has the focus. */
  async function tabTo(page: Page, id: string): Promise<void> {
    for (let count = 0; count < 60 && (await focused(page)) !== id; count++) await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(id);
  }

  it('signs in, reorders, adds, removes, sets a language, and signs out devices and itself', async () => {
    const page = await openPage();
    const { keyboard } = page;
    await page.locator('#sign-in-name').waitFor();
    await tabTo(page, 'sign-in-name');
    await keyboard.type('ana');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await waitForOverview(page);
    await expect.poll(() => focused(page)).toBe('H1');

    await tabTo(page, 'down-email');
    await keyboard.press('Space');
    await expect.poll(() => server.person.contacts[0]?.channel).toBe('telegram');

    await tabTo(page, 'link-discord');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('current-password');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await page.locator('.code', { hasText: BOT_CODE }).waitFor();
    server.bringCode();
    await expect.poll(() => focused(page)).toBe('notice note');

    await tabTo(page, 'remove-telegram');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('current-password');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(server.person.contacts.map(({ channel }) => channel)).toEqual(['email', 'discord']);

    await tabTo(page, 'language');
    await keyboard.type('Deut');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect.poll(() => server.person.language).toBe('de');

    await tabTo(page, 'all-devices');
    await keyboard.press('Enter');
    await page.getByText(words.devices.none).waitFor();

    await tabTo(page, 'sign-off');
    await keyboard.press('Enter');
    await page.locator('#sign-in-name').waitFor();
  }, 60_000);

  it('sets a password, undoes a change and follows an invitation', async () => {
    const page = await openSignedIn();
    const { keyboard } = page;
    await tabTo(page, 'change-password');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('current-password');
    await keyboard.type(PASSWORD);
    await keyboard.press('Tab');
    await keyboard.type('a fine long day');
    await tabTo(page, 'new-password-again');
    await keyboard.type('a fine long day');
    await keyboard.press('Enter');
    await waitForHeading(page, words.passwords.done.title);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.locator('#sign-in-name').waitFor();

    await page.goto(`${inBrowser.pages().address}undo#${TOKEN}`);
    await expect.poll(() => focused(page)).toBe('H1');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await waitForHeading(page, words.undo.done.title);

    server.reset();
    await page.goto(`${inBrowser.pages().address}invitation#${TOKEN}`);
    await expect.poll(() => focused(page)).toBe('H1');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('contact-address');
    await keyboard.type('ana@example.org');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('contact-code');
    await keyboard.type(SENT_CODE);
    await keyboard.press('Enter');
    await waitForHeading(page, words.invitation.done.title);
  }, 60_000);

  it('goes by the arrows of a remote control through every field, choice and button', async () => {
    const page = await openSignedIn({ hasTouch: true, isMobile: true });
    await expect.poll(() => focused(page)).toBe('H1');
    const visited: string[] = [];
    while (visited.at(-1) !== 'sign-off' && visited.length < 60) {
      await page.keyboard.press('ArrowDown');
      visited.push(await focused(page));
    }
    expect(visited).toEqual([
      ...['up-email', 'down-email', 'link-email', 'remove-email'],
      ...['up-telegram', 'down-telegram', 'link-telegram', 'remove-telegram'],
      ...['link-discord', 'link-webhook', 'change-password', 'language', 'button'],
      ...['button button-small', 'button button-small', 'all-devices', 'button', 'sign-off'],
    ]);
    expect(await page.locator('#language').inputValue()).toBe('');
  });

  it('leaves the arrows to the list of languages where there is a mouse', async () => {
    const page = await openSignedIn();
    await page.locator('#language').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('language');
    expect(await page.locator('#language').inputValue()).not.toBe('');
  });
});
