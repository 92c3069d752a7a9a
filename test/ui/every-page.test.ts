import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directionOf, LANGUAGES } from '../../injector/kit/translations.ts';
import { loadStrings } from '../../ui/language.ts';
import { en } from '../../ui/strings/en.ts';
import {
  choosePassword,
  TOKEN,
  usePagesInBrowser,
  waitForHeading,
} from '../support/browser/pages-in-browser.ts';
import { servePages } from '../support/browser/scripted-pages.ts';

const GOOD = 'a fine long day';
const MAX_SCRIPT_BYTES = 40_000;
const MAX_WORDS_BYTES = 6_500;

const inBrowser = usePagesInBrowser();

describe('our pages', () => {
  it.each(['', '/a/b/c'])('work below any path: "%s/gatehouse/"', async (base) => {
    const elsewhere = await servePages(inBrowser.folder(), base);
    onTestFinished(() => elsewhere.close());
    elsewhere.answer('reset-requests', 202);
    const page = (await inBrowser.open()).page;
    await page.goto(`${elsewhere.address}account`);
    await page.locator('#username').fill('ana');
    await page.keyboard.press('Enter');
    await waitForHeading(page, en.asked.title);
    await page.getByRole('link', { name: en.backToSignIn }).click();
    await page.waitForURL(`**${base}/web/index.html`);
  });

  it.each(LANGUAGES)('speak %s, and fit on a screen of 320 pixels in it', async (language) => {
    const strings = await loadStrings(language);
    const page = await inBrowser.openLink({
      locale: language,
      viewport: { width: 320, height: 568 },
    });
    await waitForHeading(page, strings.choose.title);
    await page.locator('#new-password').fill('x');
    await page.keyboard.press('Enter');
    await page.locator('.error').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.locator('html').getAttribute('dir')).toBe(directionOf(language));
    expect(await page.title()).toBe(strings.choose.title);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('tell people without JavaScript what to do', async () => {
    const page = await inBrowser.openLink({ javaScriptEnabled: false });
    expect(await page.locator('body').innerText()).toContain('This page needs JavaScript');
  });

  it.each(['account', `reset#${TOKEN}`, 'pin'])(
    'leave what is typed as it is typed, in every field of %s',
    async (address) => {
      const { page } = await inBrowser.open();
      await page.goto(`${inBrowser.pages().address}${address}`);
      await page.locator('input').first().waitFor();
      const fields = await page
        .locator('input')
        .evaluateAll((inputs) =>
          inputs.map((input) =>
            ['autocorrect', 'autocapitalize', 'spellcheck'].map((name) => input.getAttribute(name)),
          ),
        );
      for (const field of fields) expect(field).toEqual(['off', 'none', 'false']);
    },
  );

  it('leave no way from a string to markup: the policy that was kept all along does bite', async () => {
    const { page, complaints } = await inBrowser.open();
    await page.goto(`${inBrowser.pages().address}account`);
    await waitForHeading(page, en.account.title);
    const thrown = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>x</b>';
        return 'nothing';
      } catch (error) {
        return String(error);
      }
    });
    expect(thrown).toContain('TrustedHTML');
    await expect.poll(() => complaints).toEqual(['Broken policy: require-trusted-types-for']);
    complaints.length = 0;
  });

  it.each(['dark', 'light'] as const)(
    'have no accessibility problem axe can find, in %s',
    async (colorScheme) => {
      const page = await inBrowser.openLink({ colorScheme }, axe.source);
      const check = async (place: string) => {
        const found = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        });
        expect(found, place).toEqual([]);
      };
      await page.locator('#new-password').waitFor();
      await check('empty form');
      await choosePassword(page, 'ana', 'x');
      await page.locator('.error').nth(1).waitFor();
      await check('form with errors');
      inBrowser.pages().answer('passwords', 503, { code: 'jellyfin-unreachable', message: '' });
      await choosePassword(page, GOOD);
      await page.locator('.notice').waitFor();
      await check('form with a problem');
      inBrowser.pages().answer('passwords', 200, { signInUrl: '../web/index.html' });
      await choosePassword(page, GOOD);
      await waitForHeading(page, en.ends.done.title);
      await check('done');
      await page.goto(`${inBrowser.pages().address}account`);
      await waitForHeading(page, en.account.title);
      await check('account');
      await page.locator('#username').fill('ana');
      await page.keyboard.press('Enter');
      await waitForHeading(page, en.asked.title);
      await check('asked');
    },
  );

  it('are one small script, one stylesheet and the words of one language, with nothing inline and nothing from elsewhere', async () => {
    const files = await readdir(join(inBrowser.folder(), 'assets'));
    const named = (pattern: RegExp) => files.filter((file) => pattern.test(file));
    const [script = '', ...others] = named(/^pages-[\w-]{8}\.js$/);
    expect([...others, ...named(/^pages-[\w-]{8}\.css$/)]).toHaveLength(1);
    expect(named(/^words-[\w-]{8}\.js$/)).toHaveLength(LANGUAGES.length - 1);
    expect(files).toHaveLength(LANGUAGES.length + 1);
    const sizeOf = async (file: string) =>
      gzipSync(await readFile(join(inBrowser.folder(), 'assets', file)), { level: 9 }).length;
    expect(await sizeOf(script)).toBeLessThan(MAX_SCRIPT_BYTES);
    for (const words of named(/^words-/)) expect(await sizeOf(words)).toBeLessThan(MAX_WORDS_BYTES);
    const page = await readFile(join(inBrowser.folder(), 'index.html'), 'utf8');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    for (const address of addresses) expect(address).toMatch(/^(\.\/assets\/pages-|data:image\/svg\+xml,)/);
    expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  });
});
