/**
 * Imports generated people, in a process of its own that may be killed: `node import-child.ts LOCATION ROWS KNOWN`. Of the ROWS
 * people the first KNOWN have an account. Tells its parent how far it is and how much memory it holds.
 */
import { importContacts } from '../../../server/admin/import-contacts.ts';
import { createAuditedContacts, startAuditing } from '../../../server/audit/auditing.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { createPeople } from '../../../server/contacts/people.ts';
import { createCsvSource } from '../../../server/imports/csv/csv-source.ts';
import { createLogger } from '../../../server/log/log.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { addressOf, nameOf, userIdOf } from '../../bench/scale/fill.ts';
import type { ImportStep } from './run-import-child.ts';

/** Rows between two reports. */
const STEP = 10_000;

const [location = '', rows = 0, known = 0] = process.argv
  .slice(2)
  .map((word, at) => (at === 0 ? word : Number(word))) as [string, number, number];

async function* open(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('name,email\n');
  for (let first = 0; first < rows; first += 1_000) {
    const many = Array.from({ length: Math.min(1_000, rows - first) }, (_, n) => first + n);
    yield Buffer.from(many.map((n) => `${nameOf(n)},${addressOf(n)}\n`).join(''));
  }
}

const storage = await openStorage(location);
const clock = { now: () => Date.now() };
const log = createLogger('fatal', process.stderr);
const auditing = startAuditing({ log, clock });
auditing.open(storage.audit);
const people = createPeople(Array.from({ length: known }, (_, n) => ({ id: userIdOf(n), name: nameOf(n) })));
const begin = performance.now();

function report(step: Pick<ImportStep, 'rows'> & Partial<ImportStep>): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: (user + system) / 1e6,
    heapUsed,
    rss,
    ...step,
  });
}

const counts = await importContacts(
  createCsvSource({ place: 'people.csv', open }),
  {
    people,
    contacts: createAuditedContacts(storage.contacts, log, 'test'),
    contactChanges: storage.contactChanges,
    channels: CHANNELS,
  },
  {
    isDry: false,
    async onBatch(done) {
      await auditing.settle();
      if (done % STEP === 0) report({ rows: done });
    },
  },
);
await auditing.close();
report({ rows, counts });
await storage.close();
