import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ResetPort } from '../../../injector/answers/reset-port.ts';
import { forgotPassword } from '../../../injector/mods/forgot-password/mod.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { askForgotPassword, openJellyfin, shownPage } from '../../support/browser/jellyfin-screen.ts';
import { sendPin } from '../../support/browser/method-journeys.ts';
import { RUNTIME_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const PIN = '01AB-CDEF-GHJK-MN9Z';
const TOKEN = 'Tok3n-_x'.repeat(6).slice(0, 43);
const TIZEN =
  'Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36';

const clientFolder = useBuiltClient();
const browser = useChromium();

describe.each(RUNTIME_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), [forgotPassword]);
  });
  afterAll(() => modded.close());

  async function open(
    options: { readonly text?: string } | 'no mod' = {},
    locale?: string,
    more?: BrowserContextOptions,
  ): Promise<Page> {
    const mods =
      options === 'no mod' ? [] : [{ mod: forgotPassword, options: { show: 'pin-page', ...options } }];
    const redeemPin: ResetPort['redeemPin'] = async ({ pin }) => {
      if (pin !== PIN) return { kind: 'wrong' };
      // An address as public.url makes it; the person came by another one.
      const chooseUrl = `https://media.example.org/gatehouse/reset#${TOKEN}`;
      return { kind: 'accepted', userName: 'alice', chooseUrl };
    };
    await modded.switchOn(mods, redeemPin);
    const screen = await openJellyfin(browser(), modded.webUrl, locale, more);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
    });
    return screen.page;
  }

  it('the dialog says in the language of the person that a PIN is on its way, and nothing else', async () => {
    const page = await open({}, 'de-DE');
    const text = await askForgotPassword(page, 'alice');
    expect(text.split('\n\n').map((line) => line.trim())).toEqual([
      'Sieh in deinen Nachrichten nach.',
      expect.stringMatching(/ PIN unterwegs/),
      expect.stringMatching(/.{40}/),
    ]);
    expect(await page.locator('#forgotPasswordPage .fieldDescription').innerText()).toContain('einer PIN');
  });

  it('a good PIN leads to the choice of a password, at the address the person came by', async () => {
    const page = await open({ text: 'Ask Ada & Bob <ada@example.org> for the PIN.' });
    expect(await askForgotPassword(page, 'alice')).toBe('Ask Ada & Bob <ada@example.org> for the PIN.');
    await page.locator('.dialogContainer .btnOption').click();
    await shownPage(page, '.forgotPasswordPinPage');
    await sendPin(page, 'wrong');
    await page.locator('.dialogContainer', { hasText: /invalid or expired PIN/i }).waitFor();
    await page.locator('.dialogContainer .btnOption').click();
    await page.locator('.dialogContainer').waitFor({ state: 'detached' });
    await sendPin(page, PIN);
    await page.waitForURL(modded.webUrl.replace('/web/index.html', `/gatehouse/reset#${TOKEN}`));
  });

  it('without our script a good PIN shows a true sentence, and a link to press', async () => {
    const page = await open('no mod');
    await askForgotPassword(page, 'alice');
    await page.locator('.dialogContainer .btnOption').click();
    await shownPage(page, '.forgotPasswordPinPage');
    await sendPin(page, PIN);
    const dialog = page.locator('.dialogContainer', { hasText: /Nothing is changed yet/ });
    await dialog.waitFor();
    const link = dialog.locator('a#gatehouse-choose-password');
    expect(await link.getAttribute('href')).toBe(`https://media.example.org/gatehouse/reset#${TOKEN}`);
  });

  // Later ones show televisions the same dialog as everybody.
  if (!/^10\.(8|9|10)\./.test(version)) return;
  it('a television reads plain text, and is led on as well', async () => {
    const page = await open({}, 'en-US', { userAgent: TIZEN });
    const alerts: string[] = [];
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.accept();
    });
    await page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    // The code for a phone comes first.
    await page.getByRole('button', { name: 'Go on here' }).click();
    await shownPage(page, '#forgotPasswordPage');
    await page.locator('#forgotPasswordPage:not(.hide) #txtName').fill('alice');
    await page.locator('#forgotPasswordPage:not(.hide) button[type=submit]').click();
    const button = page.locator('.dialogContainer .btnOption');
    await page.locator('.forgotPasswordPinPage:not(.hide)').or(button).first().waitFor();
    if (alerts.length === 0) await button.click();
    else
      expect(alerts[0]).toMatch(/^Check your messages\.[^<>&]* a message with a PIN is on its way[^<>&]*$/);
    expect(alerts).toHaveLength(/^10\.(8|9|10)\./.test(version) ? 1 : 0);
    await shownPage(page, '.forgotPasswordPinPage');
    await sendPin(page, PIN);
    await page.waitForURL(`**/gatehouse/reset#${TOKEN}`);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).not.toMatch(/file|passwordreset/i);
  });
});
