import { deleteKey, insertKey, type KeyRow } from './key-row.ts';

/** What this process says: once the key is there, or why it is not. */
export type FromKeyHolder = { readonly kind: 'inserted' } | { readonly kind: 'failed'; readonly why: string };

/** Often enough for a Jellyfin that writes for a while; each try waits for some seconds. */
const MOST_TRIES = 6;

/**
 * A process of its own that has an API key in Jellyfin's database for as long as the rescue that started it is there: the key goes
 * with it, however it ends. What a terminal sends to end everything is the rescue's business.
 */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let row: KeyRow | undefined;
let inserting: Promise<void> = Promise.resolve();

process.once('message', (asked: KeyRow) => {
  row = asked;
  inserting = insertKey(asked).then(
    () => say({ kind: 'inserted' }),
    (error: unknown) => say({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
  );
});

process.once('disconnect', async () => {
  await inserting;
  for (let tries = 1; row !== undefined && tries <= MOST_TRIES; tries += 1) {
    const isGone = await deleteKey(row).then(
      () => true,
      () => false,
    );
    process.exitCode = isGone ? 0 : 1;
    if (isGone) return;
  }
});

/** Says something, if anybody still listens. */
function say(message: FromKeyHolder): void {
  if (process.connected) process.send?.(message, () => undefined);
}
