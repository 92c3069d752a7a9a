import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { ResetMethod } from '../../../server/config/methods.ts';
import { createFakeSubject } from '../jellyfin/fake-subject.ts';
import type { InboxMessage } from '../mail/smtp-inbox.ts';
import { createStage } from '../program/gatehouse.ts';
import { ask, redeem, tokenOf } from '../program/redeeming-stage.ts';
import { type Scan, scan } from './mail-scanner.ts';

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
