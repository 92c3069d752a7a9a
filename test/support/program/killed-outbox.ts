import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../files/temp-folder.ts';

const CHILD = join(import.meta.dirname, '../../server/outbox/crash-child.ts');

/** Starts a process around a real outbox; see crash-child.ts for its arguments. Ends with the running test. */
export function startOutboxProcess(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Kills a process as a power switch would, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Makes a database in which as many messages wait, each to an address of its own; answers its path. */
export async function makeWaitingMessages(count: number): Promise<string> {
  const path = join(await tempFolder(), 'gatehouse.db');
  const storage = await openStorage(path);
  const added = Array.from({ length: count }, async (_, i) => {
    const userId = i.toString(16).padStart(32, '0');
    const userName = `person${i}`;
    await storage.contacts.set({ userId, userName, channel: 'email', address: `${userName}@example.org` });
    const message = { queue: 'email', kind: 'reset-link', language: 'en', key: `key-${i}` } as const;
    const [contact] = await storage.contacts.ofUser(userId);
    await storage.outbox.addMessage({ ...message, contactId: contact?.id, userId, userName }, Date.now());
  });
  await Promise.all(added);
  await storage.close();
  return path;
}

/** How many rows there are in each state, read past our own code. */
export function readStates(path: string): Record<string, number> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = db.prepare('SELECT state, COUNT(*) AS many FROM outbox GROUP BY state').all();
    return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['many'])]));
  } finally {
    db.close();
  }
}

/** Whether SQLite finds nothing wrong with a file. */
export function isSound(path: string): boolean {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok';
  } finally {
    db.close();
  }
}
