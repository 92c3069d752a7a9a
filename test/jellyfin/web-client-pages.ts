import type { Page } from 'playwright-core';

/** The visible one of a page's copies: the client keeps up to three hidden views. */
export const LOGIN = '#loginPage:not(.hide)';
export const FORGOT = '#forgotPasswordPage:not(.hide)';
export const PIN = '.forgotPasswordPinPage:not(.hide)';
export const HOME = '#indexPage:not(.hide)';
export const MENU = '#myPreferencesMenuPage:not(.hide)';
export const DIALOG = '.dialogContainer .formDialog';

/**
 * A head script with a plugin as a mod would have it: it logs events, and gives one text of its own.
 * Everything it hears is in `window.heard`.
 */
export const PROBE = `
  window.heard = [];
  for (const name of ['viewshow', 'viewhide', 'viewdestroy']) {
    document.addEventListener(name, (e) => {
      const id = e.target.id || 'pin';
      heard.push(name === 'viewshow' && e.detail.isRestored ? name + ' ' + id + ' restored' : name + ' ' + id);
    }, true);
  }
  window['broken/plugin'] = () => class { constructor() { throw new Error('broken on purpose'); } };
  window['probe/plugin'] = async () => class {
    constructor(parts) {
      Object.assign(this, { name: 'probe', id: 'probe', type: 'probe' });
      heard.push('constructed ' + Boolean(window.ApiClient));
      window.parts = Object.keys(parts);
      const { translate } = parts.globalize;
      parts.globalize.translate = function (key) {
        return key === 'MessageContactAdminToResetPassword' ? 'Ask Bea, she is in the attic.' : translate.apply(this, arguments);
      };
      parts.events.on(window.ApiClient, 'requestfail', (_, { status, errorCode }) => heard.push('requestfail ' + status + ' ' + errorCode));
      parts.events.on(document, 'HISTORY_UPDATE', (_, state) => heard.push('HISTORY_UPDATE ' + state.location.pathname));
    }
  };
`;

/** What the probe has heard since the last call. */
export async function heard(page: Page): Promise<string[]> {
  return page.evaluate('heard.splice(0)');
}

/** Signs in on the login page and waits for home. */
export async function signIn(page: Page): Promise<void> {
  await page.fill(`${LOGIN} #txtManualName`, 'ada');
  await page.fill(`${LOGIN} #txtManualPassword`, 'secret');
  await page.click(`${LOGIN} .button-submit`);
  await page.waitForSelector(HOME);
}

/** Asks for a reset on the forgot page. */
export async function askForReset(page: Page): Promise<void> {
  await page.fill(`${FORGOT} #txtName`, 'ada');
  await page.click(`${FORGOT} button[type=submit]`);
}
