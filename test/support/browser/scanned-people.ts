import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { ResetMethod } from '../../../server/config/methods.ts';
import { createFakeSubject } from '../jellyfin/subject.ts';
import type { InboxMessage } from '../mail/smtp-inbox.ts';
import { createStage } from '../program/gatehouse.ts';
import { ask, redeem, tokenOf } from '../program/redeeming-stage.ts';

/** What became of people whose messages were scanned before they read them. */
export interface Scanned {
  readonly scans: readonly Scan[];
  /** Status of each person's redemption. */
  readonly statuses: readonly (number | undefined)[];
  /** People whose password is the one they chose afterwards. */
  readonly right: number;
  /** Writes of passwords that Jellyfin saw before anybody redeemed. */
  readonly early: number;
}

const LIMITS =
  'limits: { requestsPerClientPerHour: 10000, requestsPerHour: 1000000, messagesPerHour: 100000 }, proofOfWork: { when: never }';

/** Lets so many people ask, scans the message of each, and lets each redeem it then. */
export async function scanPeople(browser: Browser, method: ResetMethod, count: number): Promise<Scanned> {
  const names = Array.from({ length: count }, (_, n) => `person${n}`);
  const admin = { name: 'admin', password: 'admin-pw-1', isAdministrator: true };
  const subject = await createFakeSubject({
    version: '12.0',
    hashMs: 5,
    users: [admin, ...['alice', 'bob', ...names].map((name) => ({ name, password: 'old-pw-1' }))],
  });
  onTestFinished(() => subject.close());
  const { fake } = subject;
  if (fake === undefined) throw new Error('this needs the fake');
  const users = names.map((name) => ({ id: fake.user(name).id, name, password: 'old-pw-1' }));
  const stage = await createStage({ ...subject, users }, { method, reset: LIMITS });
  onTestFinished(() => stage.close());

  for (const name of names) await ask(stage.url, name);
  const messages = await stage.inbox.waitFor(count, 60_000);
  const scans: Scan[] = [];
  for (const message of messages) scans.push(await scan(browser, message));
  const early = fake.journal.filter(({ path }) => /\/Password$/.test(path)).length;

  const password = (n: number) => `a phrase for ${n} of them`;
  const statuses = await Promise.all(
    messages.map(async (message, n) => redeem(stage.url, await secretOf(stage.url, message), password(n))),
  );
  const right = messages.filter(
    ({ to }, n) => fake.user(to.replace(/@.*/, '')).password === password(n),
  ).length;
  return { scans, statuses, right, early };
}

/** The token in a message, or what is got for its PIN. */
async function secretOf(url: string, message: InboxMessage): Promise<string> {
  const token = tokenOf(message);
  if (token !== '') return token;
  const pin = /\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/.exec(message.text)?.[0];
  const answer = await fetch(`${url}/gatehouse/api/pins`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ pin }),
  });
  return ((await answer.json()) as { token?: string }).token ?? '';
}

/** What a scanner finds to press. */
const PRESSABLE = 'button, input[type=submit], input[type=button], [role=button], summary';

/** How long a press may take, and how long its effects are waited for, in milliseconds. */
const PRESS_MS = 1_000;
const SETTLE_MS = 150;

/** What a scanner did, so that a test sees that it did something. */
export interface Scan {
  readonly addresses: number;
  readonly presses: number;
  readonly forms: number;
}

/** Every address in a message, in its text and in its HTML. */
function addressesIn({ text, html }: InboxMessage): readonly string[] {
  const found = `${text}\n${html}`.matchAll(/https?:\/\/[^\s"'<>]+/g);
  return [...new Set([...found].map(([address]) => address))];
}

/** Lets a page do what it does; nothing is lost where a slow machine does less of it. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(SETTLE_MS);
}

/** Opens an address anew; going to the same one again would only move to its fragment. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await settle(page);
}

async function pressEverything(page: Page, address: string): Promise<number> {
  await open(page, address);
  const count = await page.locator(PRESSABLE).count();
  for (let n = 0; n < count; n += 1) {
    await open(page, address);
    const one = page.locator(PRESSABLE).nth(n);
    await one.click({ timeout: PRESS_MS, force: true }).catch(() => undefined);
    await settle(page);
    // What the press brought has buttons too.
    for (const next of await page.locator(PRESSABLE).all())
      await next.click({ timeout: PRESS_MS, force: true }).catch(() => undefined);
    await settle(page);
  }
  return count;
}

async function submitEveryForm(page: Page, address: string): Promise<number> {
  let count = 0;
  for (const how of ['requestSubmit', 'submit'] as const) {
    await open(page, address);
    // As text: the types of a browser are not those of this side.
    count += await page.evaluate<number>(
      `[...document.forms].map((form) => { form.noValidate = true; form.${how}(); }).length`,
    );
    await settle(page);
  }
  return count;
}

/**
 * Does to each address of a message what the scanners of mail systems do, and more: HEAD, GET, opens it in a browser that
 * runs its scripts, presses every button, submits every form empty.
 */
export async function scan(browser: Browser, message: InboxMessage): Promise<Scan> {
  const addresses = addressesIn(message);
  const context = await browser.newContext();
  let presses = 0;
  let forms = 0;
  for (const address of addresses) {
    for (const method of ['HEAD', 'GET']) await (await fetch(address, { method })).arrayBuffer();
    const page = await context.newPage();
    presses += await pressEverything(page, address);
    forms += await submitEveryForm(page, address);
    await page.close();
  }
  await context.close();
  return { addresses: addresses.length, presses, forms };
}
