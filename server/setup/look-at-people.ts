import { createManageContacts, type MissingContacts } from '../admin/manage-contacts.ts';
import { createAuditedContacts, startAuditing } from '../audit/auditing.ts';
import type { Config } from '../config/config.ts';
import { readAuthority } from '../config/files.ts';
import { secretsOf } from '../config/secrets.ts';
import { createAskForPeople } from '../contacts/ask-for-people.ts';
import { findImportableHere } from '../imports/find-importable.ts';
import { importCommandOf } from '../imports/recognise-folder.ts';
import { JellyfinUnreachableError } from '../jellyfin/errors.ts';
import type { Logger } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { SetupNotes } from './run.ts';

/** Whose address was said, and where that is kept. */
export interface PeopleParts {
  /** In force by now. */
  readonly config: Config;
  /** Who signed in. */
  readonly administrator: string | undefined;
  /** The address of whoever answered. */
  readonly contact: string | undefined;
  /** A log of its own: what it is told is kept in the audit table too. */
  readonly log: Logger;
  /** Who makes the change, as the audit table names it. */
  readonly by: string;
}

/**
 * Keeps the administrator's address, and notes who cannot be reached.
 *
 * @throws {StorageError | JellyfinUnreachableError}
 */
export async function lookAtPeople(parts: PeopleParts, notes: SetupNotes): Promise<void> {
  const { config, administrator, contact, log, by } = parts;
  const { url, caFile, apiKey, dataFolder } = config.jellyfin;
  log.hide(secretsOf(config));
  const storage = await openStorage(config.storage);
  const auditing = startAuditing({ log, clock: { now: () => Date.now() } });
  auditing.open(storage.audit);
  try {
    const contacts = createAuditedContacts(storage.contacts, log, by);
    const ca = await readAuthority(caFile, 'jellyfin');
    const askForPeople = createAskForPeople({
      ...{ url, ca, apiKey, hasDataFolder: dataFolder !== undefined, contacts },
    });
    const { contactChanges } = storage;
    const manage = createManageContacts({ contacts, contactChanges, askForPeople });
    if (contact !== undefined && administrator !== undefined) {
      await manage.set({ name: administrator, address: contact });
      notes.done.push(`Resets of ${administrator} reach the address you named.`);
    }
    if (contact !== undefined && administrator === undefined)
      notes.todo.push(
        'Say whose address it was that you named: gatehouse contacts set NAME --email ADDRESS.',
      );
    notes.todo.push(...(await manage.listMissing().then(describeMissing, explainUnasked)));
  } finally {
    await auditing.close();
    await storage.close();
  }
}

/** That Jellyfin went away meanwhile makes nothing undone. */
function explainUnasked(error: unknown): readonly string[] {
  if (!(error instanceof JellyfinUnreachableError)) throw error;
  return [`See who has no address: gatehouse contacts list --missing. ${error.message}`];
}

/** How many names are told. */
const MOST_NAMES = 12;

/** Who cannot be reached, and the ways to change that; nothing where everybody can. */
async function describeMissing({ people, all, isComplete }: MissingContacts): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const { found } = await findImportableHere();
  const who = nameSome(
    people.map(({ name }) => oneLine(name)),
    MOST_NAMES,
  );
  const seen = isComplete ? '' : ' on the login screen';
  return [
    `${people.length} of ${all} users${seen} have no address, so no reset reaches them: ${who}.`,
    ...found.map(
      (one) =>
        `${one.program} has addresses on this machine; this shows what would be imported: ${oneLine(importCommandOf(one))}`,
    ),
    'Know their addresses? gatehouse contacts list --csv --missing > people.csv, fill in, gatehouse contacts import people.csv --apply (without --apply it shows what it would do); a CSV of Seerr, Wizarr or jfa-go is taken as it is.',
    'Else they add one themselves: gatehouse contacts invite --missing prints a link for each. docs/first-evening.md has more ways.',
  ];
}
