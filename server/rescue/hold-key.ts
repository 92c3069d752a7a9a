import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromKeyHolder } from './key-holder-main.ts';
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
  const child = fork(file, { stdio: 'ignore', execArgv: [], detached: true });
  child.on('error', () => undefined);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const says = once(child, 'message') as Promise<[FromKeyHolder]>;
  child.send(row, () => undefined);
  const ended = exit.then(() => [NOT_STARTED] as const);
  const [answer] = await Promise.race([says, ended]).catch(() => [NOT_STARTED] as const);
  const release = async (): Promise<number | null> => {
    if (child.connected) child.disconnect();
    return (await exit)[0];
  };
  if (answer.kind === 'failed') {
    if (child.pid !== undefined) await release();
    throw new RescueRefusal(answer.why);
  }
  return {
    token: row.token,
    async release() {
      if ((await release()) === 0) return true;
      // Somebody killed it, or the database was held all the while.
      return await deleteKey(row).then(
        () => true,
        () => false,
      );
    },
  };
}

const NOT_STARTED: FromKeyHolder = {
  kind: 'failed',
  why: 'The process that writes the API key could not be started; nothing was changed.',
};
