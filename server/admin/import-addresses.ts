import { readAddress } from '../contacts/address.ts';
import type { AskForPeople } from '../contacts/people.ts';
import { type ContactSource, SourceError } from '../ports/contact-source.ts';
import { type ImportedRow, type ImportParts, importContacts } from './import-contacts.ts';

/** A line that was not imported. */
export interface ImportProblem {
  readonly line: number;
  /** What is wrong and what to do, without the address. */
  readonly message: string;
}

/** How an import ended. */
export interface ImportedAddresses {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** People whose address was left empty: what they had stays. */
  readonly blank: number;
  /** In the order of the file. */
  readonly problems: readonly ImportProblem[];
  /** False where Jellyfin could not be asked whether there are accounts of the names, and they were believed. */
  readonly isProved: boolean;
}

/** What importing addresses needs of the world. */
export type ImportAddressesParts = Pick<ImportParts, 'contacts' | 'contactChanges'> & {
  readonly askForPeople: AskForPeople;
};

/**
 * Imports mail addresses, and tells all problems at once; see `importContacts`. For sources that are small enough for that.
 *
 * @throws {JellyfinUnreachableError | StorageError} lines before that are imported.
 */
export async function importAddresses(
  source: ContactSource,
  { contacts, contactChanges, askForPeople }: ImportAddressesParts,
): Promise<ImportedAddresses> {
  const people = await askForPeople();
  const problems: ImportProblem[] = [];
  const onRow = ({ kind, row: line, message }: ImportedRow): void => {
    if (kind === 'unknown' || kind === 'doubtful') problems.push({ line, message: message ?? '' });
  };
  const channels = [{ name: 'email', readAddress }];
  const parts = { people, contacts, contactChanges, channels };
  const isProved = people.provesNames ?? true;
  try {
    const counts = await importContacts(source, parts, { isDry: false, onRow });
    const { new: added, changed, unchanged, blank } = counts;
    return { added, changed, unchanged, blank, problems, isProved };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // It is known before the first row is kept.
    const problem = { line: 1, message: error.message };
    return { added: 0, changed: 0, unchanged: 0, blank: 0, problems: [problem], isProved };
  }
}
