import { readFile, stat } from 'node:fs/promises';
import axe from 'axe-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { expectAccessible } from '../support/browser/account-in-browser.ts';
import { askForgotPassword, openJellyfin, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { choosePassword } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { openSetup, prepareFirstStart, press, readCode, reply } from '../support/setup/first-start.ts';

const browser = useChromium();

const MAIL_USER = { user: 'films@example.org', pass: 'mail/pw #1' };

describe.each(['10.11.11', '12.0'] as const)('on Jellyfin %s', (version) => {
  it('an admin goes from an empty folder to a reset that arrives, without touching a file', {
    timeout: 240_000,
  }, async () => {
    const jellyfin = await createFakeJellyfin({ version });
    onTestFinished(() => jellyfin.close());
    const inbox = await createSmtpInbox({ login: MAIL_USER });
    onTestFinished(() => inbox.close());
    const began = performance.now();
    const place = await prepareFirstStart();
    const program = await place.start();
    const context = await browser().newContext({ viewport: { width: 375, height: 700 }, locale: 'en-US' });
    onTestFinished(() => context.close());
    await context.addInitScript(axe.source);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on(
      'console',
      (line) => void (/Content Security Policy/.test(line.text()) && complaints.push(line.text())),
    );

    await page.goto(`${place.url}/web/index.html`);
    await page.getByRole('link', { name: 'Set it up here' }).click();
    await page.getByLabel('Code from the log').waitFor();
    await expectAccessible(page, 'the code');
    await openSetup(page, place.url, (await readCode(program)).toLowerCase());
    await expectAccessible(page, 'a question');
    await reply(page, 'Address of Jellyfin', 'http://127.0.0.1:1');
    await page.getByText('could not be reached').waitFor();
    await expectAccessible(page, 'a refused answer');
    await reply(page, 'Address of Jellyfin', jellyfin.url);
    await press(page, 'User name of an administrator', 'By Quick Connect');
    await page.getByText('Type the code').waitFor();
    await expectAccessible(page, 'something under way');
    await page.getByRole('button', { name: 'Start again' }).click();
    await reply(page, 'Address of Jellyfin', jellyfin.url);
    await reply(page, 'User name of an administrator', 'admin');
    await reply(page, 'Password of admin', 'wrong-pw');
    await page.getByText('does not know that name with that password').waitFor();
    await reply(page, 'User name of an administrator', 'admin');
    await page.getByLabel('Password of admin').waitFor();
    await expectAccessible(page, 'a secret');
    await reply(page, 'Password of admin', 'admin-pw-1');
    await reply(page, 'Address of Gatehouse to add');
    await press(page, 'Restart Jellyfin now', 'Yes');
    await reply(page, 'Mail provider', inbox.url);
    await reply(page, 'Mail user name', MAIL_USER.user);
    await reply(page, 'Mail password of', 'slip of the finger');
    await reply(page, 'Sender of mails', 'Films <films@example.org>');
    // As the browser has it in its address.
    await reply(page, 'Address by which people reach');
    await page.getByText('refused user name or password').waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'yes or no');
    await press(page, 'Answer anew', 'Yes');
    await reply(page, 'Mail provider');
    await reply(page, 'Mail user name');
    await reply(page, 'Mail password of', MAIL_USER.pass);
    await reply(page, 'Sender of mails');
    await reply(page, 'Address by which people reach');
    await reply(page, 'Your own mail address', 'ada@example.org');
    await page.getByRole('heading', { level: 1, name: 'Gatehouse is set up' }).waitFor({ timeout: 60_000 });
    await expectAccessible(page, 'the end');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await expectAccessible(page, 'the end on a wide and light screen');

    const shown = await page.locator('main').innerText();
    expect(shown).toContain('Jellyfin was restarted, and sees each client.');
    expect(shown).toContain('Resets of admin reach the address you named.');
    expect(shown).toContain('3 of 4 users have no address, so no reset reaches them: alice, bob, carol.');
    expect(complaints).toEqual([]);
    expect((await stat(place.file)).mode & 0o777).toBe(0o600);
    expect(jellyfin.user('admin').tokens).toEqual([]);
    expect((await inbox.waitFor(1))[0]).toMatchObject({ to: 'ada@example.org' });

    await page.getByRole('link', { name: 'Go to Jellyfin' }).click();
    await page.waitForURL(/\/web\/index\.html/);
    const screen = await openJellyfin(browser(), `${place.url}/web/index.html`);
    onTestFinished(() => screen.close());
    expect(await askForgotPassword(screen.page, 'admin')).toMatch(/link is on its way/i);
    const mail = (await inbox.waitFor(2, 60_000))[1];
    process.stdout.write(
      `from nothing to a reset that arrives, in the browser: ${Math.round(performance.now() - began)} ms\n`,
    );
    await screen.page.goto(/http:\S+\/gatehouse\/reset#[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '');
    await choosePassword(screen.page, 'a fine new phrase');
    await screen.page.goto(`${place.url}/web/index.html`);
    await shownPage(screen.page, '#loginPage');
    await signIn(screen.page, 'admin', 'a fine new phrase');

    const key = /apiKey: (\w+)/.exec(await readFile(place.file, 'utf8'))?.[1] ?? 'none';
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    const log = JSON.stringify(program.lines);
    for (const secret of ['admin-pw-1', 'wrong-pw', MAIL_USER.pass, 'slip of the finger', key])
      expect([log.includes(secret), shown.includes(secret)], secret).toEqual([false, false]);
    expect(await program.end('SIGTERM')).toBe(0);
  });
});
