import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { createStage, type Stage } from '../support/gatehouse.ts';
import { IS_RUN_SPLIT } from '../support/house.ts';
import { askForgotPassword, openJellyfin, shownPage, signIn } from '../support/jellyfin-screen.ts';
import type { Subject, SubjectUser } from '../support/subject.ts';
import { findSubjects } from '../support/subjects.ts';

/** Chooses a password on our page, as a person would: types, repeats, presses the button. */
async function choosePassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.locator('input[autocomplete="new-password"]').first().fill(password);
  await page.locator('input[autocomplete="new-password"]').nth(1).fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: /password (was|is) changed|changed/i }).waitFor();
}

/** Without the errors that built clients of 10.8 to 10.10 throw by themselves in a new Chromium, with or without us. */
function ours(errors: readonly string[]): string[] {
  return errors.filter((error) => !/scrollTo|^Response$/.test(error));
}

const kinds = findSubjects().map((kind) => ({ ...kind, isSplit: IS_RUN_SPLIT }));
/** The newest once more, with injector and reset service as two halves; all of them: `npm run test:split`. */
const apart = kinds
  .slice(-1)
  .map((kind) => ({ ...kind, title: `${kind.title}, in two halves`, isSplit: true }));

describe.each([...kinds, ...apart])('on $title', { timeout: 90_000 }, ({ open, isSplit }) => {
  let browser: Browser;
  let subject: Subject;
  let stage: Stage;
  let alice: SubjectUser;
  let bob: SubjectUser;

  beforeAll(async () => {
    browser = await launchChromium();
    subject = await open();
    stage = await createStage(subject, {}, isSplit);
    [alice, bob] = subject.users as [SubjectUser, SubjectUser];
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await subject?.close();
  });

  async function linkOf(number: number): Promise<string> {
    const messages = await stage.inbox.waitFor(number);
    const link = /https?:\/\/\S+\/gatehouse\/reset#[\w-]{43}/.exec(messages[number - 1]?.text ?? '')?.[0];
    if (link === undefined) throw new Error('the message has no link');
    return link;
  }

  it('Forgot Password leads over a message and a new password to a sign-in, once', async () => {
    await stage.reload({});
    const before = stage.inbox.messages.length;
    const screen = await openJellyfin(browser, `${stage.url}/web/index.html`);
    expect(await askForgotPassword(screen.page, alice.name)).toMatch(/check your messages/i);
    expect(await screen.page.locator('.dialogContainer').innerText()).not.toMatch(
      /passwordreset|\.json|file/i,
    );
    const link = await linkOf(before + 1);

    await choosePassword(screen.page, link, 'correct horse staple');
    expect(screen.page.url()).not.toContain(link.split('#')[1]);
    await screen.page.getByRole('link', { name: /sign in/i }).click();
    await shownPage(screen.page, '#loginPage');
    await signIn(screen.page, alice.name, 'correct horse staple');

    await stage.inbox.waitFor(before + 2);
    expect(stage.inbox.messages[before + 1]?.subject).toMatch(/was changed/);
    expect(ours(screen.errors)).toEqual([]);
    await screen.close();

    const again = await browser.newPage();
    await again.goto(link);
    await again.getByRole('heading', { name: /used/i }).waitFor();
    expect(await again.locator('input[autocomplete="new-password"]').count()).toBe(0);
    await again.close();
  });

  it('with show: account, the button leads to My Account and a mail address starts the same way', async () => {
    await stage.reload({ mods: 'forgot-password: { show: account }' });
    const before = stage.inbox.messages.length;
    const screen = await openJellyfin(browser, `${stage.url}/web/index.html`);
    await screen.page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    await screen.page.waitForURL(`${stage.url}/gatehouse/account`);
    await screen.page.locator('input').first().fill(`${bob.name}@example.org`);
    await screen.page.locator('button[type=submit]').click();
    await screen.page.getByRole('heading', { name: /check your messages/i }).waitFor();

    await choosePassword(screen.page, await linkOf(before + 1), 'another fine phrase');
    await screen.page.getByRole('link', { name: /sign in/i }).click();
    await shownPage(screen.page, '#loginPage');
    await signIn(screen.page, bob.name, 'another fine phrase');
    expect(ours(screen.errors)).toEqual([]);
    await screen.close();
  });
});
