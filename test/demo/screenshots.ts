import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.ts';
import { askForgotPassword, openJellyfin } from '../support/browser/jellyfin-screen.ts';
import { READY, spawnDemo } from './demo-process.ts';
import { takeModPictures } from './mod-pictures.ts';

/** Where the README looks for them. */
const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

async function shoot(page: Page, name: string): Promise<void> {
  // Fields blink and buttons fade; a picture should not depend on when it was taken.
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Takes the four pictures of the README from the running demo. */
async function takeScreenshots(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const demo = spawnDemo(['--port=0', '--inbox-port=0', '--jellyfin-port=0']);
  const browser = await launchChromium();
  try {
    await demo.saying(READY);
    const { page } = await openJellyfin(browser, demo.address('login'));
    await page.setViewportSize({ width: 860, height: 680 });
    await shoot(page, 'login');
    await askForgotPassword(page, 'alice');
    await shoot(page, 'dialog');

    const inbox = demo.address('inbox');
    let messages: { html: string; text: string }[] = [];
    while (messages.length === 0)
      messages = (await (await fetch(`${inbox}messages`)).json()) as typeof messages;
    await page.goto(`${inbox}messages/0`);
    await shoot(page, 'message');

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(/http\S+#[\w-]{43}/.exec(messages[0]?.text ?? '')?.[0] ?? '');
    await page.locator('input[autocomplete="new-password"]').first().fill('correct horse');
    await shoot(page, 'reset');
  } finally {
    await browser.close();
    await demo.end();
  }
}

const [flag, ...names] = process.argv.slice(2);
if (flag !== undefined && flag !== '--mods') {
  process.stderr.write('usage: npm run screenshots -- [--mods [NAME …]]\n');
  process.exit(64);
}
if (flag === undefined) await takeScreenshots();
const unseen = await takeModPictures(names);
if (unseen.length > 0) process.stdout.write(`Nothing to be seen of ${unseen.join(', ')}: no picture.\n`);
// Pages show the pictures there are.
execFileSync(process.execPath, [join(import.meta.dirname, '../../build/generate.ts')], { stdio: 'inherit' });
