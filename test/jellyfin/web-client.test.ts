import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browser/chromium.ts';
import { RUNTIME_CLIENTS } from '../support/browser/mod-clients.ts';
import {
  askForReset,
  DIALOG,
  FORGOT,
  HOME,
  heard,
  LOGIN,
  MENU,
  PIN,
  PROBE,
  signIn,
} from './web-client-pages.ts';
import type { WebTestServer } from './web-test-server.ts';
import { startWebTestServer } from './web-test-server.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each(RUNTIME_CLIENTS)('the small web client %s', (version) => {
  let server: WebTestServer;
  let page: Page;
  const isHashbang = version === '10.8.13';
  const isReact = version === '10.11.11' || version === '12.0';
  const route = (name: string) => `${isHashbang ? '#!' : '#'}/${name}${isReact ? '' : '.html'}`;
  const open = async (hash = '') => {
    await page.goto(`${server.url}/web/index.html${hash}`);
    await page.waitForSelector(`${LOGIN} .manualLoginForm:not(.hide)`);
  };

  beforeAll(async () => {
    // With CLIENT_FOLDERS=/x the same journeys run on the real client built in /x/<version>.
    const folders = process.env['CLIENT_FOLDERS'];
    server = await startWebTestServer(version, folders && `${folders}/${version}`);
    server.answers.headScript = PROBE;
    server.answers.plugins = ['probe/plugin', 'broken/plugin'];
    server.answers.menuLinks = [{ name: 'Reset my password', url: '/reset', icon: 'lock_open' }];
  });
  beforeEach(async () => {
    server.answers.signIn = { status: 200 };
    server.answers.publicUsers = [];
    server.calls.length = 0;
    const context = await browser.newContext({
      locale: 'en-US',
      serviceWorkers: 'block',
      viewport: { width: 1280, height: 800 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
  });
  afterEach(() => page.context().close());
  afterAll(() => server.close());

  it('shows the login page with its parts and constructs plugins before it', async () => {
    await open();
    for (const part of [
      '#txtManualName',
      '#txtManualPassword',
      '.chkRememberLogin',
      '.btnCancel.hide',
      '.button-submit',
    ]) {
      expect(await page.locator(`${LOGIN} .manualLoginForm ${part}`).count(), part).toBe(1);
    }
    for (const part of ['.btnManual.hide', '.btnQuick', '.btnForgotPassword', '.btnSelectServer.hide']) {
      expect(await page.locator(`${LOGIN} .readOnlyContent ${part}`).count(), part).toBe(1);
    }
    await page.waitForSelector(
      `${LOGIN} ${isHashbang ? '.disclaimer' : '.loginDisclaimer'} a[target=_blank][href="https://example.org/help"]`,
    );
    const events = (await heard(page)).filter((event) => !event.startsWith('HISTORY_UPDATE'));
    expect(events).toEqual(['constructed true', 'viewshow loginPage']);
    expect(await page.evaluate('parts.includes("ServerConnections")')).toBe(!isHashbang);
    expect(page.url()).toContain(`${route('login')}?serverid=`);
    expect(await page.title()).toBe(isReact ? 'attic' : 'Jellyfin');
  });

  it('makes the calls of the login page with the right header', async () => {
    await open();
    await page.waitForTimeout(300);
    const branding = server.calls.find(
      ({ path, authorization }) => path === '/Branding/Configuration' && authorization,
    );
    expect(branding?.authorization).toContain(
      version === '12.0' ? 'Client="Jellyfin%20Web"' : 'Client="Jellyfin Web"',
    );
    expect(server.calls.some(({ path }) => path === '/Branding/Css')).toBe(!isReact);
    expect(server.calls.filter(({ path }) => path === '/users/public').length).toBe(isHashbang ? 2 : 1);
    expect(server.calls.some(({ path }) => path === '/socket')).toBe(version === '12.0');
  });

  it('shows cards where users are public, and the form behind them', async () => {
    server.answers.publicUsers = [{ Id: 'a'.repeat(32), Name: 'ada', HasPassword: true }];
    await page.goto(`${server.url}/web/index.html`);
    await page.click(`${LOGIN} #divUsers .card:has(.cardContent[data-username=ada][data-haspw=true])`);
    expect(await page.inputValue(`${LOGIN} #txtManualName`)).toBe('ada');
    await page.click(`${LOGIN} .btnCancel`);
    await page.waitForSelector(`${LOGIN} .visualLoginForm:not(.hide)`);
  });

  it('stays on the forgot page after ContactAdmin, with the text a plugin gives', async () => {
    server.answers.forgot = { Action: 'ContactAdmin' };
    await open();
    await page.click(`${LOGIN} .btnForgotPassword`);
    await askForReset(page);
    await page.waitForSelector(`${DIALOG} .btnOption[data-id=ok]`);
    expect(await page.textContent(`${DIALOG} .text`)).toBe('Ask Bea, she is in the attic.');
    expect(await page.textContent(`${DIALOG} .formDialogHeaderTitle`)).toBe('Forgot Password');
    await page.click(`${DIALOG} .btnOption`);
    await page.waitForSelector(DIALOG, { state: 'detached' });
    expect(page.url()).toContain(route('forgotpassword'));
    const asked = server.calls.find(({ path }) => path === '/Users/ForgotPassword');
    expect(asked?.body).toBe('{"EnteredUsername":"ada"}');
    if (version === '10.11.11') expect(asked?.authorization).toBeUndefined();
    if (version === '12.0') expect(asked?.authorization).toContain('Token="null"');
  });

  it('goes on to the PIN page after PinCode and shows PinFile as clean HTML', async () => {
    server.answers.forgot = {
      Action: 'PinCode',
      PinFile: '<b>file</b><img src="x" onerror="alert(1)"><script>alert(2)</script>',
    };
    server.answers.pin = { Success: false, UsersReset: [] };
    await open();
    await page.click(`${LOGIN} .btnForgotPassword`);
    await askForReset(page);
    await page.waitForSelector(`${DIALOG} .btnOption`);
    const html = await page.innerHTML(`${DIALOG} .text`);
    expect(html).toContain('<b>file</b><img src="x">');
    expect(html).toContain(
      isReact ? 'Enter PIN here to finish Password reset' : 'Enter PIN here to finish Password Reset',
    );
    await page.click(`${DIALOG} .btnOption`);
    await page.fill(`${PIN} #txtPin`, '1234');
    expect(page.url()).toContain(route('forgotpasswordpin'));
    await page.click(`${PIN} button[type=submit]`);
    await page.waitForSelector(`${DIALOG} .btnOption`);
    expect(await page.textContent(`${DIALOG} .text`)).toContain('invalid or expired PIN');
  });

  it.each(['InNetworkRequired', 'Unheard'])('answers %s with its text or nothing', async (Action) => {
    server.answers.forgot = { Action };
    await open();
    await page.click(`${LOGIN} .btnForgotPassword`);
    await askForReset(page);
    await page.waitForTimeout(400);
    const shown = await page.locator(`${DIALOG} .text`).allTextContents();
    expect(shown).toHaveLength(Action === 'Unheard' ? 0 : 1);
    if (Action !== 'Unheard') expect(shown[0]).toContain('within your home network');
  });

  it('keeps legacy views, makes React pages anew, and tells of both as documented', async () => {
    await open();
    await heard(page);
    await page.click(`${LOGIN} .btnForgotPassword`);
    await page.waitForSelector(`${FORGOT} #txtName`);
    await page.evaluate('document.querySelector("#forgotPasswordPage").append("foreign")');
    await page.evaluate('void Dashboard.navigate("forgotpasswordpin.html")');
    await page.waitForSelector(`${PIN} #txtPin`);
    await page.goBack();
    await page.waitForSelector(`${FORGOT} #txtName`);
    await page.waitForTimeout(200);
    const events = (await heard(page)).filter((event) => event.startsWith('view'));
    const forgot = 'forgotPasswordPage';
    expect(events).toEqual(
      isReact
        ? ['viewhide loginPage', `viewshow ${forgot}`, 'viewshow pin', 'viewhide pin', `viewshow ${forgot}`]
        : [
            'viewhide loginPage',
            `viewshow ${forgot}`,
            `viewhide ${forgot}`,
            'viewshow pin',
            'viewhide pin',
            `viewshow ${forgot} restored`,
          ],
    );
    expect((await page.textContent(FORGOT))?.includes('foreign')).toBe(!isReact);
  });

  it('signs in, stays signed in after a reload, shows the links and signs out', async () => {
    await open();
    await signIn(page);
    await page.reload();
    await page.waitForSelector(HOME);
    expect(page.url()).toContain(route('home'));
    const link =
      version === '12.0'
        ? '.MuiAppBar-root a[target=_blank]'
        : '.customMenuOptions a.navMenuOption[target=_blank]';
    await page.waitForSelector(`${link}[href="/reset"]`, { state: 'attached' });
    await page.evaluate('void Dashboard.navigate("mypreferencesmenu.html")');
    await page.waitForSelector(`${MENU} .lnkMyProfile, ${MENU} .lnkUserProfile`);
    await page.click(`${MENU} .lnkMyProfile, ${MENU} .lnkUserProfile`);
    await page.waitForSelector('#userProfilePage .updatePasswordForm:not(.hide) #txtNewPasswordConfirm');
    if (version === '12.0') {
      await page.click('[aria-controls=app-user-menu]');
      await page.click('#app-user-menu li[role=menuitem]:last-child');
    } else {
      await page.goBack();
      await page.click(`${MENU} .btnLogout`);
    }
    await page.waitForSelector(LOGIN);
    expect(server.calls.some(({ method, path }) => method === 'POST' && path === '/Sessions/Logout')).toBe(
      true,
    );
    expect(await page.evaluate('ApiClient.accessToken()')).toBeNull();
  });

  it('says why a sign-in failed and raises requestfail twice', async () => {
    await open();
    await heard(page);
    for (const [status, text] of [
      [401, 'Invalid username or password'],
      [403, 'not authorized'],
    ] as const) {
      server.answers.signIn = { status, errorCode: `X${status}` };
      await page.fill(`${LOGIN} #txtManualName`, 'ada');
      await page.click(`${LOGIN} .button-submit`);
      await page.waitForSelector(`.toastContainer .toast:has-text("${text}")`);
      expect(await heard(page)).toEqual([`requestfail ${status} X${status}`, 'requestfail undefined null']);
    }
    server.answers.signIn = { status: 429 };
    await page.click(`${LOGIN} .button-submit`);
    await page.waitForSelector(`${DIALOG}:has-text("Connection Failure") .btnOption`);
  });

  it('treats a deep link to the forgot page as its version does', async () => {
    const asked = isHashbang ? '#!/forgotpassword.html' : route('forgotpassword');
    await page.goto(`${server.url}/web/index.html${asked}`);
    const bounces = isHashbang || isReact;
    await page.waitForSelector(bounces ? LOGIN : FORGOT);
    expect(page.url().includes('url=%2Fforgotpassword')).toBe(isReact);
  });
});
