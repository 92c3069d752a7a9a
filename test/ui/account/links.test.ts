import { describe, expect, it } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import { focused, press, useAccountInBrowser } from '../../support/browser/account-in-browser.ts';
import { BOT_CODE, SENT_CODE } from '../../support/browser/account-server.ts';
import { TOKEN, waitForHeading } from '../../support/browser/pages-in-browser.ts';

const { undo, invitation, confirmation, linking, mail, back, toMyAccount, checkFailed } = en.myAccount;
const inBrowser = useAccountInBrowser();
const { server, openPage, sent } = inBrowser;

const posts = () =>
  inBrowser
    .pages()
    .seen.filter(({ method }) => method === 'POST')
    .map(({ url }) => url.split('/account/')[1]);

describe.each([
  ['undo', undo],
  ['invitation', invitation],
  ['confirm', confirmation],
] as const)('the link to %s', (name, words) => {
  it('changes nothing by being opened, and leaves the token out of the address', async () => {
    const page = await openPage(`${name}#${TOKEN}`);
    await page.locator('button').first().waitFor();
    await waitForHeading(page, words.title);
    await expect.poll(() => focused(page)).toBe('H1');
    expect(page.url()).toBe(`${inBrowser.pages().address}${name}`);
    expect(await page.locator('main').innerText()).toMatch(/ana.*Attic/);
    await page.waitForTimeout(300);
    expect(posts()).toEqual([`${name}/look`]);
    await page.reload();
    await page.locator('button').first().waitFor();
    expect(sent(`${name}/look`)).toEqual([{ token: TOKEN }, { token: TOKEN }]);
  });

  it.each(['unknown', 'expired', 'used'] as const)('says so when it is %s, and forgets it', async (end) => {
    server.refuse(`${name}/look`, `link-${end}`);
    const page = await openPage(`${name}#${TOKEN}`);
    await waitForHeading(page, words.ends[end].title);
    expect(await page.evaluate(() => history.state)).toBeNull();
    await page.getByRole('link', { name: toMyAccount }).click();
    await waitForHeading(page, en.account.title);
  });

  it('says so when part of it got lost, or it was opened without one, and asks nobody', async () => {
    const page = await openPage(`${name}#${TOKEN.slice(5)}`);
    await waitForHeading(page, words.ends.broken.title);
    await page.reload();
    await waitForHeading(page, words.ends.missing.title);
    expect(posts()).toEqual([]);
    await page.goto(`${inBrowser.pages().address}${name}#${TOKEN}`);
    await page.locator('button').first().waitFor();
  });

  it('can be looked at again after a failure', async () => {
    server.refuse(`${name}/look`, 'no-connection');
    const page = await openPage(`${name}#${TOKEN}`);
    await waitForHeading(page, checkFailed);
    await page.getByText(en.problems['no-connection']).waitFor();
    server.refuse(`${name}/look`, undefined);
    await press(page, en.tryAgain);
    await waitForHeading(page, words.title);
    await page.locator('button').first().waitFor();
  });
});

describe('undoing a change', () => {
  it('takes one press, and leads to a new password', async () => {
    const page = await openPage(`undo#${TOKEN}`);
    await page.getByText('Telegram').waitFor();
    const letGo = server.hold('undo');
    await press(page, undo.submit);
    await page.getByRole('button', { name: undo.working }).click({ force: true });
    letGo();
    await waitForHeading(page, undo.done.title);
    await page.getByText(undo.jellyfin.out).waitFor();
    await page.getByText(undo.cause.account).waitFor();
    await expect.poll(() => focused(page)).toBe('H1');
    expect(sent('undo')).toEqual([{ token: TOKEN }]);
    await page.getByRole('link', { name: undo.newPassword }).click();
    await waitForHeading(page, en.account.title);
  });

  it.each([
    ['unavailable', undefined],
    ['link-expired', 'expired'],
  ] as const)('that fails with %s says why, and can be tried again where that helps', async (code, end) => {
    const page = await openPage(`undo#${TOKEN}`);
    server.refuse('undo', code);
    await press(page, undo.submit);
    if (end !== undefined) {
      await waitForHeading(page, undo.ends[end].title);
      return;
    }
    await page.getByRole('alert').getByText(en.problems.unavailable).waitFor();
    await expect.poll(() => focused(page)).toBe('notice');
    server.refuse('undo', undefined);
    await press(page, undo.submit);
    await waitForHeading(page, undo.done.title);
  });
});

it('undoing what came by an invitation blames no password, and says so where Jellyfin signs nobody out', async () => {
  server.person.undone = { by: 'invitation', isJellyfinSignedOut: false };
  const page = await openPage(`undo#${TOKEN}`);
  await press(page, undo.submit);
  await waitForHeading(page, undo.done.title);
  await page.getByText(undo.jellyfin.left).waitFor();
  await page.getByText(undo.cause.invitation).waitFor();
  expect(await page.getByText(undo.cause.account).count()).toBe(0);
  await page.getByRole('link', { name: toMyAccount }).waitFor();
});

describe('"is this you?"', () => {
  it.each([
    ['yes', true, 'done'],
    ['no', false, 'disowned'],
  ] as const)('is answered with %s by one press', async (answer, isMine, end) => {
    const page = await openPage(`confirm#${TOKEN}`);
    await page.getByText('Telegram …89').waitFor();
    const letGo = server.hold('confirm');
    await press(page, confirmation[answer]);
    const other = answer === 'yes' ? confirmation.no : confirmation.yes;
    await page.getByRole('button', { name: other }).click();
    letGo();
    await waitForHeading(page, confirmation[end].title);
    await expect.poll(() => focused(page)).toBe('H1');
    expect(sent('confirm')).toEqual([{ token: TOKEN, isMine }]);
    await page.reload();
    await waitForHeading(page, confirmation.ends.missing.title);
  });

  it.each([
    ['unavailable', undefined],
    ['link-used', 'used'],
    ['link-expired', 'expired'],
  ] as const)('that fails with %s says why, and can be tried again where that helps', async (code, end) => {
    const page = await openPage(`confirm#${TOKEN}`);
    server.refuse('confirm', code);
    await press(page, confirmation.yes);
    if (end !== undefined) {
      await waitForHeading(page, confirmation.ends[end].title);
      return;
    }
    await page.getByRole('alert').getByText(en.problems.unavailable).waitFor();
    await expect.poll(() => focused(page)).toBe('notice');
    server.refuse('confirm', undefined);
    await press(page, confirmation.yes);
    await waitForHeading(page, confirmation.done.title);
  });
});

describe('an invitation', () => {
  it('adds an address without a sign-in: channel, address, code, done', async () => {
    const page = await openPage(`invitation#${TOKEN}`);
    await press(page, mail);
    await expect.poll(() => focused(page)).toBe('contact-address');
    expect(await page.locator('input[type=password]').count()).toBe(0);
    await page.locator('#contact-address').fill('ana@example.org');
    await press(page, linking.sendCode);
    await page.locator('#contact-code').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(en.problems['code-wrong']).waitFor();
    await expect.poll(() => focused(page)).toBe('notice');
    await page.locator('#contact-code').fill(SENT_CODE);
    await press(page, linking.confirm);
    await waitForHeading(page, invitation.done.title);
    expect(sent('invitation/begin')).toEqual([
      { token: TOKEN, channel: 'email', address: 'ana@example.org' },
    ]);
    expect(sent('invitation/confirm').at(-1)).toEqual({ token: TOKEN, channel: 'email', code: SENT_CODE });
    await page.reload();
    await waitForHeading(page, invitation.ends.missing.title);
  });

  it('waits until the bot has seen the code', async () => {
    const page = await openPage(`invitation#${TOKEN}`);
    await press(page, 'Telegram');
    await press(page, linking.getCode);
    await page.locator('.code', { hasText: BOT_CODE }).waitFor();
    await expect.poll(() => sent('invitation/confirm').length).toBeGreaterThan(0);
    expect(sent('invitation/confirm')[0]).toEqual({ token: TOKEN, channel: 'telegram' });
    server.bringCode();
    await waitForHeading(page, invitation.done.title);
    await page.getByRole('link', { name: en.backToSignIn }).click();
    await page.waitForURL('**/media/tv/web/index.html');
  });

  it('leads back to the choice of channels, by the button, by Back, and after a reload', async () => {
    const page = await openPage(`invitation#${TOKEN}`);
    await press(page, mail);
    await press(page, back);
    await press(page, 'ntfy');
    await page.reload();
    await page.locator('#contact-address').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: invitation.choose }).waitFor();
  });

  it('ends where it was used up meanwhile, or has expired', async () => {
    const page = await openPage(`invitation#${TOKEN}`);
    await press(page, mail);
    server.refuse('invitation/begin', 'link-used');
    await page.locator('#contact-address').fill('ana@example.org');
    await page.keyboard.press('Enter');
    await waitForHeading(page, invitation.ends.used.title);
  });

  it('says so where the server has no channel', async () => {
    server.person.channels = [];
    const page = await openPage(`invitation#${TOKEN}`);
    await page.getByText(invitation.none).waitFor();
    expect(await page.locator('button').count()).toBe(0);
  });
});
