/**
 * A process that works on a storage beside others, for tests. Arguments: the storage and its own name. Begins when it
 * is told to; prints what it got: a line `message ID` for each message it claimed, `take` for each take within the
 * limit, `link HASH` for each link it claimed, `setting VALUE`, and `end`.
 */
import { openStorage } from '../../../server/storage/open-storage.ts';

const [location = '', owner = ''] = process.argv.slice(2);
const NOW = 1_800_000_000_000;
const storage = await openStorage(location);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
print('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));

async function claimMessages(): Promise<void> {
  for (;;) {
    const works = await storage.outbox.claim('email', owner, NOW, 60_000, 3);
    if (works.length === 0) return;
    for (const { id } of works) {
      print(`message ${id}`);
      await storage.outbox.end({ id, owner }, 'sent', undefined, NOW);
    }
  }
}

async function take(): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const { isWithin } = await storage.limits.take('everybody', { points: 60, windowMs: 60_000 }, NOW);
    if (isWithin) print('take');
  }
}

async function claimLinks(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const { state } = await storage.links.claim(`link ${i}`, NOW, 60_000, owner);
    if (state === 'open') print(`link ${i}`);
  }
}

await Promise.all([claimMessages(), take(), claimLinks()]);
print(`setting ${await storage.settings.getOrCreate('key', () => owner)}`);
await storage.close();
print('end');
process.exit(0);
