import { describe, expect, it } from 'vitest';
import { en } from '../../ui/strings/en.ts';
import { askForgotPassword, openJellyfin } from '../support/browser/jellyfin-screen.ts';
import { travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { useStage } from '../support/program/gatehouse.ts';

/** Every journey with two halves: `npm run test:split`. */
describe('with injector and reset service as two halves', { timeout: 120_000 }, () => {
  const browser = useChromium();
  const staged = useStage(() => createFakeSubject({ version: '12.0' }), undefined, true);

  it.each(['link', 'pin'] as const)(
    'a password is chosen with the method %s, from outside',
    async (method) => {
      const { subject, stage } = staged();
      await stage.reload({ method, trustedProxies: '127.0.0.1' });
      const user = subject.users[method === 'link' ? 0 : 1] as SubjectUser;
      const password = `a new phrase for ${method}`;
      await travel(method, { browser: browser(), stage, subject, user, place: 'outside', password });
    },
  );

  it('while the reset half is away, the form and our page say so, and both work when it is back', async () => {
    const { stage } = staged();
    await stage.reload({});
    await stage.house.stopReset();
    const screen = await openJellyfin(browser(), `${stage.url}/web/index.html`);
    const { page } = screen;
    for (const name of ['alice', 'nobody']) {
      await page.goto(`${stage.url}/web/index.html`);
      expect(await askForgotPassword(page, name)).toMatch(
        /^This form cannot take your request at the moment/,
      );
    }
    await page.goto(`${stage.url}/gatehouse/account`);
    await page.getByRole('heading', { name: 'Not available at the moment' }).waitFor();

    await stage.house.startReset();
    const before = stage.inbox.messages.length;
    await page.reload();
    await page.locator('#username').fill('bob');
    await page.getByRole('button', { name: en.account.submit }).click();
    await page.getByRole('heading', { name: /check your messages/i }).waitFor();
    await stage.inbox.waitFor(before + 1, 60_000);
    await screen.close();
  });
});
