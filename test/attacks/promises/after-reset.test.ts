import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JELLYFIN_VERSIONS } from '../../jellyfin/fake-jellyfin.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { runProgram } from '../../support/program/program.ts';
import { ask, redeem, tokenOf } from '../../support/program/redeeming-stage.ts';

const NEW = 'a phrase of some length';
const DAY_MS = 86_400_000;

describe.each(JELLYFIN_VERSIONS)('a reset on Jellyfin %s', { timeout: 60_000 }, (version) => {
  it('leaves no device, no session and no token of the person or of ours, and those of others as they were', async () => {
    const subject = await createFakeSubject({ version, hashMs: 5 });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const caller = createJellyfinCaller(stage.url);
    const admin = createJellyfinCaller(subject.url);
    const thief = await caller.signIn('alice', 'alice-pw-1', 'thief');
    const other = await caller.signIn('bob', 'bob-pw-1', 'tv');
    expect(await ask(stage.url, 'alice')).toBe(true);
    const [mail] = await stage.inbox.waitFor(1);
    expect(await redeem(stage.url, mail === undefined ? '' : tokenOf(mail), NEW)).toBe(200);

    expect((await caller.call('GET', '/Users/Me', thief.token)).status).toBe(401);
    expect((await caller.call('GET', '/Users/Me', other.token)).status).toBe(200);
    expect(subject.fake?.user('alice').tokens).toEqual([]);
    for (const list of ['/Devices', '/Sessions']) {
      const { json } = await admin.call('GET', list, subject.apiKey);
      expect(JSON.stringify(json), list).not.toMatch(/gatehouse-[0-9a-f]{16}|"alice"|"thief"/);
      expect(JSON.stringify(json), list).toContain('"bob"');
    }
  });
});

describe('whoever changes the address of an account and then its password', { timeout: 60_000 }, () => {
  async function open() {
    const subject = await createFakeSubject({ version: '10.10.7', hashMs: 5 });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const set = async (address: string) => {
      const run = await runProgram(dirname(stage.configPath), 'contacts', 'set', 'alice', '--email', address);
      expect(run.code, run.err).toBe(0);
    };
    async function reset(): Promise<string[]> {
      expect(await ask(stage.url, 'alice')).toBe(true);
      const [mail] = await stage.inbox.waitFor(1);
      expect(await redeem(stage.url, mail === undefined ? '' : tokenOf(mail), NEW)).toBe(200);
      await expect.poll(() => stillWaiting(stage.storagePath), { timeout: 20_000 }).toBe(0);
      return stage.inbox.messages.map(({ to, text }) => `${to} ${/\/gatehouse\/reset#/.test(text)}`);
    }
    return { stage, set, reset };
  }

  it('cannot keep it from the one who had the address before, who gets the notice and no link', async () => {
    const { set, reset } = await open();
    await set('thief@example.net');
    const [link, ...notices] = await reset();
    expect(link).toBe('thief@example.net true');
    expect(notices.toSorted()).toEqual(['alice@example.org false', 'thief@example.net false']);
  });

  it('nor by changing it a second time', async () => {
    const { set, reset } = await open();
    await set('thief@example.net');
    await set('thief2@example.net');
    const [link, ...notices] = await reset();
    expect(link).toBe('thief2@example.net true');
    expect(notices).toContain('alice@example.org false');
  });

  it('30 days later that address is told nothing any more', async () => {
    const { stage, set, reset } = await open();
    await set('alice2@example.net');
    const db = new DatabaseSync(stage.storagePath, { timeout: 5_000 });
    db.prepare('UPDATE contacts SET former_until = former_until - ? WHERE former_until IS NOT NULL').run(
      30 * DAY_MS + 1_000,
    );
    db.close();
    expect(await reset()).toEqual(['alice2@example.net true', 'alice2@example.net false']);
  });
});

/** How many messages have not gone out yet. */
function stillWaiting(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return Number(db.prepare("SELECT count(*) AS n FROM outbox WHERE state = 'waiting'").get()?.['n']);
  } finally {
    db.close();
  }
}
