import { describe, expect, it } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import {
  focused,
  press,
  signIn,
  useAccountInBrowser,
  waitForOverview,
} from '../../support/browser/account-in-browser.ts';
import { waitForHeading } from '../../support/browser/pages-in-browser.ts';

const words = en.myAccount;
const JELLYFIN_TOKEN = 'a1b2c3d4'.repeat(4);
const inBrowser = useAccountInBrowser();
const { server, openPage, openSignedIn, sent } = inBrowser;

describe('My Account for whoever is signed out', () => {
  it('is about a forgotten password first, names the channels of the server, and has a sign-in', async () => {
    const page = await openPage();
    await page.locator('#sign-in-name').waitFor();
    await waitForHeading(page, en.account.title);
    await expect.poll(() => focused(page)).toBe('username');
    const text = await page.locator('main').innerText();
    expect(text).toContain(`${words.reachesBy} ${words.mail}, Telegram, Discord, ntfy`);
    expect(text).not.toContain('example.org');
    expect(sent('channels')).toEqual([{}]);
    expect(sent('view')).toEqual([{}]);
    expect(sent('sign-in')).toEqual([]);
  });

  it('still sends a message to whoever asks, and comes back to both forms', async () => {
    const page = await openPage();
    await page.locator('#username').fill('ana');
    await page.keyboard.press('Enter');
    await waitForHeading(page, en.asked.title);
    expect(await page.locator('#sign-in-name').count()).toBe(0);
    await press(page, en.asked.again);
    await expect.poll(() => focused(page)).toBe('username');
    expect(await page.locator('#username').inputValue()).toBe('ana');
    expect(await page.locator('#sign-in-name').count()).toBe(1);
  });

  it.each(['not-found', 'no-connection'] as const)(
    'is what it was before where the server does not serve My Account (%s)',
    async (code) => {
      server.refuse('channels', code);
      server.refuse('view', code);
      const page = await openPage();
      await expect.poll(() => focused(page)).toBe('username');
      expect(await page.locator('#sign-in-name').count()).toBe(0);
      expect(await page.locator('.notice').count()).toBe(0);
    },
  );

  it('offers no Quick Connect where Jellyfin has it off', async () => {
    server.hasQuickConnect = false;
    const page = await openPage();
    await page.locator('#sign-in-name').waitFor();
    expect(await page.getByRole('button', { name: words.quickConnect.open }).count()).toBe(0);
  });
});

describe('signing in with name and password', () => {
  it('shows the account, and a reload shows it again', async () => {
    const page = await openSignedIn();
    await waitForOverview(page);
    expect(await page.title()).toBe(words.title);
    expect(page.url()).toBe(`${inBrowser.pages().address}account`);
    expect(sent('sign-in')).toEqual([{ name: 'ana', password: 'the old one 1' }]);
    await page.reload();
    await waitForOverview(page);
    expect(sent('sign-in')).toHaveLength(1);
  });

  it('says that it was refused, goes to the sentence, and lets the next try in', async () => {
    const page = await openPage();
    await page.locator('#sign-in-name').fill(' ana ');
    await page.locator('#sign-in-password').fill('wrong');
    await press(page, en.signIn);
    await page.getByRole('alert').getByText(en.problems['sign-in-refused']).waitFor();
    expect(await focused(page)).toBe('notice');
    await signIn(page);
    expect(sent('sign-in')[0]).toEqual({ name: 'ana', password: 'wrong' });
  });

  it('asks nobody about an empty name, and sends an empty password as Jellyfin does', async () => {
    server.person.password = '';
    const page = await openPage();
    await page.locator('#sign-in-password').waitFor();
    await press(page, en.signIn);
    await page.getByText(words.signIn.empty).waitFor();
    expect(await focused(page)).toBe('sign-in-name');
    expect(sent('sign-in')).toEqual([]);
    await signIn(page, '');
  });

  it('sends once what was submitted twice, and says that it works', async () => {
    const page = await openPage();
    const letGo = server.hold('sign-in');
    await page.locator('#sign-in-name').fill('ana');
    await page.locator('#sign-in-password').fill('the old one 1');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words.signIn.working }).click({ force: true });
    letGo();
    await waitForOverview(page);
    expect(sent('sign-in')).toHaveLength(1);
  });

  it('says why the account did not open to somebody who was let in', async () => {
    const page = await openPage();
    await page.locator('#sign-in-name').waitFor();
    server.refuse('view', 'jellyfin-unreachable');
    await page.locator('#sign-in-name').fill('ana');
    await page.locator('#sign-in-password').fill('the old one 1');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(en.problems['jellyfin-unreachable']).waitFor();
    await expect.poll(() => focused(page)).toBe('notice');
  });
});

describe('signing in with Quick Connect', () => {
  it('shows six digits, and opens once they were allowed', async () => {
    const page = await openPage();
    await press(page, words.quickConnect.open);
    await page.locator('.code', { hasText: '123 456' }).waitFor();
    await expect.poll(() => sent('quick-connect/end').length).toBe(1);
    expect(sent('quick-connect/end')).toEqual([{ attempt: expect.stringMatching(/^\w{12}$/) }]);
    server.bringCode();
    await waitForOverview(page);
  });

  it('asks on while the server is away for a moment, and gives a new code for one that expired', async () => {
    const page = await openPage();
    await press(page, words.quickConnect.open);
    server.refuse('quick-connect/end', 'no-connection');
    await expect.poll(() => sent('quick-connect/end').length).toBeGreaterThan(1);
    server.refuse('quick-connect/end', 'code-expired');
    await page.getByRole('alert').getByText(en.problems['code-expired']).waitFor();
    expect(await focused(page)).toBe('notice');
    server.refuse('quick-connect/end', undefined);
    await press(page, words.quickConnect.again);
    await page.locator('.code').waitFor();
    expect(sent('quick-connect/begin')).toHaveLength(2);
    await press(page, words.back);
    await page.locator('#username').waitFor();
  });

  it('stops asking after ten minutes', async () => {
    const page = await openPage();
    await page.locator('#sign-in-name').waitFor();
    await page.clock.install();
    await press(page, words.quickConnect.open);
    await page.locator('.code').waitFor();
    // The ten minutes begin with the waiting, which is a little after the code shows.
    await expect.poll(() => sent('quick-connect/end').length, { timeout: 10_000 }).toBeGreaterThan(0);
    await page.clock.fastForward('11:00');
    await page.getByRole('alert').getByText(en.problems['code-expired']).waitFor();
    const asked = sent('quick-connect/end').length;
    await page.clock.fastForward('01:00');
    expect(sent('quick-connect/end')).toHaveLength(asked);
  });

  it('says so where it cannot begin', async () => {
    server.refuse('quick-connect/begin', 'jellyfin-unreachable');
    const page = await openPage();
    await press(page, words.quickConnect.open);
    await page.getByRole('alert').getByText(en.problems['jellyfin-unreachable']).waitFor();
  });
});

describe('coming from Jellyfin with a token of one’s own', () => {
  /** Opens the page in a tab in which the client plugin left a token. */
  async function openWith(token: string) {
    const page = await openPage('pin');
    await page.evaluate((handed) => sessionStorage.setItem('gatehouse-token', handed), token);
    await page.goto(`${inBrowser.pages().address}account`);
    return page;
  }

  it('is signed in at once; the token is gone from the tab, and never was in an address', async () => {
    const page = await openWith(JELLYFIN_TOKEN);
    await waitForOverview(page);
    expect(sent('token')).toEqual([{ token: JELLYFIN_TOKEN }]);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(JSON.stringify(inBrowser.pages().seen.map(({ url, headers }) => [url, headers]))).not.toContain(
      JELLYFIN_TOKEN,
    );
    await page.reload();
    await waitForOverview(page);
    expect(sent('token')).toHaveLength(1);
  });

  it('leads to the forms, with a sentence, where Jellyfin does not know the token', async () => {
    server.refuse('token', 'sign-in-refused');
    const page = await openWith(JELLYFIN_TOKEN);
    await page.getByRole('alert').getByText(words.signIn.notHandedOver).waitFor();
    await expect.poll(() => focused(page)).toBe('notice');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await signIn(page);
  });

  it('sends nothing that is no token', async () => {
    const page = await openWith('<script>');
    await page.locator('#sign-in-name').waitFor();
    expect(sent('token')).toEqual([]);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

describe('signing out', () => {
  it('ends the session by the button, and says so', async () => {
    const page = await openSignedIn();
    await press(page, words.signOff);
    await page.getByRole('status').getByText(words.signIn.signedOff).waitFor();
    await expect.poll(() => focused(page)).toBe('notice note');
    expect(sent('sign-out')).toEqual([{}]);
    await page.reload();
    await page.locator('#sign-in-name').waitFor();
  });

  it('stays where it is when the server did not hear of it', async () => {
    const page = await openSignedIn();
    server.refuse('sign-out', 'no-connection');
    await press(page, words.signOff);
    await page.getByRole('alert').getByText(en.problems['no-connection']).waitFor();
    expect(await focused(page)).toBe('notice');
  });

  it.each([
    ['an order', (page) => press(page, words.contacts.down, words.mail)],
    ['a language', (page) => press(page, words.language.submit)],
    ['a device', (page) => press(page, words.devices.signOut, 'Living room')],
    ['signing out', (page) => press(page, words.signOff)],
  ] as [string, (page: Awaited<ReturnType<typeof openSignedIn>>) => Promise<void>][])(
    'is where the page is back at when the session has ended meanwhile: %s',
    async (what, act) => {
      const page = await openSignedIn();
      server.endSessions();
      await act(page);
      await page.locator('#sign-in-name').waitFor();
      const sentence = what === 'signing out' ? words.signIn.signedOff : en.problems['signed-out'];
      expect(await page.locator('.notice').innerText()).toContain(sentence);
      await expect.poll(() => focused(page)).toContain('notice');
      await signIn(page);
    },
  );
});
