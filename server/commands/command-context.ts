import { createAuditedContacts, startAuditing } from '../audit/auditing.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { createAskForPeople } from '../contacts/ask-for-people.ts';
import type { AskForPeople } from '../contacts/people.ts';
import { createLogger, type Logger } from '../log/log.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { readConfiguration } from '../program/configuration.ts';
import { openStorage } from '../storage/open-storage.ts';

/** What the commands that read and write the database work with. */
export interface CommandContext {
  /** Each change is kept in the audit table. */
  readonly contacts: Contacts;
  readonly contactChanges: ContactChanges;
  readonly audit: Audit;
  readonly outbox: OutboxStore;
  readonly links: ResetLinks;
  readonly config: Config;
  /** What it is told is kept in the audit table too; only warnings are shown. */
  readonly log: Logger;
  readonly askForPeople: AskForPeople;
  readonly clock: Clock;
  /** Who makes the changes, as the audit log names it. */
  readonly by: string;
  /** Resolves when the audit table has what was told so far: for work that tells much. */
  readonly settleAudit: () => Promise<void>;
}

const CLOCK: Clock = { now: () => Date.now() };

const BY = 'command-line';

/**
 * Opens what the config names, runs the work and closes it again. The server may run meanwhile.
 *
 * @throws {ConfigError | StorageError} before any work was done.
 */
export async function withCommandContext(
  configPath: string | undefined,
  work: (context: CommandContext) => Promise<void>,
): Promise<void> {
  const { config } = await readConfiguration(configPath);
  const storage = await openStorage(config.storage);
  const log = createLogger('warn', process.stderr);
  const auditing = startAuditing({ log, clock: CLOCK });
  auditing.open(storage.audit);
  const contacts = createAuditedContacts(storage.contacts, log, BY);
  try {
    const { contactChanges, audit, outbox, links } = storage;
    const ask = async () => {
      const { url, caFile, apiKey, dataFolder } = config.jellyfin;
      const ca = await readAuthority(caFile, 'jellyfin');
      return createAskForPeople({ url, ca, apiKey, hasDataFolder: dataFolder !== undefined, contacts })();
    };
    await work({
      ...{
        config,
        contacts,
        contactChanges,
        audit,
        outbox,
        links,
        log,
        askForPeople: ask,
        clock: CLOCK,
        by: BY,
      },
      settleAudit: auditing.settle,
    });
  } finally {
    await auditing.close();
    await storage.close();
  }
}
