/**
 * A process that works on a storage beside others, for tests. Arguments: the storage and its own name. Begins when it
 * is told to; prints what it got: a line `message ID` for each message it claimed, `take` for each take within the
 * limit, `link HASH` for each link it claimed, `guess` for each code that was compared, `place` for each place it took, `resolved` for each message it stored, `setting VALUE`, and `end`.
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

/** Types wrong codes of one link. */
async function guessCodes(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const { state } = await storage.resetCodes.compare('link with a code', `${owner} ${i}`, NOW);
    if (state === 'wrong' || state === 'locked') print('guess');
  }
}

/** Takes places that nobody leaves. */
async function takePlaces(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const place = { holder: `${owner} ${i}`, most: 15, until: NOW + 60_000 };
    if ((await storage.places.take('a', place, NOW)) !== undefined) print('place');
  }
}

/** Lets requests become messages to one address. */
async function resolveRequests(): Promise<void> {
  const counts = [{ key: 'address', points: 7, windowMs: 60_000 }];
  for (let i = 0; i < 10; i++) {
    const request = { enteredName: 'a', source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
    await storage.outbox.addRequest(request, NOW, 1_000);
    const [row] = await storage.outbox.claim('asked', owner, NOW, 60_000, 1);
    const about = { queue: 'pager', contactId: undefined, kind: 'reset-link', language: 'en' } as const;
    const message = { ...about, userId: `${owner} ${i}`, userName: 'anna', key: `${i}` };
    const bounds = { perAccount: [], countsOf: () => counts };
    const stored = await storage.outbox.resolve({ id: row?.id ?? 0, owner }, [message], bounds, NOW);
    for (const _ of stored ?? []) print('resolved');
  }
}

await Promise.all([claimMessages(), take(), claimLinks(), guessCodes(), takePlaces(), resolveRequests()]);
print(`setting ${await storage.settings.getOrCreate('key', () => owner)}`);
await storage.close();
print('end');
process.exit(0);
