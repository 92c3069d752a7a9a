/**
 * How an import of many rows is: `node test/bench/scale/imports.ts`. First of people of whom hardly any has an account, then of
 * people who all have one, killed half-way and run again; prints one line of JSON for each. Figures of docs/decisions/2026-12-01-imports.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { type ImportStep, runImportChild } from '../../support/imports/run-import-child.ts';
import { startPostgres } from '../../support/storage/postgres.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    /** `sqlite` or `postgres`; both when it is left out. */
    only: { type: 'string' },
  },
});
const rows = Number(values.rows);

function print(what: string, steps: readonly ImportStep[]): void {
  const last = steps.at(-1);
  const megabytes = (bytes: number | undefined) => Math.round((bytes ?? 0) / 2 ** 20);
  const at = (share: number) => steps.findLast((step) => step.rows <= rows * share);
  const heapMegabytes = [0.1, 0.5, 1].map((share) => megabytes(at(share)?.heapUsed));
  const mostRss = megabytes(Math.max(...steps.map(({ rss }) => rss)));
  const [seconds, cpuSeconds] = [last?.seconds, last?.cpuSeconds].map((one) => Math.round(one ?? 0));
  process.stdout.write(
    `${JSON.stringify({ what, rows: last?.rows, seconds, cpuSeconds, heapMegabytes, mostRss, counts: last?.counts })}\n`,
  );
}

async function measure(what: string, location: string): Promise<void> {
  print(`${what}: 5,000 of them known`, await runImportChild({ location, rows, known: 5_000 }));
  const all = { location, rows, known: rows };
  print(`${what}: all known, killed half-way`, await runImportChild(all, rows / 2));
  print(`${what}: all known, run again`, await runImportChild(all));
  const storage = await openStorage(location);
  process.stdout.write(`${JSON.stringify({ what, contacts: (await storage.contacts.list()).length })}\n`);
  await storage.close();
}

if (values.only !== 'postgres') {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-imports-'));
  await measure('SQLite', join(folder, 'gatehouse.db')).finally(() =>
    rm(folder, { recursive: true, force: true }),
  );
}
if (values.only !== 'sqlite') {
  const server = await startPostgres();
  await measure('PostgreSQL', server.url()).finally(() => server.close());
}
