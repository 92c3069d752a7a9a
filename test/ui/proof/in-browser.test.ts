import { createHash, randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { en } from '../../../ui/strings/en.ts';
import { usePagesInBrowser, waitForHeading } from '../../support/browser/pages-in-browser.ts';

const { pages, open, sentTo } = usePagesInBrowser();

it('solves a puzzle of the default size under our own policy, without the person', async () => {
  const [salt, nonce] = [randomBytes(16), randomBytes(16)];
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(299_999);
  const derivedKey = createHash('sha256').update(salt).update(nonce).update(counted).digest('hex');
  const challenge = {
    ...{ salt: salt.toString('hex'), nonce: nonce.toString('hex'), keyPrefix: derivedKey.slice(0, 32) },
    ...{ keySignature: 'a'.repeat(64), expiresAt: 1, signature: 'b'.repeat(64) },
  };
  let letGo = (): void => undefined;
  const wait = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  pages().answer('reset-requests', 428, { code: 'proof-needed', message: '', challenge }, wait);
  const { page } = await open({ locale: 'en' });
  await page.goto(`${pages().address}account`);
  await page.locator('#username').fill('ana');
  await page.getByRole('button', { name: en.account.submit }).click();
  await vi.waitFor(() => expect(sentTo('reset-requests')).toHaveLength(1), 30_000);
  pages().answer('reset-requests', 202);
  letGo();
  await waitForHeading(page, en.asked.title);
  expect(sentTo('reset-requests')[1]).toEqual({
    ...{ enteredName: 'ana', proof: { challenge, counter: 299_999, derivedKey } },
  });
}, 60_000);
