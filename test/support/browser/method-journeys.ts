import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ResetMethod } from '../../../server/config/methods.ts';
import { en } from '../../../ui/strings/en.ts';
import type { Subject, SubjectUser } from '../jellyfin/subject.ts';
import type { Stage } from '../program/gatehouse.ts';
import {
  askForgotPassword,
  type JellyfinScreen,
  openJellyfin,
  shownPage,
  signIn,
} from './jellyfin-screen.ts';

/** Where people are who forgot their password, as the proxy in front of Gatehouse says. */
export const PLACES = { home: '192.168.1.20', outside: '203.0.113.7' } as const;

/** Name of a place. */
export type Place = keyof typeof PLACES;

/** What a journey is made of. */
export interface MethodJourney {
  readonly browser: Browser;
  readonly stage: Stage;
  readonly subject: Subject;
  readonly user: SubjectUser;
  readonly place: Place;
  /** The password that is chosen in the end; must not be the one of now. */
  readonly password: string;
  /** Calls below Users/ForgotPassword that reach Jellyfin meanwhile; default none. */
  readonly reached?: readonly string[];
}

const NEW_PASSWORD = 'input[autocomplete="new-password"]';

/** Chooses a password on our page, as a person would: types, repeats, presses the button. */
export async function choosePassword(page: Page, password: string): Promise<void> {
  await page.locator(NEW_PASSWORD).first().fill(password);
  await page.locator(NEW_PASSWORD).nth(1).fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: /changed/i }).waitFor();
}

/** Without the errors that built clients of 10.8 to 10.10 throw by themselves in a new Chromium, with or without us. */
export function ours(errors: readonly string[]): string[] {
  return errors.filter((error) => !/scrollTo|^Response$/.test(error));
}

/** What the message says, once the message of that number is there. */
async function readMessage(stage: Stage, number: number, pattern: RegExp): Promise<string> {
  const messages = await stage.inbox.waitFor(number, 60_000);
  const found = pattern.exec(messages[number - 1]?.text ?? '')?.[0];
  if (found === undefined) throw new Error(`the message has nothing like ${pattern}`);
  return found;
}

const LINK = /https?:\/\/\S+\/gatehouse\/reset#[\w-]{43}/;
const PIN_LINK = /https?:\/\/\S+\/gatehouse\/pin#[\w-]{16}/;
const PIN = /\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/;

/** Sends a PIN from Jellyfin's own PIN page. */
export async function sendPin(page: Page, pin: string): Promise<void> {
  const form = page.locator('.forgotPasswordPinPage:not(.hide)');
  await form.locator('#txtPin').fill(pin);
  await form.locator('button[type=submit]').click();
}

/** Presses the button of the client's dialog and waits until it is gone, and the step back that closing it makes. */
async function closeDialog(page: Page): Promise<void> {
  await page.locator('.dialogContainer .btnOption').click();
  await page.locator('.dialogContainer').waitFor({ state: 'detached' });
}

/** Asks with Jellyfin's form and presses the button of the dialog, which says nothing of files. */
async function askWithForm(page: Page, name: string, said: RegExp): Promise<void> {
  expect(await askForgotPassword(page, name)).toMatch(said);
  expect(await page.locator('.dialogContainer').innerText()).not.toMatch(/passwordreset|\.json|file/i);
  await closeDialog(page);
}

/** Each way from the login page to the page where a password is chosen; answers how to try the same secret again. */
const WAYS: Readonly<
  Record<ResetMethod, (journey: MethodJourney, screen: JellyfinScreen) => Promise<() => Promise<void>>>
> = {
  async link({ stage, user }, { page }) {
    const number = stage.inbox.messages.length + 1;
    await askWithForm(page, user.name, /check your messages.*link is on its way/is);
    const link = await readMessage(stage, number, LINK);
    await page.goto(link);
    return () => seeThatItIsUsed(page, link);
  },

  async account({ stage, user }, { page }) {
    const number = stage.inbox.messages.length + 1;
    await page.locator('#loginPage:not(.hide) .btnForgotPassword').click();
    await page.waitForURL(`${stage.url}/gatehouse/account`);
    await page.locator('#username').fill(`${user.name}@example.org`);
    await page.getByRole('button', { name: en.account.submit }).click();
    const link = await readMessage(stage, number, LINK);
    await page.goto(link);
    return () => seeThatItIsUsed(page, link);
  },

  async pin({ stage, user }, { page }) {
    const number = stage.inbox.messages.length + 1;
    await askWithForm(page, user.name, /check your messages.*PIN is on its way/is);
    await shownPage(page, '.forgotPasswordPinPage');
    const pin = await readMessage(stage, number, PIN);
    await sendPin(page, 'AAAA-AAAA-AAAA-AAAA');
    await page.locator('.dialogContainer', { hasText: /invalid or expired PIN/i }).waitFor();
    await closeDialog(page);
    await sendPin(page, pin.toLowerCase().replaceAll('-', ' '));
    await page.waitForURL(`${stage.url}/gatehouse/reset*`);
    return async () => {
      await page.goto(`${stage.url}/gatehouse/pin`);
      await page.locator('#pin').fill(pin);
      await page.locator('button[type=submit]').click();
      await page.getByText(/PIN is used up/).waitFor();
    };
  },

  async 'pin-link'({ browser, stage, subject, user, place }, { page }) {
    const number = stage.inbox.messages.length + 1;
    await askWithForm(page, user.name, /check your messages.*PIN is on its way/is);
    await shownPage(page, '.forgotPasswordPinPage');
    const link = await readMessage(stage, number, PIN_LINK);
    const device = await browser.newContext({
      locale: 'en-US',
      extraHTTPHeaders: { 'X-Forwarded-For': PLACES[place] },
    });
    // At home on a device with a session of the client, from outside on one that never saw it.
    if (place === 'home') {
      const client = await device.newPage();
      await client.goto(`${stage.url}/web/index.html`);
      await shownPage(client, '#loginPage');
      await signIn(client, user.name, subject.fake?.user(user.name).password ?? user.password);
    }
    const opened = await device.newPage();
    await opened.goto(link);
    expect(await opened.locator('button').count()).toBe(1);
    await opened.locator('button').click();
    await opened.waitForURL(`${stage.url}/gatehouse/reset*`);
    const token = (await opened.evaluate<{ resetToken: string }>('history.state')).resetToken;
    await device.close();
    await page.goto(`${stage.url}/gatehouse/reset#${token}`);
    return async () => {
      await page.goto(link);
      await page.locator('button').click();
      await page.getByText(/PIN is used up/).waitFor();
    };
  },
};

async function seeThatItIsUsed(page: Page, link: string): Promise<void> {
  // Only the fragment differs from the page before, if it was the same one.
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { name: /used/i }).waitFor();
  expect(await page.locator(NEW_PASSWORD).count()).toBe(0);
}

/**
 * Goes the whole way of a method: login page, message in a real inbox, new password, notice, sign-in; then the same
 * secret again, which is refused. Until the password was chosen, the old one stays in force.
 */
export async function travel(method: ResetMethod, journey: MethodJourney): Promise<void> {
  const { browser, stage, subject, user, place, password } = journey;
  const before = subject.fake?.user(user.name).password;
  const asked = subject.fake?.journal.length ?? 0;
  const messages = stage.inbox.messages.length;
  const screen = await openJellyfin(browser, `${stage.url}/web/index.html`, 'en-US', {
    extraHTTPHeaders: { 'X-Forwarded-For': PLACES[place] },
  });
  try {
    const { page } = screen;
    const tryAgain = await WAYS[method](journey, screen);
    await page.locator(NEW_PASSWORD).first().waitFor();
    expect(page.url()).toBe(`${stage.url}/gatehouse/reset`);
    expect(subject.fake?.user(user.name).password).toBe(before);

    await choosePassword(page, password);
    await page.getByRole('link', { name: /sign in/i }).click();
    await shownPage(page, '#loginPage');
    await signIn(page, user.name, password);
    const [, notice] = (await stage.inbox.waitFor(messages + 2, 60_000)).slice(messages);
    expect(notice?.subject).toMatch(/was changed/);
    await tryAgain();
    expect(ours(screen.errors)).toEqual([]);
  } finally {
    await screen.close();
  }
  const reached = subject.fake?.journal.slice(asked).map(({ path }) => path) ?? [];
  const forgot = reached.filter((path) => /users\/forgotpassword/i.test(path));
  expect(forgot).toEqual(journey.reached ?? []);
}
