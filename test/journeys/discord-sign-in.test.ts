import { expect, it } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { startFakeDiscord } from '../support/channels/fake-discord.ts';
import { APPLICATION } from '../support/channels/fake-discord-sign-ins.ts';
import { PASSWORD, startJourney } from '../support/channels/journey-stage.ts';

const browser = useChromium();
const words = en.myAccount;
const ANNA = '800000000000000001';

it('My Account signs in to Discord on another site and is still signed in when it comes back; a no connects nothing', {
  timeout: 60_000,
}, async () => {
  const discord = await startFakeDiscord([ANNA]);
  const { clientId, clientSecret } = APPLICATION;
  // Another host, so that the way back is one from another site, with which the session's cookie does not come.
  const authorizeUrl = `${discord.url.replace('127.0.0.1', 'localhost')}/oauth2/authorize`;
  const stage = await startJourney([
    `discord: { token: '${discord.token}', apiUrl: '${discord.url}', authorizeUrl: '${authorizeUrl}', clientId: '${clientId}', clientSecret: ${clientSecret} }`,
  ]);
  const registered = `${stage.url}/gatehouse/connect`;
  const context = await browser().newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  try {
    await page.goto(`${stage.url}/gatehouse/account`);
    await page.locator('#sign-in-name, [autocomplete="username"]').last().fill('alice');
    await page.locator('[autocomplete="current-password"]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    const goThere = async () => {
      await page.getByRole('button', { name: `${words.contacts.add}: Discord` }).click();
      await page.locator('[autocomplete="current-password"]').fill(PASSWORD);
      await page.getByRole('button', { name: words.linking.getCode }).click();
      await page.getByRole('link', { name: words.linking.connect }).click();
    };
    discord.signIns.isHere(undefined, registered);
    await goThere();
    await page.getByText(words.linking.notConnected).waitFor();
    expect(page.url()).toBe(registered);
    await page.getByRole('link', { name: words.toMyAccount }).click();

    discord.signIns.isHere(ANNA, registered);
    await goThere();
    await page.waitForURL('**/gatehouse/account');
    await page.getByText(words.contacts.verified).waitFor();
    expect(await page.locator('.line').first().innerText()).toContain('Discord');
  } finally {
    await context.close();
  }
});
