import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import { loadStrings } from '../../../ui/language.ts';
import { en } from '../../../ui/strings/en.ts';
import {
  expectAccessible,
  press,
  signIn,
  useAccountInBrowser,
  waitForOverview,
} from '../../support/browser/account-in-browser.ts';
import { SENT_CODE } from '../../support/browser/account-server.ts';
import { TOKEN, waitForHeading } from '../../support/browser/pages-in-browser.ts';

const words = en.myAccount;
const PASSWORD = 'the old one 1';
const inBrowser = useAccountInBrowser();
const { server, openPage, openSignedIn } = inBrowser;

/** Goes through everything My Account can show, and stops at each. */
async function seeAll(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  const problem = () => page.locator('.notice').waitFor();
  await page.locator('#sign-in-name').fill('ana');
  await look('signed out');
  await press(page, en.signIn);
  await problem();
  await look('refused');
  await press(page, words.quickConnect.open);
  await page.locator('.code').waitFor();
  await look('Quick Connect');
  await press(page, words.back);
  await signIn(page);
  await look('overview');
  await press(page, words.contacts.replace, words.mail);
  await page.locator('#contact-address').fill('x');
  await page.locator('#current-password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await problem();
  await look('a refused address');
  await page.locator('#contact-address').fill('new@example.org');
  await page.locator('#current-password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#contact-code').fill('000');
  await page.keyboard.press('Enter');
  await problem();
  await look('a wrong code');
  await page.locator('#contact-code').fill(SENT_CODE);
  await page.keyboard.press('Enter');
  await page.locator('.note').waitFor();
  await look('a change that was told');
  await press(page, words.contacts.add, 'Discord');
  await page.locator('#current-password').fill(PASSWORD);
  await press(page, words.linking.getCode);
  await page.locator('.code').waitFor();
  await look('a code for a bot');
  await press(page, words.back);
  await press(page, words.contacts.replace, 'Telegram');
  await page.locator('#current-password').fill(PASSWORD);
  await press(page, words.linking.getCode);
  await page.locator('.qr').waitFor();
  await look('a code for a bot, with a picture');
  await press(page, words.back);
  await press(page, words.contacts.remove, words.mail);
  await page.locator('#current-password').waitFor();
  await look('removing');
  await press(page, words.back);
  await press(page, words.passwords.open);
  await page.locator('#new-password').fill('x');
  await page.keyboard.press('Enter');
  await page.locator('.error').first().waitFor();
  await look('a weak password');
  await press(page, words.back);
  await press(page, words.events.more);
  await look('all events');
  Object.assign(server.person, { contacts: [], events: [], devices: undefined, hasLocalPassword: false });
  await page.reload();
  await waitForOverview(page);
  await look('nothing at all');
  await press(page, words.signOff);
  await page.locator('.note').waitFor();
  await look('signed off');
}

/** The same for the pages of links. */
async function seeLinks(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  const open = async (address: string) => {
    await page.goto('about:blank');
    await page.goto(`${inBrowser.pages().address}${address}`);
  };
  await open(`undo#${TOKEN}`);
  await page.getByRole('button', { name: words.undo.submit }).waitFor();
  await look('undo');
  await press(page, words.undo.submit);
  await waitForHeading(page, words.undo.done.title);
  await look('undone');
  await open(`invitation#${TOKEN}`);
  await waitForHeading(page, words.invitation.ends.used.title);
  await look('an invitation that was used');
  server.reset();
  await open(`invitation#${TOKEN}`);
  await page.getByText(words.invitation.choose).waitFor();
  await look('invitation');
  for (const [answer, end] of [
    [words.confirmation.yes, words.confirmation.done],
    [words.confirmation.no, words.confirmation.disowned],
  ] as const) {
    server.reset();
    await open(`confirm#${TOKEN}`);
    await page.getByRole('button', { name: answer }).waitFor();
    await look('is this you?');
    await press(page, answer);
    await waitForHeading(page, end.title);
    await look(`answered: ${answer}`);
  }
}

const SMALL: BrowserContextOptions = { viewport: { width: 375, height: 740 } };

describe('My Account and its links', () => {
  it.each([
    ['on a phone, in dark', { ...SMALL, colorScheme: 'dark' }, 'ltr'],
    ['on a phone, in light, from right to left', { ...SMALL, colorScheme: 'light' }, 'rtl'],
    ['on a desktop, in dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }, 'ltr'],
  ] as [string, BrowserContextOptions, string][])(
    'have nothing axe objects to, and nothing wider than the window, %s',
    async (_where, options, direction) => {
      const page = await openPage('account', options);
      let places = 0;
      const look = async (place: string) => {
        await page.evaluate((dir) => {
          document.documentElement.dir = dir;
        }, direction);
        await expectAccessible(page, place);
        places += 1;
      };
      await seeAll(page, look);
      await seeLinks(page, look);
      expect(places).toBe(22);
    },
    120_000,
  );

  it.each(LANGUAGES)('speak %s, and fit on a screen of 320 pixels', async (tag) => {
    const strings = await loadStrings(tag);
    const page = await openPage('account', {
      ...{ locale: tag, viewport: { width: 320, height: 568 } },
    });
    await page.getByText(strings.myAccount.signIn.lead).waitFor();
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await beyond()).toBe(0);
    await signIn(page);
    await page.getByText(strings.myAccount.contacts.refused).waitFor();
    expect(await beyond()).toBe(0);
    await page.locator('#link-email').click();
    await page.getByText(strings.myAccount.linking.whyPassword).waitFor();
    expect(await beyond()).toBe(0);
  });

  it('stand side by side where there is room, and one below the other where there is none', async () => {
    const page = await openSignedIn({ viewport: { width: 1280, height: 800 } });
    const places = () =>
      page.evaluate(() =>
        ['contacts-title', 'devices-title'].map(
          (id) => document.getElementById(id)?.getBoundingClientRect().left ?? 0,
        ),
      );
    const [left = 0, right = 0] = await places();
    expect(right).toBeGreaterThan(left + 300);
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    const [first = 0, second = 0] = await places();
    expect(second).toBeLessThan(first);
    await page.setViewportSize({ width: 375, height: 740 });
    const [one, other] = await places();
    expect(one).toBe(other);
  });
});
