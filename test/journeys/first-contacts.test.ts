import { dirname } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import { en } from '../../ui/strings/en.ts';
import { codeIn, tokenOf } from '../support/account/account-stage.ts';
import { expectAccessible } from '../support/browser/account-in-browser.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';
import { runProgram } from '../support/program/program.ts';

const browser = useChromium();
const { confirmation, invitation, linking, mail } = en.myAccount;

async function setUp() {
  const subject = await createFakeSubject({ version: '10.11.11', hashMs: 5 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const contacts = (...args: string[]) => runProgram(dirname(stage.configPath), 'contacts', ...args);
  async function open(link: string): Promise<Page> {
    const context = await browser().newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(link);
    await page.evaluate(axe.source);
    return page;
  }
  async function stateOf(name: string): Promise<string | undefined> {
    const storage = await openStorage(stage.storagePath);
    const [contact] = await storage.contacts.ofUserName(name);
    await storage.close();
    return contact?.state;
  }
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  return { stage, contacts, open, stateOf, heading, press };
}

describe('people whose address nobody has proved', { timeout: 120_000 }, () => {
  it('answer "is this you?" by a button, one with yes and one with "this is not me"; a scanner answers nothing', async () => {
    const { stage, contacts, open, stateOf, heading, press } = await setUp();
    expect(await contacts('verify', '--all', '--per-hour', '3600')).toMatchObject({ code: 0 });
    const mails = await stage.inbox.waitFor(2);
    const linkFor = (name: string) => {
      const text = mails.find(({ to }) => to === `${name}@example.org`)?.text;
      return `${stage.url}/gatehouse/confirm#${tokenOf('confirm', text)}`;
    };

    // A scanner opens the link in a real browser, runs its scripts and moves on.
    const scanned = await open(linkFor('alice'));
    await scanned.getByRole('button', { name: confirmation.yes }).waitFor();
    expect(scanned.url()).not.toContain('#');
    await scanned.close();
    expect(await stateOf('alice')).toBe('unverified');

    const yes = await open(linkFor('alice'));
    await heading(yes, confirmation.title);
    await expectAccessible(yes, 'is this you?');
    await press(yes, confirmation.yes);
    await heading(yes, confirmation.done.title);
    expect(await stateOf('alice')).toBe('verified');

    const no = await open(linkFor('bob'));
    await press(no, confirmation.no);
    await heading(no, confirmation.disowned.title);
    await expectAccessible(no, 'this is not me');
    expect(await stateOf('bob')).toBe('refused');

    const again = await open(linkFor('alice'));
    await heading(again, confirmation.ends.used.title);
    const set = await contacts('set', 'bob', '--email', 'bob@example.org');
    expect(set).toMatchObject({ code: 1, err: expect.stringContaining('not theirs') });
  });

  it('add one of their own with the link that an administrator printed', async () => {
    const { stage, contacts, open, stateOf, heading, press } = await setUp();
    const { out } = await contacts('invite', 'carol');
    const page = await open(out.trim());
    await press(page, mail);
    await page.locator('#contact-address').fill('carol@example.net');
    await press(page, linking.sendCode);
    const [sent] = await stage.inbox.waitFor(1);
    await page.locator('#contact-code').fill(codeIn(sent?.text));
    await press(page, linking.confirm);
    await heading(page, invitation.done.title);
    expect(await stateOf('carol')).toBe('verified');
    await heading(await open(out.trim()), invitation.ends.used.title);
  });
});
