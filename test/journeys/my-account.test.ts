import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import { codeIn } from '../support/account/account-stage.ts';
import { expectAccessible } from '../support/browser/account-in-browser.ts';
import {
  askForgotPassword,
  navigate,
  openJellyfin,
  shownPage,
  signIn,
} from '../support/browser/jellyfin-screen.ts';
import { choosePassword, ours } from '../support/browser/method-journeys.ts';
import { RUNTIME_CLIENTS } from '../support/browser/mod-clients.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';

const browser = useChromium();
const words = en.myAccount;

const NEW_ADDRESS = 'alice.at.home@example.net';
const NEW_PASSWORD = 'purple window 7';

/** Presses a button of our pages: by a click, or by Tab until it has the focus and then Enter. */
async function press(page: Page, name: string, isByKeyboard: boolean): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.waitFor();
  if (!isByKeyboard) return button.click();
  const reached = button.and(page.locator(':focus'));
  for (let step = 0; step < 30 && (await reached.count()) === 0; step++) await page.keyboard.press('Tab');
  expect(await reached.count(), `whether Tab reaches ${name}`).toBe(1);
  await page.keyboard.press('Enter');
}

const CASES = RUNTIME_CLIENTS.map((version) => ({ version, isByKeyboard: version === '12.0' }));

describe.each(CASES)(
  'My Account in front of Jellyfin $version',
  { timeout: 120_000 },
  ({ version, isByKeyboard }) => {
    const how = isByKeyboard ? 'by keyboard alone' : 'by mouse';

    it(`leads ${how} from the settings to a confirmed address, which the next reset reaches`, async () => {
      const subject = await createFakeSubject({ version, hashMs: 5 });
      onTestFinished(() => subject.close());
      const stage = await createStage(subject);
      onTestFinished(() => stage.close());
      const { page, errors, close } = await openJellyfin(browser(), `${stage.url}/web/index.html`);
      onTestFinished(close);
      await signIn(page, 'alice', 'alice-pw-1');
      await navigate(page, 'mypreferencesmenu.html');
      const settings = page.locator('#myPreferencesMenuPage:not(.hide)');
      const entry = settings.getByRole('button', { name: 'Password recovery' });
      if (isByKeyboard) {
        await entry.focus();
        await page.keyboard.press('Enter');
      } else await entry.click();

      // Signed in already, by the token of Jellyfin's own session.
      await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
      expect(await page.locator('.whose').innerText()).toContain('alice');
      // Once: our pages are the same in front of every version.
      const look = async (place: string) => {
        if (isByKeyboard) await expectAccessible(page, place);
      };
      await page.evaluate(axe.source);
      await look('My Account');
      await press(page, `${words.contacts.replace}: ${words.mail}`, isByKeyboard);
      await page.locator('#contact-address:focus').waitFor();
      // The address has the focus by itself, and the password is the next field.
      await page.keyboard.type(NEW_ADDRESS);
      await page.keyboard.press('Tab');
      await page.keyboard.type('alice-pw-1');
      await look('the form for an address');
      await press(page, words.linking.sendCode, isByKeyboard);
      const code = codeIn((await stage.inbox.waitFor(1)).find(({ to }) => to === NEW_ADDRESS)?.text);
      await page.locator('#contact-code:focus').waitFor();
      await page.keyboard.type(code);
      await look('the form for a code');
      await press(page, words.linking.confirm, isByKeyboard);
      await page.getByText(words.contacts.saved).waitFor();
      expect(await page.getByText(words.contacts.verified, { exact: true }).count()).toBe(1);
      expect(await page.locator('body').innerText()).not.toContain(NEW_ADDRESS);
      const [, told] = await stage.inbox.waitFor(2);
      expect([told?.to, told?.text]).toEqual([
        'alice@example.org',
        expect.stringContaining('/gatehouse/undo#'),
      ]);

      await page.goto(`${stage.url}/web/index.html`);
      await shownPage(page, '#indexPage');
      await page.evaluate('void Dashboard.logout()');
      await shownPage(page, '#loginPage');
      await askForgotPassword(page, 'alice');
      const [, , reset] = await stage.inbox.waitFor(3);
      expect(reset?.to).toBe(NEW_ADDRESS);
      await page.goto(/https?:\/\/\S+\/gatehouse\/reset#[\w-]{43}/.exec(reset?.text ?? '')?.[0] ?? '');
      await choosePassword(page, NEW_PASSWORD);
      await page.getByRole('link', { name: en.signIn }).click();
      await shownPage(page, '#loginPage');
      await signIn(page, 'alice', NEW_PASSWORD);
      expect(ours(errors)).toEqual([]);
      expect(stage.log.events()).not.toContain('request-failed');
    });
  },
);
