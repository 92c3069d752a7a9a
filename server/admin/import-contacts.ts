import { isSameAddress } from '../contacts/address.ts';
import type { People } from '../contacts/people.ts';
import { createSeenContacts, type SeenContacts } from '../contacts/seen-contacts.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { ContactSource, FoundContact, SourceRow } from '../ports/contact-source.ts';
import type { ChannelName, Contact, Contacts, KeptContact } from '../ports/contacts.ts';
import { type AddressBlocked, findAddressBlocks } from './address-blocks.ts';
import { createMatchPerson, type MatchPerson } from './match-person.ts';

/**
 * What becomes of a row. `new`, `changed`: it is kept, or would be. `unchanged`: it is there already. `unknown`: nobody in
 * Jellyfin. `doubtful`: an administrator has to look at it. `opted-out`: the person wants no messages there. `blank`: somebody
 * without an address; what they have stays. `left-out`: its channel is not set up.
 */
export const IMPORT_KINDS = [
  'new',
  'changed',
  'unchanged',
  'unknown',
  'doubtful',
  'opted-out',
  'blank',
  'left-out',
] as const;

/** What becomes of a row. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** How many rows there were of each kind. */
export type ImportCounts = Readonly<Record<ImportKind, number>>;

/** A row, and what becomes of it. */
export interface ImportedRow {
  readonly kind: ImportKind;
  readonly row: number;
  /** As Jellyfin has it, else as the source does; undefined where that has an id alone. */
  readonly userName: string | undefined;
  readonly channel: ChannelName | undefined;
  /** Of what is kept, or would be. */
  readonly address?: string | undefined;
  /** Of `changed`: the address before. */
  readonly before?: string | undefined;
  /** What is wrong and what to do, without an address. */
  readonly message?: string | undefined;
}

/** What an import needs of the world. */
export interface ImportParts {
  readonly people: People;
  /** Each change to them is told by whoever made them; see `createAuditedContacts`. */
  readonly contacts: Pick<Contacts, 'ofUsers' | 'setAll'>;
  readonly contactChanges: Pick<ContactChanges, 'blocksOf'>;
  /** Mail, and those that are set up: contacts on others are left out. */
  readonly channels: readonly Pick<ChannelDefinition, 'name' | 'readAddress'>[];
}

/** How an import is done. */
export interface ImportOptions {
  /** Keep nothing, only say what would become of each row. */
  readonly isDry: boolean;
  /** Whether the administrator knows that the addresses are these people's: they are then verified. @default false */
  readonly isTrusted?: boolean;
  /** See `createMatchPerson`. @default false */
  readonly byName?: boolean;
  /** Hears of every row, in their order. */
  readonly onRow?: (row: ImportedRow) => void;
  /** Is waited for after some rows each. */
  readonly onBatch?: (rows: number) => Promise<void> | void;
  /** Ends it after the rows under way. */
  readonly signal?: AbortSignal;
}

/** Rows that are looked up and kept together, in one transaction. */
const BATCH = 200;

/**
 * Imports contacts. Good rows are imported even when others are not. It can be broken off at any moment and done again: what is
 * there already is unchanged then, and nothing is kept twice. What a person proved is never replaced, and neither is set what
 * they took back. Memory does not grow with the rows.
 *
 * @throws {SourceError} when the source cannot be read (further); rows before that are imported.
 * @throws {StorageError} when contacts cannot be kept; rows before that are imported.
 */
export async function importContacts(
  source: ContactSource,
  parts: ImportParts,
  options: ImportOptions,
): Promise<ImportCounts> {
  const counts = Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, 0])) as Record<ImportKind, number>;
  const seen = createSeenContacts();
  const match = createMatchPerson(parts.people, { byName: options.byName ?? false });
  const work = { ...parts, match, seen, isTrusted: options.isTrusted ?? false, rowWord: source.rowWord };
  let rows = 0;

  async function finish(batch: readonly SourceRow[]): Promise<void> {
    const sorted = await sortRows(batch, work);
    const kept = sorted.flatMap(({ contact }) => contact ?? []);
    if (!options.isDry && kept.length > 0)
      await parts.contacts.setAll(kept, undefined, work.isTrusted ? { state: 'verified' } : {});
    for (const { row } of sorted) {
      counts[row.kind] += 1;
      options.onRow?.(row);
    }
    rows += batch.length;
    await options.onBatch?.(rows);
  }

  try {
    let batch: SourceRow[] = [];
    for await (const row of source.read()) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      await finish(batch);
      batch = [];
      if (options.signal?.aborted === true) return counts;
    }
    if (batch.length > 0) await finish(batch);
    return counts;
  } finally {
    seen.close();
  }
}

interface Work extends ImportParts {
  readonly match: MatchPerson;
  readonly seen: SeenContacts;
  readonly isTrusted: boolean;
  readonly rowWord: string;
}

/** A row with what becomes of it, and the contact that is to be kept. */
interface SortedRow {
  readonly row: ImportedRow;
  readonly contact?: Contact;
}

async function sortRows(batch: readonly SourceRow[], work: Work): Promise<readonly SortedRow[]> {
  const read = batch.map((one) => readRow(one, work));
  const wanted = read.flatMap((one) => ('userId' in one ? one.userId : []));
  const known = wanted.length === 0 ? [] : await work.contacts.ofUsers([...new Set(wanted)]);
  const kept = Map.groupBy(known, ({ userId }) => userId);
  const beforeOf = ({ userId, channel }: Candidate) =>
    kept.get(userId)?.find((contact) => contact.channel === channel);
  const others = read.filter((one) => 'userId' in one).filter((one) => isOther(one, beforeOf(one)));
  const blocks = await findAddressBlocks(others, work.contactChanges);
  const blockOf = new Map(others.map((one, index) => [one, blocks[index]]));
  return read.map((one) =>
    'userId' in one ? compare(one, beforeOf(one), blockOf.get(one), work) : { row: one },
  );
}

/** A contact that can be kept, as far as the row alone tells. */
interface Candidate extends Contact {
  readonly row: number;
}

function readRow(one: SourceRow, work: Work): Candidate | ImportedRow {
  const { row } = one;
  if ('fault' in one)
    return { kind: 'doubtful', row, userName: undefined, channel: undefined, message: one.fault };
  const matched = work.match(one);
  const userName = 'person' in matched ? matched.person.name : one.name;
  const about = { row, userName, channel: one.channel };
  if (one.address === '' && 'person' in matched) return { ...about, kind: 'blank' };
  const definition = work.channels.find(({ name }) => name === one.channel);
  if (definition === undefined) return { ...about, kind: 'left-out' };
  const read = definition.readAddress(one.address);
  const fault = 'fault' in read ? `the address of ${callPerson(one)} ${read.fault}` : undefined;
  if ('unknown' in matched) {
    const message = fault === undefined ? matched.unknown : `${matched.unknown}; ${fault}`;
    return { ...about, kind: 'unknown', message };
  }
  if ('doubt' in matched) return { ...about, kind: 'doubtful', message: matched.doubt };
  if (one.isOptedOut === true) return { ...about, kind: 'opted-out' };
  if ('fault' in read) return { ...about, kind: 'doubtful', message: fault };
  return keepFirst({ ...matched.person, row, channel: one.channel, address: read.address }, work);
}

function callPerson({ name, jellyfinId }: FoundContact): string {
  return `"${name ?? jellyfinId ?? ''}"`;
}

/** Of several addresses that a source has for one account, the first counts. */
function keepFirst(
  found: { readonly id: string; readonly name: string } & Omit<Candidate, 'userId' | 'userName'>,
  { seen, rowWord }: Work,
): Candidate | ImportedRow {
  const { id: userId, name: userName, channel, address, row } = found;
  const earlier = seen.keep({ userId, channel, address, row });
  if (earlier === undefined) return { userId, userName, channel, address, row };
  if (isSameAddress(earlier.address, address)) return { kind: 'unchanged', row, userName, channel };
  const message = `"${userName}" has another address in ${rowWord} ${earlier.row}, which was taken; keep one of the two`;
  return { kind: 'doubtful', row, userName, channel, message };
}

/** Whether another address is meant than the one there is. */
function isOther({ address }: Candidate, before: KeptContact | undefined): boolean {
  return before === undefined || !isSameAddress(before.address, address);
}

function compare(
  candidate: Candidate,
  before: KeptContact | undefined,
  block: AddressBlocked | undefined,
  { isTrusted }: Work,
): SortedRow {
  const { row, ...contact } = candidate;
  const { userName, channel, address } = contact;
  const about = { row, userName, channel };
  const isSame = before?.address === address && before.userName === userName;
  const isToBeProved = isTrusted && before?.state === 'unverified';
  if (isSame && !isToBeProved) return { row: { ...about, kind: 'unchanged' } };
  if (before?.state === 'verified' && isOther(candidate, before)) {
    const message = `"${userName}" has proved another address, which stays; only they, or contacts set, can replace it`;
    return { row: { ...about, kind: 'doubtful', message } };
  }
  if (block !== undefined)
    return { row: { ...about, kind: 'doubtful', message: `${userName}: ${block.message}` } };
  const kind = before === undefined ? 'new' : 'changed';
  return { row: { ...about, kind, address, before: before?.address }, contact };
}
