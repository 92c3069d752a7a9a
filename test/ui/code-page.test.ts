import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import {
  choosePassword,
  OPEN_LINK,
  TOKEN,
  usePagesInBrowser,
  waitForHeading,
} from '../support/browser/pages-in-browser.ts';

const GOOD = 'a fine long day';
const words = en.myAccount.linking;

const inBrowser = usePagesInBrowser();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

async function sendCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.sendCode }).click();
  await page.locator('#reset-code').waitFor();
}

beforeEach(() => {
  inBrowser.pages().answer('links', 200, { ...OPEN_LINK, needsCode: true });
  inBrowser.pages().answer('codes', 200, {
    channels: [{ channel: 'telegram', properName: 'Telegram' }, { channel: 'email' }],
  });
});

describe('the page of a link that needs a code', () => {
  it('sends no code by being opened, however long it is open', async () => {
    const page = await inBrowser.openLink();
    await page.getByText(en.choose.codeLead).waitFor();
    await page.waitForTimeout(300);
    expect(inBrowser.sentTo('codes')).toEqual([]);
    expect(await page.locator('#new-password').count()).toBe(0);
  });

  it('sends it on a button, says by what kind of channel, and sets the password with it', async () => {
    const page = await inBrowser.openLink();
    await sendCode(page);
    expect(await focused(page)).toBe('reset-code');
    await page.getByText(`${en.choose.codeSentBy} Telegram, ${en.myAccount.mail}`).waitFor();
    await page.locator('#reset-code').fill(' abcd-1234 ');
    await choosePassword(page, GOOD);
    await waitForHeading(page, en.ends.done.title);
    expect(inBrowser.sentTo('codes')).toEqual([{ token: TOKEN }]);
    expect(inBrowser.sentTo('passwords')).toEqual([{ token: TOKEN, password: GOOD, code: 'abcd-1234' }]);
  });

  it('sends nothing without a code, and goes to its field', async () => {
    const page = await inBrowser.openLink();
    await sendCode(page);
    await choosePassword(page, GOOD);
    await page.getByText(words.emptyCode).waitFor();
    expect(await focused(page)).toBe('reset-code');
    expect(inBrowser.sentTo('passwords')).toEqual([]);
  });

  it('keeps what was typed after a wrong code, and tells it at the field', async () => {
    inBrowser.pages().answer('passwords', 422, { code: 'code-wrong' });
    const page = await inBrowser.openLink();
    await sendCode(page);
    await page.locator('#reset-code').fill('0000-0000');
    await choosePassword(page, GOOD);
    await page.locator('#reset-code-error', { hasText: en.problems['code-wrong'] }).waitFor();
    expect(await focused(page)).toBe('reset-code');
    expect(await page.locator('#new-password').inputValue()).toBe(GOOD);
    inBrowser.pages().answer('passwords', 410, { code: 'link-locked' });
    await page.locator('button[type=submit]').click();
    await waitForHeading(page, en.ends['link-locked'].title);
    expect(await page.evaluate(() => history.state)).toBeNull();
  });

  it('sends another one from the form, and keeps what was typed', async () => {
    inBrowser.pages().answer('passwords', 410, { code: 'code-expired' });
    const page = await inBrowser.openLink();
    await sendCode(page);
    await page.locator('#reset-code').fill('0000-0000');
    await choosePassword(page, GOOD);
    await page.getByText(en.problems['code-expired']).waitFor();
    await page.getByRole('button', { name: en.choose.anotherCode }).click();
    await expect.poll(() => inBrowser.sentTo('codes').length).toBe(2);
    expect(await page.locator('#new-password').inputValue()).toBe(GOOD);
    await expect.poll(() => focused(page)).toBe('reset-code');
  });

  it('remembers that one was sent when the page is loaded anew, and not when the link is opened anew', async () => {
    const page = await inBrowser.openLink();
    await sendCode(page);
    await page.reload();
    await page.getByText(`${en.choose.codeSentBy} Telegram`).waitFor();
    await page.locator('#reset-code').waitFor();
    expect(inBrowser.sentTo('codes')).toHaveLength(1);
    await page.goto('about:blank');
    await page.goto(`${inBrowser.pages().address}reset#${TOKEN}`);
    await page.getByText(en.choose.codeLead).waitFor();
  });

  it('goes on to the password where no code is needed any more', async () => {
    inBrowser.pages().answer('codes', 200, { channels: [] });
    const page = await inBrowser.openLink();
    await page.getByRole('button', { name: words.sendCode }).click();
    await choosePassword(page, GOOD);
    await waitForHeading(page, en.ends.done.title);
    expect(inBrowser.sentTo('passwords')).toEqual([{ token: TOKEN, password: GOOD }]);
  });

  it('asks for the code when the server says only later that one is needed', async () => {
    inBrowser.pages().answer('links', 200, OPEN_LINK);
    inBrowser.pages().answer('passwords', 403, { code: 'code-needed' });
    const page = await inBrowser.openLink();
    await choosePassword(page, GOOD);
    await page.getByText(en.problems['code-needed']).waitFor();
    await sendCode(page);
  });

  it('is worked with the keyboard alone', async () => {
    const page = await inBrowser.openLink();
    await page.getByText(en.choose.codeLead).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#reset-code').waitFor();
    await page.keyboard.type('ABCD1234');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('new-password');
  });
});
