import { expect, it } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createAdministratorStage } from '../support/program/administrator-stage.ts';

const NEW = 'a phrase of some length';
const browser = useChromium();

it('an administrator opens the link of the mail, has a code sent by Telegram, and signs in with the new password', {
  timeout: 90_000,
}, async () => {
  const stage = await createAdministratorStage();
  const { ask, linkIn, codeIn, mails, chats, signsIn, telegram } = stage;
  await ask('admin');
  const token = await linkIn(mails);
  const context = await browser().newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  // Mail scanners open links, and press nothing.
  await page.goto(`${stage.url}/gatehouse/reset#${token}`);
  await page.getByText(en.choose.codeLead).waitFor();
  await page.reload();
  await page.getByText(en.choose.codeLead).waitFor();
  expect(telegram.messages).toEqual([]);

  await page.getByRole('button', { name: en.myAccount.linking.sendCode }).click();
  await page.getByText(`${en.choose.codeSentBy} Telegram`).waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/example\.org|471100815/);
  await page.locator('#reset-code').fill('0000-0000');
  await page.locator('#new-password').fill(NEW);
  await page.locator('#new-password-again').fill(NEW);
  await page.locator('button[type=submit]').click();
  await page.getByText(en.problems['code-wrong']).waitFor();
  await page.locator('#reset-code').fill((await codeIn(chats)).toLowerCase());
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: en.ends.done.title }).waitFor();
  expect(await signsIn('admin', NEW)).toBe(200);
  await context.close();
});

it('everybody else sees no difference', { timeout: 90_000 }, async () => {
  const stage = await createAdministratorStage();
  const { ask, linkIn, mails, signsIn, telegram } = stage;
  await ask('alice');
  const token = await linkIn(mails);
  const context = await browser().newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${stage.url}/gatehouse/reset#${token}`);
  await page.locator('#new-password').fill(NEW);
  expect(await page.locator('#reset-code').count()).toBe(0);
  await page.locator('#new-password-again').fill(NEW);
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: en.ends.done.title }).waitFor();
  expect(await signsIn('alice', NEW)).toBe(200);
  expect(telegram.messages.filter(({ text }) => !text.includes('alice'))).toEqual([]);
  await context.close();
});
