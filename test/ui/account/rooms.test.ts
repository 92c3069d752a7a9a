import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import {
  focused,
  press,
  useAccountInBrowser,
  waitForOverview,
} from '../../support/browser/account-in-browser.ts';

const words = en.myAccount;
const PASSWORD = 'the old one 1';
const { openSignedIn } = useAccountInBrowser();

/** Waits for a sentence, and for the focus to go to it. */
async function problem(page: Page, sentence: string): Promise<void> {
  await page.getByRole('alert').getByText(sentence).waitFor();
  await expect.poll(() => focused(page)).toBe('notice');
}

describe('removing a contact', () => {
  it('asks for the password again', async () => {
    const page = await openSignedIn();
    await press(page, words.contacts.remove, words.mail);
    await expect.poll(() => focused(page)).toBe('current-password');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await problem(page, en.problems['password-wrong']);
    await page.locator('#current-password').fill(PASSWORD);
    await press(page, words.removing.submit);
    await page.getByText(words.contacts.removed).waitFor();
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(await page.locator('ol strong').allInnerTexts()).toEqual(['Telegram']);
    await press(page, words.contacts.remove, 'Telegram');
    await page.getByText(words.removing.last).waitFor();
  });
});

describe('Back', () => {
  it.each(['the browser', 'the button'])(
    'by %s leads out of a room, to the button that led in',
    async (way) => {
      const page = await openSignedIn();
      for (const [label, about, door] of [
        [words.contacts.replace, words.mail, 'link-email'],
        [words.contacts.remove, 'Telegram', 'remove-telegram'],
        [words.passwords.open, undefined, 'change-password'],
      ] as const) {
        await press(page, label, about);
        await page.locator('#current-password').waitFor();
        await (way === 'the browser' ? page.goBack() : press(page, words.back));
        await waitForOverview(page);
        await expect.poll(() => focused(page)).toBe(door);
      }
    },
  );

  it('finds a room again after a reload, without what was typed, and leads out of it', async () => {
    const page = await openSignedIn();
    await press(page, words.contacts.replace, words.mail);
    await page.locator('#contact-address').fill('new@example.org');
    await page.locator('#current-password').fill('wrong');
    await page.keyboard.press('Enter');
    await problem(page, en.problems['password-wrong']);
    await page.reload();
    await page.locator('#contact-address').waitFor();
    expect(await page.evaluate(() => JSON.stringify(history.state))).toBe(
      '{"room":{"kind":"link","channel":"email"}}',
    );
    await page.goBack();
    await waitForOverview(page);
  });
});
