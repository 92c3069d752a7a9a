import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { deleteKey, type KeyRow } from './key-row.ts';
import { RescueRefusal } from './refusal.ts';

/** An API key that is in Jellyfin's database for a moment. */
export interface HeldKey {
  readonly token: string;
  /** Removes it. Answers whether it is surely gone. */
  release(): Promise<boolean>;
}

/**
 * Has an API key in the database of a running Jellyfin until it is released, or this process is gone for whatever reason: another
 * one of ours (`key-holder-main`) writes it and takes it away.
 *
 * @throws {RescueRefusal} when it cannot be written; none is left then.
 */
export async function holdKey({ path, owner }: Omit<KeyRow, 'token'>): Promise<HeldKey> {
  const row: KeyRow = { path, owner, token: randomBytes(16).toString('hex') };
  const file = fileURLToPath(new URL(`./key-holder-main${extname(import.meta.url)}`, import.meta.url));
  // Detached: what ends everything in a terminal shall not end this one before it has tidied up.
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(row)}\n`);
  const says = await firstLine(child.stdout);
  if (says !== 'inserted') {
    child.stdin.end();
    await exit;
    throw new RescueRefusal('in-use', says || 'The process that writes the API key could not be started.');
  }
  return {
    token: row.token,
    async release() {
      child.stdin.end();
      const [code] = await exit;
      if (code === 0) return true;
      // Somebody killed it, or the database was held all the while.
      return await deleteKey(row).then(
        () => true,
        () => false,
      );
    },
  };
}

/** The first line of a stream, or all of it where that has none; what comes after is thrown away. */
async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  return new Promise((resolve) => {
    stream.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    stream.on('end', () => resolve(text.trim()));
  });
}
