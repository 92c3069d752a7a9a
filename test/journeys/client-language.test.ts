import { describe, expect, it, onTestFinished } from 'vitest';
import { askForgotPassword, openJellyfin, shownPage } from '../support/browser/jellyfin-screen.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

describe.each(['10.8.13', '10.11.11', '12.0'] as const)(
  'whoever set the web client of Jellyfin %s to French on an English computer',
  { timeout: 60_000 },
  (version) => {
    it('reads French in its form, in My Account, and in the messages of both', async () => {
      const subject = await createFakeSubject({ version, hashMs: 5 });
      onTestFinished(() => subject.close());
      const stage = await createStage(subject);
      onTestFinished(() => stage.close());
      const { page, close } = await openJellyfin(browser(), `${stage.url}/web/index.html`, 'en-GB');
      onTestFinished(close);
      // Where the client keeps it of whoever is not signed in.
      await page.evaluate("localStorage.setItem('language', 'fr')");
      await page.reload();
      await shownPage(page, '#loginPage');

      const dialog = await askForgotPassword(page, 'alice');
      expect(dialog).toContain('Ce serveur peut envoyer des messages par\u00a0: E-mail');
      const [first] = await stage.inbox.waitFor(1);
      expect(first?.subject).toMatch(/mot de passe/i);

      await page.goto(`${stage.url}/gatehouse/account`);
      await page.locator('#username').fill('alice');
      expect(await page.getAttribute('html', 'lang')).toBe('fr');
      await page.keyboard.press('Enter');
      const second = (await stage.inbox.waitFor(2))[1];
      expect(second?.subject).toMatch(/mot de passe/i);
    });
  },
);
