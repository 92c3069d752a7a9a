import { createInterface } from 'node:readline';
import { deleteKey, insertKey, type KeyRow } from './key-row.ts';

/**
 * A process of its own that has an API key in Jellyfin's database for as long as somebody holds the other end of its standard
 * input: the key goes with the rescue, however that ends. Signals of the terminal are the rescue's; they reach this one too.
 */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/** Often enough for a Jellyfin that holds a write lock for a while. */
const MOST_TRIES = 6;

let row: KeyRow | undefined;
const lines = createInterface({ input: process.stdin });

/** Says what came of something, if anybody still listens. */
function say(line: string): void {
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${line}\n`);
}

function because(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
}

const inserting = new Promise<void>((resolve) => {
  lines.once('line', (line) => {
    const asked = JSON.parse(line) as KeyRow;
    row = asked;
    insertKey(asked)
      .then(
        () => say('inserted'),
        (error: unknown) => say(because(error)),
      )
      .finally(resolve);
  });
  lines.once('close', resolve);
});

lines.once('close', async () => {
  await inserting;
  if (row === undefined) return;
  for (let tries = 1; ; tries += 1) {
    try {
      await deleteKey(row);
      return;
    } catch (error) {
      if (tries < MOST_TRIES) continue;
      say(because(error));
      process.exitCode = 1;
      return;
    }
  }
});
