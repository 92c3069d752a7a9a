import type { Contact, Contacts } from '../ports/contacts.ts';
import { readAddress } from './address.ts';
import { type Csv, type CsvRecord, readCsv } from './csv.ts';
import type { People } from './people.ts';

/** A line that was not imported. */
export interface ImportProblem {
  readonly line: number;
  /** What is wrong and what to do, without the address. */
  readonly message: string;
}

/** How an import ended: every line of the file is in one of these. */
export interface ImportResult {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the file. */
  readonly problems: readonly ImportProblem[];
}

const NAME_HEADINGS = ['name', 'user', 'username', 'user name'];
const EMAIL_HEADINGS = ['email', 'e-mail', 'mail', 'address'];

/**
 * Imports contacts from CSV with the headings `name` (or `user`) and `email`; other columns are left alone. Good
 * lines are imported even when others are not, and all problems are told at once. Can be repeated.
 *
 * @param bytes UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them.
 * @throws {StorageError} when contacts cannot be kept; lines before that are imported.
 */
export async function importCsv(
  bytes: Uint8Array,
  deps: { readonly people: People; readonly contacts: Contacts },
): Promise<ImportResult> {
  const text = decode(bytes);
  if (text === undefined) {
    return refuseAll('the file is not UTF-8; save it as "CSV UTF-8"');
  }
  const csv = readCsv(text);
  const columns = findColumns(csv.records[0]);
  if (columns === undefined) {
    return refuseAll('the first line must hold the headings name and email, as in name,email');
  }
  const { contacts, problems } = readContacts(csv, columns, deps.people);
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const contact of contacts) counts[await keep(contact, deps.contacts)] += 1;
  return { ...counts, problems };
}

function refuseAll(message: string): ImportResult {
  return { added: 0, changed: 0, unchanged: 0, problems: [{ line: 1, message }] };
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isUtf16 = first === 0xff && second === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Columns {
  readonly name: number;
  readonly email: number;
}

function findColumns(header: CsvRecord | undefined): Columns | undefined {
  const headings = header?.fields.map((field) => field.trim().toLowerCase()) ?? [];
  const name = headings.findIndex((heading) => NAME_HEADINGS.includes(heading));
  const email = headings.findIndex((heading) => EMAIL_HEADINGS.includes(heading));
  return name < 0 || email < 0 ? undefined : { name, email };
}

function readContacts(csv: Csv, columns: Columns, people: People) {
  const contacts = new Map<string, { contact: Contact; line: number }>();
  const problems: ImportProblem[] = [];
  for (const record of csv.records.slice(1)) {
    const read = readContact(record, columns, people);
    if ('message' in read) {
      problems.push({ line: record.line, message: read.message });
      continue;
    }
    const earlier = contacts.get(read.userId);
    if (earlier === undefined) contacts.set(read.userId, { contact: read, line: record.line });
    else if (earlier.contact.address !== read.address) {
      const message = `"${read.userName}" has another address in line ${earlier.line}, which was taken; keep one of the two`;
      problems.push({ line: record.line, message });
    }
  }
  if (csv.openQuoteLine !== undefined) {
    const message = 'a quote that begins here is never closed; nothing from here on was read';
    problems.push({ line: csv.openQuoteLine, message });
  }
  return { contacts: [...contacts.values()].map((entry) => entry.contact), problems };
}

function readContact(record: CsvRecord, columns: Columns, people: People): Contact | { message: string } {
  const name = record.fields[columns.name]?.trim() ?? '';
  if (name === '') return { message: 'has no name' };
  const person = people.find(name);
  const read = readAddress(record.fields[columns.email] ?? '');
  const faults = [
    ...(person === undefined ? [people.explainMissing(name)] : []),
    ...('fault' in read ? [`the address of "${name}" ${read.fault}`] : []),
  ];
  if (person === undefined || 'fault' in read) return { message: faults.join('; ') };
  return { userId: person.id, userName: person.name, channel: 'email', address: read.address };
}

async function keep(contact: Contact, contacts: Contacts): Promise<'added' | 'changed' | 'unchanged'> {
  const known = (await contacts.ofUser(contact.userId)).find((one) => one.channel === contact.channel);
  if (known?.address === contact.address && known.userName === contact.userName) return 'unchanged';
  await contacts.set(contact);
  return known === undefined ? 'added' : 'changed';
}
