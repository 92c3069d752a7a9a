import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import { en } from '../../../ui/strings/en.ts';
import { focused, press, signIn, useAccountInBrowser } from '../../support/browser/account-in-browser.ts';
import { waitForHeading } from '../../support/browser/pages-in-browser.ts';

const words = en.myAccount;
const PASSWORD = 'the old one 1';
const GOOD = 'a fine long day';
const { server, openSignedIn, sent } = useAccountInBrowser();

describe('the language of messages', () => {
  it('is one of those there are, by their own names, and is saved by the button alone', async () => {
    const page = await openSignedIn();
    const options = page.locator('#language option');
    expect(await options.count()).toBe(LANGUAGES.length + 1);
    expect(await options.allInnerTexts()).toEqual(
      expect.arrayContaining([words.language.browser, 'Deutsch', 'English', 'español', 'français']),
    );
    await page.locator('#language').selectOption('de');
    await page.locator('#language').press('Tab');
    expect(sent('language')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(words.language.saved).waitFor();
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(await page.locator('#language').inputValue()).toBe('de');
    await page.locator('#language').selectOption('');
    await press(page, words.language.submit);
    await expect.poll(() => sent('language')).toEqual([{ language: 'de' }, { language: null }]);
  });

  it('keeps one that was chosen elsewhere, and says why a choice was not taken', async () => {
    server.person.language = 'x-unknown';
    const page = await openSignedIn();
    expect(await page.locator('#language').inputValue()).toBe('x-unknown');
    server.refuse('language', 'internal');
    await press(page, words.language.submit);
    await page.getByRole('alert').getByText(en.problems.internal).waitFor();
  });
});

describe('the password', () => {
  async function openPassword() {
    const page = await openSignedIn();
    await press(page, words.passwords.open);
    await expect.poll(() => focused(page)).toBe('current-password');
    return page;
  }

  it('is changed with the current one and a new one twice, and ends the session', async () => {
    const page = await openPassword();
    await page.locator('#current-password').fill(PASSWORD);
    await page.locator('#new-password').fill(GOOD);
    await page.locator('#new-password-again').fill(GOOD);
    await page.keyboard.press('Enter');
    await waitForHeading(page, words.passwords.done.title);
    expect(sent('password')).toEqual([{ current: PASSWORD, next: GOOD }]);
    expect(await page.evaluate(() => history.state)).toBeNull();
    await press(page, words.passwords.signInAgain);
    await page.getByText(words.signIn.signedOff).waitFor();
    await signIn(page, GOOD);
  });

  it('is held to the rules of the reset page, the common ones among them, before anything is sent', async () => {
    const page = await openPassword();
    await page.locator('#new-password').fill('password1');
    await page.locator('[data-rule=common].rule-broken').waitFor();
    await page.locator('#new-password').fill('ana in the Attic');
    await page.locator('[data-rule=contains-name].rule-broken').waitFor();
    await page.locator('#new-password').fill('short');
    await page.locator('#new-password-again').fill('other');
    await page.keyboard.press('Enter');
    await page.getByText(en.faults['too-short']({ minLength: 8, maxLength: 128 })).waitFor();
    expect(await focused(page)).toBe('new-password');
    await page.getByRole('button', { name: en.choose.showPassword }).first().click();
    expect(await page.locator('#new-password').getAttribute('type')).toBe('text');
    expect(sent('password')).toEqual([]);
  });

  it.each([
    ['password-wrong', 'notice'],
    ['jellyfin-unreachable', 'notice'],
    ['password-refused', 'new-password'],
  ] as const)('keeps what was typed at %s, and goes to where it is said', async (code, place) => {
    const page = await openPassword();
    server.refuse('password', code, code === 'password-refused' ? ['common'] : undefined);
    await page.locator('#current-password').fill(PASSWORD);
    await page.locator('#new-password').fill(GOOD);
    await page.locator('#new-password-again').fill(GOOD);
    await press(page, words.passwords.submit);
    const sentence =
      code === 'password-refused' ? en.faults.common({ minLength: 8, maxLength: 128 }) : en.problems[code];
    await page.getByText(sentence).waitFor();
    await expect.poll(() => focused(page)).toBe(place);
    expect(await page.locator('#new-password').inputValue()).toBe(GOOD);
    server.refuse('password', undefined);
    await press(page, words.passwords.submit);
    await waitForHeading(page, words.passwords.done.title);
  });

  it('is sent once by two presses, and the page says that it takes its time', async () => {
    const page = await openPassword();
    const letGo = server.hold('password');
    await page.locator('#current-password').fill(PASSWORD);
    await page.locator('#new-password').fill(GOOD);
    await page.locator('#new-password-again').fill(GOOD);
    await page.keyboard.press('Enter');
    await page.getByText(en.choose.workingHint).waitFor();
    await page.keyboard.press('Enter');
    letGo();
    await waitForHeading(page, words.passwords.done.title);
    expect(sent('password')).toHaveLength(1);
  });

  it('cannot be changed here where another system keeps it', async () => {
    server.person.hasLocalPassword = false;
    const page = await openSignedIn();
    await page.getByText(words.passwords.elsewhere).waitFor();
    expect(await page.locator('#change-password').count()).toBe(0);
  });
});

describe('what happened lately', () => {
  it('has words for what we know and the name of what we do not, with time and place', async () => {
    const page = await openSignedIn({ timezoneId: 'Pacific/Auckland' });
    const lines = page.locator('section[aria-labelledby=events-title] li');
    expect(await lines.count()).toBe(6);
    expect(await lines.nth(0).innerText()).toContain(`${words.events.words['contact-changed']} (Telegram)`);
    // 05:06 UTC is 18:06 there.
    expect(await lines.nth(0).innerText()).toMatch(/4 Mar 2026|Mar 4, 2026/);
    expect(await lines.nth(0).innerText()).toContain('6:06');
    expect(await lines.nth(0).innerText()).toContain(words.events.home);
    expect(await lines.nth(1).innerText()).toContain('something-of-tomorrow');
    expect(await lines.nth(1).innerText()).toContain('203.0.113.0/24');
    await press(page, words.events.more);
    await expect.poll(() => lines.count()).toBe(9);
    expect(await lines.last().innerText()).toContain(`${words.events.words['message-sent']} (${words.mail})`);
    expect(await lines.last().innerText()).toContain(words.events.administrator);
    expect(await lines.nth(0).innerText()).not.toContain(words.events.administrator);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      await lines.nth(6).evaluate((line) => line.textContent),
    );
    expect(await page.getByRole('button', { name: words.events.more }).count()).toBe(0);
  });

  it('says so where nothing has', async () => {
    server.person.events = [];
    const page = await openSignedIn();
    await page.getByText(words.events.none).waitFor();
  });
});

describe('devices', () => {
  it('are signed out one by one, or all; their names are text, whatever they look like', async () => {
    const page = await openSignedIn();
    await page.getByText('<b>Phone</b>').waitFor();
    await press(page, words.devices.signOut, 'Living room');
    await page.getByRole('status').getByText(words.devices.signedOut).waitFor();
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(await page.getByText('Living room').count()).toBe(0);
    await press(page, words.devices.all);
    await page.getByText(words.devices.allSignedOut).waitFor();
    await page.getByText(words.devices.none).waitFor();
    expect(sent('devices/sign-out')).toEqual([{ id: 'd1' }, {}]);
  });

  it('are not told where that cannot be known', async () => {
    server.person.devices = undefined;
    const page = await openSignedIn();
    await page.getByText(words.devices.unknown).waitFor();
  });

  it('are changed one at a time: a second press waits for nothing, it does nothing', async () => {
    const page = await openSignedIn();
    const letGo = server.hold('devices/sign-out');
    await press(page, words.devices.all);
    await page.locator('#all-devices .wheel').waitFor();
    await page.locator('#all-devices').click({ force: true });
    await press(page, words.devices.signOut, 'Living room');
    await press(page, words.language.submit);
    await press(page, words.signOff);
    letGo();
    await page.getByText(words.devices.allSignedOut).waitFor();
    expect(sent('devices/sign-out')).toEqual([{}]);
    expect([...sent('language'), ...sent('sign-out')]).toEqual([]);
  });
});
