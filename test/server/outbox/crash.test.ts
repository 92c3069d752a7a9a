import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createSmtpInbox, type InboxAnswer } from '../../support/mail/smtp-inbox.ts';
import { killHard, startOutboxProcess } from '../../support/program/killed-outbox.ts';
import { tokenIn } from '../../support/reset/running-outbox.ts';

/** Runs a process until it has taken a request down and more is `reached`, kills it, and starts another. */
async function crashAndRestart(options: {
  readonly answer: InboxAnswer;
  readonly reached: 'asked' | 'connected' | 'swallowed';
  readonly lease: 'default' | '1500';
  readonly jellyfin?: 'away';
}) {
  const { answer, reached, lease, jellyfin = 'there' } = options;
  const path = join(await tempFolder(), 'gatehouse.db');
  const inbox = await createSmtpInbox({ answer });
  onTestFinished(() => inbox.close());
  const first = startOutboxProcess(path, inbox.url, 'ask', lease, jellyfin);
  if (first.stdout !== null) expect(String((await once(first.stdout, 'data'))[0])).toBe('asked\n');
  if (reached === 'connected') await vi.waitFor(() => expect(inbox.connectedAt.length).toBe(1), 5_000);
  if (reached === 'swallowed') await inbox.waitFor(1);
  await killHard(first);
  inbox.refuse('accept');
  const restartedAt = performance.now();
  const second = startOutboxProcess(path, inbox.url, 'run', lease);
  const before = inbox.messages.length;
  await inbox.waitFor(before + 1, 30_000);
  const afterMs = performance.now() - restartedAt;
  // Long enough for a second copy to come, if there were one.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await killHard(second);
  return { inbox, path, afterMs };
}

describe('kill -9', () => {
  test.each([
    ['right after the request', { answer: 'hang', reached: 'asked', lease: 'default' }],
    ['while Jellyfin is asked', { answer: 'accept', reached: 'asked', lease: '1500', jellyfin: 'away' }],
    ['while the mail server is talked to', { answer: 'hang', reached: 'connected', lease: '1500' }],
  ] as const)('%s: after a restart exactly one mail arrives, within seconds', async (_when, options) => {
    const { inbox, path, afterMs } = await crashAndRestart(options);
    expect(inbox.messages).toHaveLength(1);
    expect(afterMs).toBeLessThan(30_000);
    const db = new DatabaseSync(path);
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(db.prepare(`SELECT COUNT(*) AS many FROM outbox WHERE state = 'sent'`).get()).toEqual({
      many: 1,
    });
    db.close();
  });

  test('after the mail was taken and before we knew: a second copy with the same Message-ID; the links of both work', async () => {
    const { inbox, path } = await crashAndRestart({ answer: 'swallow', reached: 'swallowed', lease: '1500' });
    expect(inbox.messages).toHaveLength(2);
    const [first, second] = inbox.messages;
    expect(second?.messageId).toBe(first?.messageId);
    const storage = await openStorage(path);
    const look = (text?: string) => storage.links.look(hashToken(tokenIn(text)), Date.now());
    expect(await look(second?.text)).toMatchObject({ state: 'open' });
    // A mail program that hides second copies shows the first.
    expect(await look(first?.text)).toMatchObject({ state: 'open' });
    await storage.close();
  });
});
