import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LoginPermission } from '../../../injector/answers/reset-port.ts';
import { createInjector } from '../../../injector/create-injector.ts';
import { forgotPassword } from '../../../injector/mods/forgot-password/mod.ts';
import { loginThrottle } from '../../../injector/mods/login-throttle/mod.ts';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import { askForgotPassword, openJellyfin } from '../../support/browser/jellyfin-screen.ts';
import { RUNTIME_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

const bottomOf = (box: { y: number; height: number } | null): number =>
  box === null ? Number.NaN : box.y + box.height;

const LINE = '#loginPage:not(.hide) .manualLoginForm [role=alert]';

describe.each(RUNTIME_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  let jellyfin: FakeJellyfin;
  let webUrl: string;
  let permission: LoginPermission = { isHeld: false };
  const mods = modList([forgotPassword, loginThrottle]);
  const injector = createInjector({
    mods,
    // Made before the folder is; read when a configuration is put into force.
    get clientFolder() {
      return clientFolder();
    },
    log: createKeptLog(),
  });

  beforeAll(async () => {
    jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
    webUrl = `http://127.0.0.1:${await listen(injector.server)}/web/index.html`;
    await injector.configure(
      {
        jellyfinUrl: jellyfin.url,
        trustedProxies: [],
        enabledMods: {
          'forgot-password': { show: 'check-your-messages' },
          'login-throttle': { resets: true },
        },
      },
      {
        requestReset: async () => 'proof-needed',
        answer: (request, response) => void response.end(`own page ${request.url}`),
        login: { begin: async () => permission, end: async () => undefined },
      },
    );
  });
  afterAll(async () => {
    await injector.close();
    await shut(injector.server);
    await jellyfin.close();
  });

  async function open(locale?: string): Promise<Page> {
    const screen = await openJellyfin(browser(), webUrl, locale);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
    });
    return screen.page;
  }

  /** Tries to sign in, and waits for the toast that tells that it failed. */
  async function tryToSignIn(page: Page, toast: string): Promise<void> {
    const login = page.locator('#loginPage:not(.hide)');
    await login.locator('.btnManual, .manualLoginForm').filter({ visible: true }).first().waitFor();
    const manual = login.locator('.btnManual');
    if (await manual.isVisible()) await manual.click();
    await login.locator('#txtManualName').fill('alice');
    await login.locator('#txtManualPassword').fill('wrong');
    await login.locator('.button-submit').click();
    await page.locator('.toastContainer .toast').filter({ hasText: toast }).last().waitFor();
  }

  it('the login form says why a sign-in is held, for how long, and what helps; once, and no longer than it is so', async () => {
    const page = await open();
    permission = { isHeld: true, waitSeconds: 845 };
    await tryToSignIn(page, 'You cannot sign in at the moment');
    await tryToSignIn(page, 'You cannot sign in at the moment');
    await expect
      .poll(() => page.locator(LINE).allInnerTexts())
      .toEqual([
        expect.stringMatching(/^Too many wrong passwords were tried\. Wait 15 min, .*Forgot Password/),
      ]);
    permission = { isHeld: true, waitSeconds: 0 };
    await tryToSignIn(page, 'You cannot sign in at the moment');
    await expect
      .poll(() => page.locator(LINE).allInnerTexts())
      .toEqual([expect.stringMatching(/^Others have tried wrong passwords/)]);
    permission = { isHeld: false };
    await tryToSignIn(page, 'Invalid username or password');
    await expect.poll(() => page.locator(LINE).count()).toBe(0);
  }, 60_000);

  it('on a narrow screen the line stands where the toast that names it does not cover it, scrolled to or not', async () => {
    const page = await open();
    permission = { isHeld: true, waitSeconds: 845 };
    for (const [width, height] of [
      [375, 667],
      [667, 375],
    ] as const) {
      await page.setViewportSize({ width, height });
      await tryToSignIn(page, 'You cannot sign in at the moment');
      const toast = page.locator('.toastContainer .toastVisible').last();
      await expect.poll(async () => bottomOf(await toast.boundingBox())).toBeLessThanOrEqual(height);
      const [line, cover] = [await page.locator(LINE).boundingBox(), await toast.boundingBox()];
      expect(line?.y).toBeGreaterThanOrEqual(0);
      expect(bottomOf(line)).toBeLessThanOrEqual(cover?.y ?? 0);
    }
  }, 60_000);

  // Each needs a page of its own, so one client of each kind has to do.
  if (version !== '10.10.7' && version !== '12.0') return;

  it('says so in the language of the person', async () => {
    const page = await open('de-DE');
    permission = { isHeld: true, waitSeconds: 4 * 3_600 };
    await tryToSignIn(page, 'Du kannst dich gerade nicht anmelden');
    expect(await page.locator(LINE).innerText()).toMatch(/^Es wurden zu viele .* Warte 4 Std\. /);
  }, 60_000);

  it('the form of Jellyfin says where our own page is when asking takes work it cannot do', async () => {
    const page = await open();
    const said = await askForgotPassword(page, 'alice');
    expect(said).toMatch(/^This form cannot take your request .*Forgot your password\?/);
    // A link where the client shows HTML, else the address in words.
    const link = page.locator('.dialogContainer .formDialog .text a');
    const address = (await link.count()) === 0 ? said : await link.getAttribute('href');
    expect(address).toContain('/gatehouse/account');
  }, 60_000);
});
