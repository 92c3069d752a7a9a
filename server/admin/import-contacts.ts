import { readAddress } from '../contacts/address.ts';
import { type Csv, type CsvRecord, readCsv } from '../contacts/csv.ts';
import type { People } from '../contacts/people.ts';
import { readField } from '../contacts/write-csv.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';

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
  /** People whose address was left empty: what they had stays. */
  readonly blank: number;
  /** In the order of the file. */
  readonly problems: readonly ImportProblem[];
}

/** Folded headings (see `foldHeading`) of the user name in Jellyfin, the surest first: a `name` may be that of a person. */
const NAME_HEADINGS = [
  ...['username', 'benutzername', 'nomdutilisateur', 'nombredeusuario', 'jellyfinuser', 'jellyfinname'],
  ...['login', 'loginname', 'anmeldename', 'userid', 'identifiant'],
  ...['user', 'benutzer', 'utilisateur', 'usuario', 'account', 'konto', 'compte', 'cuenta'],
  ...['name', 'nom', 'nombre'],
];

/** Folded headings of the mail address, the surest first: an `address` may be a street. */
const EMAIL_HEADINGS = [
  ...['email', 'emailaddress', 'emailadresse', 'adresseemail', 'mailaddress', 'mailadresse', 'adressemail'],
  ...['courriel', 'adressecourriel', 'correo', 'correoelectronico', 'direcciondecorreo', 'mail'],
  ...['primaryemail', 'emails', 'mails', 'address', 'adresse', 'direccion'],
];

/**
 * Imports contacts from CSV with the headings `name` and `email`, or what programs call these in our languages; of
 * several that may be meant the surest counts, `username` before `name`. Other columns are left alone. Good
 * lines are imported even when others are not, and all problems are told at once. Can be repeated.
 *
 * @param bytes UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them.
 * @throws {StorageError} when contacts cannot be kept; lines before that are imported.
 */
export async function importContacts(
  bytes: Uint8Array,
  deps: {
    readonly people: People;
    readonly contacts: Contacts;
    readonly contactChanges: Pick<ContactChanges, 'isDisowned'>;
  },
): Promise<ImportResult> {
  const text = decode(bytes);
  if (text === undefined) {
    return refuseAll('the file is not UTF-8; save it as "CSV UTF-8"');
  }
  const csv = readCsv(text);
  const heading = csv.records.slice(0, MAX_LINES_BEFORE + 1).findIndex((record) => findColumns(record));
  const columns = findColumns(csv.records[heading]);
  if (columns === undefined) {
    return refuseAll('the first line must hold the headings name and email, as in name,email');
  }
  const records = csv.records.slice(heading + 1);
  const { contacts, blank, problems } = readContacts({ ...csv, records }, columns, deps.people);
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const disowned: ImportProblem[] = [];
  for (const { contact, line } of contacts) {
    if (await deps.contactChanges.isDisowned(contact.userId, contact.channel, contact.address))
      disowned.push({ line, message: toldDisowned(contact.userName) });
    else counts[await keep(contact, deps.contacts)] += 1;
  }
  return { ...counts, blank, problems: [...problems, ...disowned].toSorted((a, b) => a.line - b.line) };
}

function toldDisowned(name: string): string {
  return `whoever reads the address of "${name}" said that the account is not theirs; ask the person for the right one`;
}

function refuseAll(message: string): ImportResult {
  return { added: 0, changed: 0, unchanged: 0, blank: 0, problems: [{ line: 1, message }] };
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Most lines before the headings: what npm prints first where a list was written to a file through it. */
const MAX_LINES_BEFORE = 4;

interface Columns {
  readonly name: number;
  readonly email: number;
}

function findColumns(header: CsvRecord | undefined): Columns | undefined {
  const headings = header?.fields.map(foldHeading) ?? [];
  const find = (known: readonly string[]): number =>
    known.map((heading) => headings.indexOf(heading)).find((index) => index >= 0) ?? -1;
  const [name, email] = [find(NAME_HEADINGS), find(EMAIL_HEADINGS)];
  return name < 0 || email < 0 ? undefined : { name, email };
}

/** Leaves of a heading its letters: `E-Mail-Adresse`, `E-mail address *` and `EMAIL_ADDRESS` are not told apart. */
function foldHeading(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

function readContacts(csv: Csv, columns: Columns, people: People) {
  const contacts = new Map<string, { contact: Contact; line: number }>();
  const problems: ImportProblem[] = [];
  let blank = 0;
  for (const record of csv.records) {
    const read = readContact(record, columns, people);
    if (read === undefined) {
      blank += 1;
      continue;
    }
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
  return { contacts: [...contacts.values()], blank, problems };
}

/** Undefined for somebody who is there and has nothing in the column of the address: a list that is not filled in yet. */
function readContact(
  record: CsvRecord,
  columns: Columns,
  people: People,
): Contact | { message: string } | undefined {
  const name = readField(record.fields[columns.name]?.trim() ?? '');
  if (name === '') return { message: 'has no name' };
  const person = people.find(name);
  const address = readField(record.fields[columns.email]?.trim() ?? '');
  if (person !== undefined && address === '') return undefined;
  const read = readAddress(address);
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
