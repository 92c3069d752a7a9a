import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../injector/kit/translations.ts';
import { loadStrings } from '../../ui/language.ts';
import { en } from '../../ui/strings/en.ts';
import { TOKEN, usePagesInBrowser, waitForHeading } from '../support/browser/pages-in-browser.ts';

const PIN = '01ABCDEFGHJKMN9Z';
const inBrowser = usePagesInBrowser();
const address = (fragment = ''): string => `${inBrowser.pages().address}pin${fragment}`;

describe('the page for PINs', () => {
  it('with the link of a message has one button, sends nothing by itself, and leads on when it is pressed', async () => {
    inBrowser.pages().answer('pins', 200, { token: TOKEN });
    const { page } = await inBrowser.open();
    await page.goto(address(`#${PIN}`));
    await waitForHeading(page, en.pin.title);
    expect(page.url()).toBe(address());
    expect(await page.locator('button, input, a').count()).toBe(1);
    await page.reload();
    await page.getByText(en.pin.go).waitFor();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(inBrowser.sentTo('pins')).toEqual([]);

    await page.getByRole('button', { name: en.pin.submit }).click();
    await waitForHeading(page, en.choose.title);
    expect(inBrowser.sentTo('pins')).toEqual([{ pin: PIN }]);
    expect(inBrowser.sentTo('links')).toEqual([{ token: TOKEN }]);
    expect(page.url()).toBe(`${inBrowser.pages().address}reset`);
  });

  it('without one asks for the PIN, which goes out as it was typed', async () => {
    inBrowser.pages().answer('pins', 200, { token: TOKEN });
    const { page } = await inBrowser.open();
    await page.goto(address());
    expect(await page.getByRole('link', { name: en.backToSignIn }).getAttribute('href')).toContain('web/');
    await page.getByText(en.pin.type).waitFor();
    await page.locator('button[type=submit]').click();
    await page.getByText(en.pin.empty).waitFor();
    await page.locator('#pin').fill(' 01ab-cdef-ghjk-mn9z ');
    await page.keyboard.press('Enter');
    await waitForHeading(page, en.choose.title);
    expect(inBrowser.sentTo('pins')).toEqual([{ pin: '01ab-cdef-ghjk-mn9z' }]);
  });

  it.each([
    ['link-unknown', en.pin.unknown],
    ['link-expired', en.pin.expired],
    ['link-used', en.pin.used],
  ])('says %s in words, offers a new one, and lets another PIN be typed', async (code, sentence) => {
    inBrowser.pages().answer('pins', 404, { code, message: '' });
    const { page } = await inBrowser.open();
    await page.goto(address(`#${PIN}`));
    await page.locator('button[type=submit]').click();
    await page.locator('.notice', { hasText: sentence }).waitFor();
    expect(await page.getByRole('link', { name: en.pin.askAgain }).getAttribute('href')).toBe('account');
    await page.locator('#pin').waitFor();
    await page.reload();
    await page.locator('#pin').waitFor();
  });

  it.each([
    [409, 'link-busy', en.problems['link-busy']],
    [429, 'too-many-requests', en.problems['too-many-requests']],
    [0, '', en.problems['no-connection']],
  ])('keeps the PIN of the link at a %i, and tries it again', async (status, code, sentence) => {
    inBrowser.pages().answer('pins', status, { code, message: '' });
    const { page, complaints } = await inBrowser.open();
    await page.goto(address(`#${PIN}`));
    await page.locator('button[type=submit]').click();
    await page.locator('.notice', { hasText: sentence }).waitFor();
    expect(await page.locator('#pin').count()).toBe(0);
    inBrowser.pages().answer('pins', 200, { token: TOKEN });
    await page.locator('button[type=submit]').click();
    await waitForHeading(page, en.choose.title);
    complaints.length = 0;
  });

  it('of a link that was cut off asks for the PIN instead', async () => {
    const { page } = await inBrowser.open();
    await page.goto(address('#01AB-CD'));
    await page.locator('.notice', { hasText: en.pin.broken }).waitFor();
    await page.locator('#pin').waitFor();
    // Another one pasted over it in the same tab.
    await page.goto(address(`#${PIN}`));
    await page.getByText(en.pin.go).waitFor();
  });

  it.each(LANGUAGES)('speaks %s, and fits on a screen of 320 pixels', async (language) => {
    const strings = await loadStrings(language);
    const { page } = await inBrowser.open({
      locale: language,
      viewport: { width: 320, height: 568 },
    });
    await page.goto(address());
    await page.getByText(strings.pin.type).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it.each(['dark', 'light'] as const)(
    'has no accessibility problem axe can find, in %s',
    async (colorScheme) => {
      const { page } = await inBrowser.open({ colorScheme }, axe.source);
      const check = async (place: string) => {
        const found = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        });
        expect(found, place).toEqual([]);
      };
      await page.goto(address(`#${PIN}`));
      await page.getByText(en.pin.go).waitFor();
      await check('one button');
      inBrowser.pages().answer('pins', 404, { code: 'link-unknown', message: '' });
      await page.locator('button[type=submit]').click();
      await page.locator('.notice').waitFor();
      await check('wrong PIN');
    },
  );
});

it('My Account leads to the page for PINs where messages hold one', async () => {
  inBrowser.pages().answer('reset-requests', 202, { holds: 'pin' });
  const { page } = await inBrowser.open();
  await page.goto(`${inBrowser.pages().address}account`);
  await page.locator('#username').fill('ana');
  await page.keyboard.press('Enter');
  await page.getByText(en.askedPin.sentences[0] ?? '').waitFor();
  await page.getByRole('link', { name: en.askedPin.enter }).click();
  await page.getByText(en.pin.type).waitFor();
});
