import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import {
  choosePassword,
  OPEN_LINK,
  TOKEN,
  usePagesInBrowser,
  waitForHeading,
} from '../support/browser/pages-in-browser.ts';

const GOOD = 'a fine long day';

const inBrowser = usePagesInBrowser();

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

describe('the page of a reset link', () => {
  it('sets a new password, and leads to the sign-in', async () => {
    const page = await inBrowser.openLink();
    await choosePassword(page, GOOD);
    await waitForHeading(page, en.ends.done.title);
    expect(inBrowser.sentTo('passwords')).toEqual([{ token: TOKEN, password: GOOD }]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.getByRole('link', { name: en.signIn }).click();
    await page.waitForURL('**/media/tv/web/index.html');
  });

  it('takes the token out of the address and the history, and survives a reload until it is spent', async () => {
    const page = await inBrowser.openLink();
    await page.locator('#new-password').waitFor();
    expect(page.url()).toBe(`${inBrowser.pages().address}reset`);
    await page.reload();
    await choosePassword(page, GOOD);
    await waitForHeading(page, en.ends.done.title);
    expect(
      await page.evaluate(() => JSON.stringify([history.state, { ...sessionStorage, ...localStorage }])),
    ).toBe('[null,{}]');
    await page.reload();
    await waitForHeading(page, en.ends['link-missing'].title);
    expect(inBrowser.sentTo('links')).toHaveLength(2);
  });

  it('changes nothing by being opened', async () => {
    const page = await inBrowser.openLink();
    await page.locator('#new-password').waitFor();
    await page.waitForTimeout(300);
    expect(
      inBrowser
        .pages()
        .seen.filter(({ method }) => method === 'POST')
        .map(({ url }) => url),
    ).toEqual(['/media/tv/gatehouse/api/links']);
  });

  it('never sends two passwords that are not the same', async () => {
    const page = await inBrowser.openLink();
    await choosePassword(page, GOOD, `${GOOD}!`);
    await page.getByText(en.choose.mismatch).waitFor();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('new-password-again');
    expect(inBrowser.sentTo('passwords')).toEqual([]);
  });

  it('tells of a typing mistake in the second field before it is left, so that no press on the button is lost', async () => {
    const page = await inBrowser.openLink();
    await page.locator('#new-password').fill(GOOD);
    await page.locator('#new-password-again').fill(GOOD.slice(0, 5));
    expect(await page.locator('.error').count()).toBe(0);
    await page.locator('button[type=submit]').click();
    await page.getByText(en.choose.mismatch).waitFor();
    expect(await focused(page)).toBe('new-password-again');
    await page.locator('#new-password-again').fill(GOOD);
    await expect.poll(() => page.locator('.error').count()).toBe(0);
    await page.locator('#new-password-again').fill(`${GOOD}?`);
    await page.getByText(en.choose.mismatch).waitFor();
    expect(inBrowser.sentTo('passwords')).toEqual([]);
  });

  it('works with the keyboard alone, and tells what is a common password', async () => {
    const page = await inBrowser.openLink();
    await expect.poll(() => focused(page)).toBe('new-password');
    await page.keyboard.type('password1');
    await page.locator('[data-rule=common].rule-broken').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(GOOD);
    await page.locator('[data-rule=common].rule-met').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.locator('#new-password').getAttribute('type')).toBe('text');
    await page.keyboard.press('Tab');
    await page.keyboard.type(GOOD);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await waitForHeading(page, en.ends.done.title);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/web/index.html');
  });

  it('works with the arrows of a remote control where there is no mouse', async () => {
    const page = await inBrowser.openLink({ hasTouch: true, isMobile: true });
    await expect.poll(() => focused(page)).toBe('new-password');
    const visited: unknown[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
      visited.push(await focused(page));
    }
    expect(visited).toEqual(['toggle', 'new-password-again', 'button button-main', 'new-password-again']);
  });

  it('lets a password be pasted, and gives password managers the name it is for', async () => {
    const page = await inBrowser.openLink();
    await page.locator('#username').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    await page.locator('#new-password').focus();
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Control+V');
    expect(await page.locator('#new-password').inputValue()).toBe('anaana');
    const fields = await page
      .locator('form input')
      .evaluateAll((inputs) =>
        inputs.map((input) => [input.getAttribute('autocomplete'), (input as HTMLInputElement).value]),
      );
    expect(fields).toEqual([
      ['username', 'ana'],
      ['new-password', 'anaana'],
      ['new-password', ''],
    ]);
  });

  it.each(['expired', 'used', 'unknown'] as const)(
    'says so when the link is %s, and what to do',
    async (state) => {
      inBrowser.pages().answer('links', 200, { state });
      const page = await inBrowser.openLink();
      await waitForHeading(page, en.ends[`link-${state}`].title);
      await page.getByRole('link', { name: en.askForLink }).click();
      await waitForHeading(page, en.account.title);
      expect(page.url()).toBe(`${inBrowser.pages().address}account`);
    },
  );

  it.each([
    ['link-expired', 410],
    ['link-used', 409],
    ['link-unknown', 404, 'link-superseded'],
    ['account-unavailable', 409],
    ['account-elsewhere', 403],
  ] as const)(
    'ends when the server answers %s to the password',
    async (code, status, end?: keyof typeof en.ends) => {
      inBrowser.pages().answer('passwords', status, { code, message: '' });
      const page = await inBrowser.openLink();
      await choosePassword(page, GOOD);
      await waitForHeading(page, en.ends[end ?? code].title);
    },
  );

  it.each([
    ['jellyfin-unreachable', 503],
    ['change-not-kept', 502],
    ['too-many-requests', 429],
    ['link-busy', 409],
    ['internal', 500],
    ['no-connection', 0],
  ] as const)('keeps the form at %s, and the same link works at the next press', async (code, status) => {
    inBrowser.pages().answer('passwords', status, { code, message: '' });
    const page = await inBrowser.openLink();
    await choosePassword(page, GOOD);
    await page.getByRole('alert').getByText(en.problems[code]).waitFor();
    expect(await focused(page)).toBe('notice');
    inBrowser.pages().answer('passwords', 200, { signInUrl: '../web/index.html' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await waitForHeading(page, en.ends.done.title);
  });

  it('says that it is working, and asks before it is left meanwhile', async () => {
    let finish = () => {};
    const wait = new Promise<void>((resolve) => {
      finish = resolve;
    });
    inBrowser.pages().answer('passwords', 200, { signInUrl: '../web/index.html' }, wait);
    const page = await inBrowser.openLink();
    await choosePassword(page, GOOD);
    await page.getByRole('status').getByText(en.choose.workingHint).waitFor();
    const asked = page.waitForEvent('dialog');
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    finish();
    await waitForHeading(page, en.ends.done.title);
    expect(inBrowser.sentTo('passwords')).toHaveLength(1);
  });

  it('begins anew with a second link opened in the same tab, and can check again after a failure', async () => {
    inBrowser.pages().answer('links', 503, { code: 'jellyfin-unreachable', message: '' });
    const page = await inBrowser.openLink();
    await waitForHeading(page, en.choose.checkFailed);
    inBrowser.pages().answer('links', 200, { state: 'used' });
    await page.getByRole('button', { name: en.tryAgain }).click();
    await waitForHeading(page, en.ends['link-used'].title);
    inBrowser.pages().answer('links', 200, OPEN_LINK);
    await page.goto(`${inBrowser.pages().address}reset#${'N'.repeat(43)}`);
    await page.locator('#new-password').waitFor();
    expect(inBrowser.sentTo('links').at(-1)).toEqual({ token: 'N'.repeat(43) });
  });
});

describe('My Account', () => {
  it('answers a known and an unknown name with the same page, without the name in any address', async () => {
    const texts: string[] = [];
    for (const name of ['ana', 'nobody@example.org']) {
      const { page } = await inBrowser.open();
      await page.goto(`${inBrowser.pages().address}account`);
      await page.locator('#username').fill(name);
      await page.keyboard.press('Enter');
      await waitForHeading(page, en.asked.title);
      texts.push(await page.locator('body').innerText());
      expect(page.url()).toBe(`${inBrowser.pages().address}account`);
    }
    expect(texts[0]).toBe(texts[1]);
    expect(inBrowser.sentTo('reset-requests')).toEqual([
      { enteredName: 'ana' },
      { enteredName: 'nobody@example.org' },
    ]);
    expect(inBrowser.pages().seen.some(({ url }) => /ana|nobody/.test(url))).toBe(false);
  });
});
