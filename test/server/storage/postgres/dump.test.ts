import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { dumpCommand, psqlCommand } from '../../../../server/commands/backup.ts';
import { parsePostgresAddress } from '../../../../server/config/postgres-address.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { kept } from '../../../support/storage/kept-contact.ts';
import { ensurePostgres, POSTGRES_PASSWORD } from '../../../support/storage/postgres.ts';
import { tempPostgresStorage, usePostgres } from '../../../support/storage/temp-postgres.ts';

const server = usePostgres();

/** Runs a command as an administrator pastes it. */
function paste(command: string): void {
  const tools = dirname(realpathSync(ensurePostgres()));
  const env = { PATH: `${tools}:${process.env['PATH'] ?? ''}`, PGPASSWORD: POSTGRES_PASSWORD };
  execFileSync('sh', ['-c', command], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

test('the commands that gatehouse backup and restore name bring everything back', async () => {
  const storage = await tempPostgresStorage(server());
  const contact = { userId: '1', userName: 'Önder', channel: 'email', address: 'o@example.org' } as const;
  await storage.contacts.set(contact);
  await storage.links.add({
    tokenHash: 'used',
    userId: '1',
    userName: 'Önder',
    outboxId: 1,
    expiresAt: 9e12,
  });
  await storage.links.claim('used', 1, 1000, 'one');
  await storage.links.spend('used', 'one', 1);
  const id = await storage.outbox.addRequest(
    { enteredName: 'anna', source: 'form', language: 'en', clientAddress: '192.0.2.1' },
    1,
    100,
  );

  const address = parsePostgresAddress(storage.url);
  const file = join(await tempFolder(), "it's a dump.sql");
  paste(dumpCommand(address, file));
  await server().run(`DROP SCHEMA "${address.schema}" CASCADE`);
  paste(psqlCommand(address, file));

  const again = await openStorage(storage.url);
  expect(await again.contacts.list()).toEqual([kept(contact)]);
  expect(await again.links.look('used', 2)).toEqual({ state: 'used' });
  const next = await again.outbox.addRequest(
    { enteredName: 'ben', source: 'form', language: 'en', clientAddress: '192.0.2.1' },
    1,
    100,
  );
  // The counter of ids goes on where it was.
  expect(next).toBeGreaterThan(id ?? Number.POSITIVE_INFINITY);
  await again.close();
});
