import { expect, it } from 'vitest';
import { signIn, useAccountInBrowser } from '../../support/browser/account-in-browser.ts';

const { openPage } = useAccountInBrowser();

it('My Account writes no error into the console of the browser, signed out, signing in or signed in', async () => {
  const page = await openPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.reload();
  await page.locator('#sign-in-name').waitFor();
  await signIn(page);
  await page.reload();
  await page.locator('#contacts-title').waitFor();
  expect(errors).toEqual([]);
});
