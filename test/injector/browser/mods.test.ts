import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../../injector/mods/all.ts';
import { useBuiltClient } from '../../support/browser/built-client.ts';
import {
  askForgotPassword,
  keepShownPages,
  navigate,
  openJellyfin,
  shownPage,
  signIn,
} from '../../support/browser/jellyfin-screen.ts';
import { MOD_CLIENTS } from '../../support/browser/mod-clients.ts';
import { useChromium } from '../../support/browser/use-chromium.ts';
import { type ModdedJellyfin, startModdedJellyfin } from '../../support/jellyfin/modded-jellyfin.ts';

const clientFolder = useBuiltClient();
const browser = useChromium();

/** The options of mods by name, as below `mods:` in `config.yaml`. */
function chosen(options: Record<string, unknown>) {
  return MODS.filter(({ name }) => name in options).map((mod) => ({ mod, options: options[mod.name] }));
}

describe.each(MOD_CLIENTS)('in the web client of Jellyfin %s', (version) => {
  let modded: ModdedJellyfin;
  beforeAll(async () => {
    modded = await startModdedJellyfin(version, clientFolder(), MODS);
  });
  afterAll(() => modded.close());

  async function open(options: Record<string, unknown>, locale?: string) {
    await modded.switchOn(chosen(options));
    const screen = await openJellyfin(browser(), modded.webUrl, locale);
    onTestFinished(async () => {
      await screen.close();
      expect(screen.errors).toEqual([]);
    });
    return screen;
  }

  it.each([
    [
      ...['en-US', 'Check your messages.', 'Enter your user name or your e-mail address.'],
      'This server can send messages by: E-mail or Telegram',
    ],
    [
      ...[
        'de-DE',
        'Sieh in deinen Nachrichten nach.',
        'Gib deinen Benutzernamen oder deine E-Mail-Adresse ein.',
      ],
      'Dieser Server kann Nachrichten schicken über: E-Mail oder Telegram',
    ],
  ])('check-your-messages speaks to a browser in %s', async (...words) => {
    const [locale, message, help = '', ways] = words;
    const options = { show: 'check-your-messages', channels: ['mail', 'Telegram'] };
    const { page } = await open({ 'forgot-password': options }, locale);
    const text = await askForgotPassword(page, 'alice');
    expect(text.split('\n\n').map((line) => line.trim())).toEqual([
      message,
      expect.stringMatching(/.{40}/),
      ways,
      expect.stringMatching(/.{40}/),
    ]);
    expect(await page.locator('#forgotPasswordPage:not(.hide) .fieldDescription').innerText()).toContain(
      help,
    );
    expect(modded.asked.at(-1)?.enteredName).toBe('alice');
    // First what the client speaks, in its own letters, and then what the browser would say by itself.
    expect(modded.asked.at(-1)?.acceptLanguage).toMatch(new RegExp(`^${locale?.toLowerCase()}, ${locale}`));
    await navigate(page, 'login.html');
    await shownPage(page, '#loginPage');
    expect(await page.evaluate('document.cookie')).not.toContain('gatehouse-language');
  });

  it.each([
    ['en-US', 'Forgot your password?'],
    ['de-DE', 'Passwort vergessen?'],
    ['fr-FR', 'Mot de passe oublié\u00a0?'],
    ['es-ES', '¿Has olvidado tu contraseña?'],
  ])(
    'a form that cannot take the request links to the page that can, by its heading, in %s',
    async (locale, heading) => {
      const { page } = await open({ 'forgot-password': { show: 'check-your-messages' } }, locale);
      await askForgotPassword(page, 'busy');
      await page.locator('.dialogContainer').getByRole('link', { name: heading, exact: true }).click();
      await page.waitForURL('**/gatehouse/account');
      expect(await page.innerText('body')).toBe('own page /account');
    },
  );

  it('an own text is shown as it was written', async () => {
    const text = 'Ask Ada & Bob <ada@example.org>, AT&T; "not" <b>bold</b>';
    const { page } = await open({ 'forgot-password': { show: 'check-your-messages', text } });
    expect(await askForgotPassword(page, 'alice')).toBe(text);
  });

  it.each([
    ['de-DE', 'Frag Ada.'],
    ['fr-FR', 'Ask Ada.'],
  ])('an own text and a notice for each language are shown in that of %s', async (locale, words) => {
    const text = { en: 'Ask Ada.', de: 'Frag Ada.' };
    const { page } = await open(
      { 'forgot-password': { show: 'check-your-messages', text }, 'login-notice': { text } },
      locale,
    );
    const notice = page.locator('#loginPage:not(.hide) .login-notice:visible');
    await notice.waitFor();
    expect(await notice.allInnerTexts()).toEqual([words]);
    expect(await askForgotPassword(page, 'alice')).toBe(words);
  });

  it.each(['mouse', 'keyboard'])('show: account leads to My Account by %s, and Back returns', async (how) => {
    const { page } = await open({ 'forgot-password': { show: 'account' } });
    const button = page.locator('#loginPage:not(.hide) .btnForgotPassword');
    if (how === 'mouse') await button.click();
    else await button.press('Enter');
    await page.waitForURL('**/gatehouse/account');
    expect(await page.innerText('body')).toBe('own page /account');
    await page.goBack();
    await shownPage(page, '#loginPage');
  });

  it.each([
    [' dora ', 'dora'],
    ['', null],
  ])('show: account takes the typed name %j along, in the tab and in no address', async (typed, handed) => {
    const { page } = await open({ 'forgot-password': { show: 'account' } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const login = page.locator('#loginPage:not(.hide)');
    await login.locator('#txtManualName, .btnManual').filter({ visible: true }).first().waitFor();
    if (await login.locator('.btnManual').isVisible()) await login.locator('.btnManual').click();
    await login.locator('#txtManualName').fill(typed);
    await login.locator('.btnForgotPassword').click();
    await page.waitForURL('**/gatehouse/account');
    expect(await page.evaluate(`sessionStorage.getItem('gatehouse-name')`)).toBe(handed);
    expect(asked.filter((address) => address.includes('dora'))).toEqual([]);
  });

  it('show: account leads on from the form, too, and Back does not end there again', async () => {
    const { page } = await open({ 'forgot-password': { show: 'account' } });
    await navigate(page, 'forgotpassword.html');
    await page.waitForURL('**/gatehouse/account');
    await page.goBack();
    await shownPage(page, '#loginPage');
  });

  it('an address leads there', async () => {
    const elsewhere = modded.webUrl.replace('/web/index.html', '/gatehouse/elsewhere?a=b');
    const { page } = await open({ 'forgot-password': { show: elsewhere } });
    await page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    await page.waitForURL(elsewhere);
  });

  it('show: hide takes the button away, and the form leads back to the login page', async () => {
    const { page } = await open({ 'forgot-password': { show: 'hide' } });
    expect(await page.locator('#loginPage:not(.hide) .btnForgotPassword').isVisible()).toBe(false);
    const shown = await keepShownPages(page);
    await navigate(page, 'forgotpassword.html');
    await expect.poll(shown).toEqual(['forgotPasswordPage', 'loginPage']);
    await shownPage(page, '#loginPage');
    await expect.poll(() => page.locator('#forgotPasswordPage:not(.hide)').count()).toBe(0);
  });

  it('page-title holds on every page, and titles of single pages stay', async () => {
    const title = 'Ada’s films';
    const { page } = await open({ 'page-title': { title } });
    expect(await page.title()).toBe(title);
    await signIn(page, 'alice', 'alice-pw-1');
    await expect.poll(() => page.title()).toBe(title);
    await navigate(page, 'search.html');
    await shownPage(page, '#searchPage');
    await expect.poll(() => page.title()).toMatch(/^Search$/);
    // What the client writes when a page has no title: the first up to 10.10, either of them later.
    for (const written of ['Jellyfin', 'Test Server']) {
      await page.evaluate(`document.title = ${JSON.stringify(written)}`);
      await expect.poll(() => page.title()).toBe(title);
    }
  });

  it('the other mods show: notice, rules and links', async () => {
    const { page } = await open({
      'login-notice': { text: 'Ask **Ada**.' },
      'custom-css': {
        css: '#loginPage { outline: 3px solid rgb(1, 2, 3); cursor: url(themes/x.cur), auto; }',
      },
      'menu-links': { links: [{ name: 'Wish <list>', url: 'https://wishes.example.org' }] },
    });
    const disclaimer = page.locator('#loginPage:not(.hide) :is(.disclaimer, .loginDisclaimer) strong');
    await disclaimer.waitFor();
    expect(await disclaimer.innerText()).toBe('Ada');
    const login = 'document.querySelector("#loginPage:not(.hide)")';
    const outline = await page.evaluate(`getComputedStyle(${login}).outlineColor`);
    expect(outline).toBe('rgb(1, 2, 3)');
    const cursor = await page.evaluate(`getComputedStyle(${login}).cursor`);
    expect(cursor).toBe(`url("${new URL('themes/x.cur', page.url()).href}"), auto`);
    await signIn(page, 'alice', 'alice-pw-1');
    const link = page.locator('a[href="https://wishes.example.org"]');
    await link.first().waitFor({ state: 'attached' });
    expect((await link.first().textContent())?.trim()).toContain('Wish <list>');
  });
});
