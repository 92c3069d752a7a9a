import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import { focused, press, useAccountInBrowser } from '../../support/browser/account-in-browser.ts';
import { BOT_CODE, SENT_CODE } from '../../support/browser/account-server.ts';
import { waitForHeading } from '../../support/browser/pages-in-browser.ts';

const words = en.myAccount;
const PASSWORD = 'the old one 1';
const { server, openSignedIn, sent } = useAccountInBrowser();

const named = (page: Page) => page.locator('ol strong').allInnerTexts();

/** Waits for a sentence, and for the focus to go to it. */
async function problem(page: Page, sentence: string): Promise<void> {
  await page.getByRole('alert').getByText(sentence).waitFor();
  await expect.poll(() => focused(page)).toBe('notice');
}

/** Opens the room of a channel, and fills in what it asks for. */
async function begin(page: Page, label: string, about: string, address?: string, password = PASSWORD) {
  await press(page, label, about);
  if (address !== undefined) await page.locator('#contact-address').fill(address);
  await page.locator('#current-password').fill(password);
  await page.keyboard.press('Enter');
}

describe('contacts of My Account', () => {
  it('stand in their order with their state, and each says what can be done about it', async () => {
    const page = await openSignedIn();
    expect(await named(page)).toEqual([words.mail, 'Telegram']);
    expect(await page.locator('ol .state').allInnerTexts()).toEqual([
      words.contacts.verified,
      words.contacts.refused,
    ]);
    expect(await page.locator('ol bdi').allInnerTexts()).toEqual(['a…@example.org', '…89']);
    expect(await page.locator('ul[aria-labelledby=more-title] strong').allInnerTexts()).toEqual([
      'Discord',
      'ntfy',
    ]);
  });

  it('that nobody proved yet get the code again, without the address, and the page says where it went', async () => {
    server.person.contacts = [{ channel: 'email', address: 'a…@example.org', state: 'unverified' }];
    const page = await openSignedIn();
    await press(page, words.linking.sendCode, words.mail);
    await waitForHeading(page, words.linking.confirmTitle);
    expect(await page.locator('#contact-address').count()).toBe(0);
    await page.locator('#current-password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('#contact-code:focus').waitFor();
    const told = await page.getByRole('status').innerText();
    expect(told.split('\n')).toEqual([words.linking.codeSent, `${words.mail} a…@example.org`]);
    expect(sent('contacts/begin')).toEqual([{ channel: 'email', password: PASSWORD }]);
    await page.keyboard.type(SENT_CODE);
    await page.keyboard.press('Enter');
    await page.getByText(words.contacts.verified).waitFor();
    expect(await page.getByRole('button', { name: words.linking.sendCode }).count()).toBe(0);
  });

  it('are put into another order by keys, and the focus stays on what was moved', async () => {
    const page = await openSignedIn();
    await page.locator('#up-telegram').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => named(page)).toEqual(['Telegram', words.mail]);
    await page.getByRole('status').getByText(words.contacts.moved).waitFor({ state: 'attached' });
    expect(await focused(page)).toBe('up-telegram');
    // It is at the top: one more does nothing.
    await page.keyboard.press('Enter');
    await press(page, words.contacts.down, 'Telegram');
    await expect.poll(() => named(page)).toEqual([words.mail, 'Telegram']);
    expect(await focused(page)).toBe('down-telegram');
    expect(sent('contacts/order')).toEqual([
      { channels: ['telegram', 'email'] },
      { channels: ['email', 'telegram'] },
    ]);
  });

  it('stay as they were when a new order was not taken', async () => {
    const page = await openSignedIn();
    server.refuse('contacts/order', 'unavailable');
    await press(page, words.contacts.down, words.mail);
    await problem(page, en.problems.unavailable);
    expect(await named(page)).toEqual([words.mail, 'Telegram']);
  });

  it('say so when there is none, and offer every channel', async () => {
    server.person.contacts = [];
    const page = await openSignedIn();
    await page.getByText(words.contacts.none).waitFor();
    expect(await page.getByRole('button', { name: new RegExp(`^${words.contacts.add}: `) }).count()).toBe(4);
  });

  it('on a channel that the server has no more can only be removed', async () => {
    server.person.contacts = [{ channel: 'matrix', address: '@a…:x', state: 'unverified' }];
    const page = await openSignedIn();
    expect(await page.locator('ol button').allInnerTexts()).toEqual([words.contacts.remove]);
  });
});

describe('a contact that gets a code', () => {
  it('is replaced: the password again, the address, the code', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.replace, words.mail, ' new@example.org ');
    await waitForHeading(page, words.linking.replaceTitle);
    await page.locator('#contact-code').fill(` ${SENT_CODE} `);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(words.contacts.saved).waitFor();
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(await page.locator('ol bdi').first().innerText()).toBe('ne…');
    expect(sent('contacts/begin')).toEqual([
      { channel: 'email', address: 'new@example.org', password: PASSWORD },
    ]);
    expect(sent('contacts/confirm')).toEqual([{ channel: 'email', code: SENT_CODE }]);
  });

  it('is added on a channel that had none', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.add, 'ntfy', 'https://ntfy.example.org/ana');
    await page.locator('#contact-code').fill(SENT_CODE);
    await press(page, words.linking.confirm);
    await page.getByText(words.contacts.saved).waitFor();
    expect(await named(page)).toEqual([words.mail, 'Telegram', 'ntfy']);
  });

  it.each([
    ['password-wrong', 'new@example.org', 'wrong'],
    ['address-refused', 'new', PASSWORD],
  ] as const)('keeps the form at %s, and goes to the sentence', async (code, address, password) => {
    const page = await openSignedIn();
    await begin(page, words.contacts.replace, words.mail, address, password);
    await problem(page, en.problems[code]);
    expect(await page.locator('#contact-address').inputValue()).toBe(address);
    await page.locator('#contact-address').fill('new@example.org');
    await page.locator('#current-password').fill(PASSWORD);
    await press(page, words.linking.sendCode);
    await page.locator('#contact-code').waitFor();
  });

  it('asks for an address and a code that are not there', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.replace, words.mail, '  ');
    await page.getByText(words.linking.emptyAddress).waitFor();
    expect(await focused(page)).toBe('contact-address');
    expect(sent('contacts/begin')).toEqual([]);
    await page.locator('#contact-address').fill('new@example.org');
    await page.keyboard.press('Enter');
    await page.locator('#contact-code').waitFor();
    await press(page, words.linking.confirm);
    await page.getByText(words.linking.emptyCode).waitFor();
    expect(await focused(page)).toBe('contact-code');
    expect(sent('contacts/confirm')).toEqual([]);
  });

  it('may have its code typed again after a wrong one, and begins anew after one that expired', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.replace, words.mail, 'new@example.org');
    await page.locator('#contact-code').fill('000');
    await page.keyboard.press('Enter');
    await problem(page, en.problems['code-wrong']);
    server.refuse('contacts/confirm', 'code-expired');
    await page.locator('#contact-code').press('Enter');
    await problem(page, en.problems['code-expired']);
    expect(await page.locator('#contact-address').inputValue()).toBe('new@example.org');
    expect(await page.locator('#current-password').inputValue()).toBe('');
  });

  it('begins anew by the button, too, and is sent once by two presses', async () => {
    const page = await openSignedIn();
    const letGo = server.hold('contacts/begin');
    await begin(page, words.contacts.replace, words.mail, 'new@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words.working }).click({ force: true });
    letGo();
    await page.locator('#contact-code').waitFor();
    expect(sent('contacts/begin')).toHaveLength(1);
    await press(page, words.linking.noCode);
    await expect.poll(() => focused(page)).toBe('contact-address');
  });
});

describe('a contact that sends a code to a bot', () => {
  it('is replaced: the code, the bot, a link and a picture of it; the page sees when it is done', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.replace, 'Telegram');
    await page.locator('.code', { hasText: BOT_CODE }).waitFor();
    await page.getByText('attic_bot').waitFor();
    const link = page.getByRole('link', { name: words.linking.openBot });
    expect(await link.getAttribute('href')).toBe(`https://t.me/attic_bot?start=${BOT_CODE}`);
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    const picture = page.getByRole('img', { name: words.linking.qr });
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
    const before = sent('view').length;
    await expect.poll(() => sent('view').length).toBeGreaterThan(before);
    server.bringCode();
    await page.getByText(words.contacts.saved).waitFor();
    expect(await page.locator('ol .state').nth(1).innerText()).toContain(words.contacts.verified);
    expect(sent('contacts/begin')).toEqual([{ channel: 'telegram', password: PASSWORD }]);
  });

  it('shows no link and no picture where the service has none, and waits through a bad connection', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.add, 'Discord');
    await page.locator('.code').waitFor();
    expect(await page.locator('a, img').count()).toBe(0);
    server.refuse('view', 'no-connection');
    const before = sent('view').length;
    await expect.poll(() => sent('view').length).toBeGreaterThan(before);
    server.refuse('view', undefined);
    server.bringCode();
    await page.getByText(words.contacts.saved).waitFor();
    expect(await named(page)).toEqual([words.mail, 'Telegram', 'Discord']);
  });

  it('begins anew where the code was waited for no more, or for ten minutes', async () => {
    server.person.contacts = [];
    const page = await openSignedIn();
    await page.clock.install();
    await begin(page, words.contacts.add, 'Telegram');
    await page.locator('.code').waitFor();
    await page.clock.fastForward('11:00');
    await problem(page, en.problems['code-expired']);
    await page.locator('#current-password').fill(PASSWORD);
    await press(page, words.linking.getCode);
    await page.locator('.code').waitFor();
    await press(page, words.linking.noCode);
    await page.locator('#current-password').waitFor();
  });

  it('is where the sign-in is when the session ends meanwhile', async () => {
    const page = await openSignedIn();
    await begin(page, words.contacts.add, 'Discord');
    await page.locator('.code').waitFor();
    server.endSessions();
    await problem(page, en.problems['signed-out']);
    await page.locator('#sign-in-name').waitFor();
  });
});
