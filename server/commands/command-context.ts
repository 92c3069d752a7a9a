import { createAuditedContacts, startAuditing } from '../audit/auditing.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { createAskForPeople } from '../contacts/ask-for-people.ts';
import type { AskForPeople } from '../contacts/people.ts';
import type { JellyfinConnection } from '../jellyfin/accounts.ts';
import { createLogger, type Logger } from '../log/log.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import type { Audit } from '../ports/audit.ts';
import type { Campaigns } from '../ports/campaigns.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts } from '../ports/contacts.ts';
import type { Limits } from '../ports/limits.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import { createLanguageFor, createLanguagesOf, type Preferences } from '../ports/preferences.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import type { Settings } from '../ports/settings.ts';
import type { Standings } from '../ports/standings.ts';
import { readConfiguration } from '../program/configuration.ts';
import { openStorage } from '../storage/open-storage.ts';

/** What the commands that read and write the database work with. */
export interface CommandContext {
  /** Each change is kept in the audit table. */
  readonly contacts: Contacts;
  readonly audit: Audit;
  readonly outbox: OutboxStore;
  readonly links: ResetLinks;
  readonly campaigns: Campaigns;
  readonly contactChanges: ContactChanges;
  readonly settings: Settings;
  readonly preferences: Preferences;
  readonly limits: Limits;
  /** Of My Account. */
  readonly accountSessions: AccountSessions;
  readonly config: Config;
  /** What it is told is kept in the audit table too; only warnings are shown. */
  readonly log: Logger;
  /** Asks Jellyfin once, and answers the same again. */
  readonly askForPeople: AskForPeople;
  /**
   * Jellyfin, by API key or by its data folder; nothing is asked yet.
   *
   * @throws {Error} when the config has neither.
   */
  readonly connect: () => Promise<JellyfinConnection>;
  /** How accounts stand with Jellyfin; undefined without an API key. */
  readonly findStandings: () => Promise<Standings | undefined>;
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
    const { audit, outbox, links, campaigns, contactChanges, settings, preferences, limits } = storage;
    const connect = async () => {
      const { url, caFile, apiKey, dataFolder } = config.jellyfin;
      const { connectJellyfin } = await import('../jellyfin/accounts.ts');
      const { createToldPinFiles } = await import('../jellyfin/data-folder/told-pin-files.ts');
      return connectJellyfin({
        ...{ url, ca: await readAuthority(caFile, 'jellyfin'), apiKey, dataFolder },
        toldPinFiles: createToldPinFiles(limits, CLOCK),
        ...{ contacts: storage.contacts, clock: CLOCK, log },
        ...{ loginThrottle: config.loginThrottle, mayBeAdministrator: true, endsSessions: false },
      });
    };
    const findStandings = async () =>
      config.jellyfin.apiKey === undefined ? undefined : (await connect()).standings;
    let asked: ReturnType<AskForPeople> | undefined;
    const ask = async () => {
      const { url, caFile, apiKey, dataFolder } = config.jellyfin;
      const ca = await readAuthority(caFile, 'jellyfin');
      return createAskForPeople({ url, ca, apiKey, hasDataFolder: dataFolder !== undefined, contacts })();
    };
    const stores = { contacts, audit, outbox, links, campaigns, contactChanges, settings, preferences };
    const more = { limits, accountSessions: storage.accountSessions, connect, settleAudit: auditing.settle };
    await work({
      ...stores,
      ...more,
      config,
      log,
      askForPeople: () => (asked ??= ask()),
      findStandings,
      clock: CLOCK,
      by: BY,
    });
  } finally {
    await auditing.close();
    await storage.close();
  }
}

/**
 * What use cases that write to people go by besides.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function toReachable({ config, askForPeople, findStandings, preferences }: CommandContext) {
  const { reset } = config;
  const languageFor = createLanguageFor(preferences, reset?.language);
  return {
    askForPeople,
    standings: await findStandings(),
    administrators: reset?.administrators ?? 'never',
    channels: Object.keys(reset?.channels ?? {}),
    languageOf: (userId: string) => languageFor(userId, undefined),
    languagesOf: createLanguagesOf(preferences, reset?.language),
  };
}
