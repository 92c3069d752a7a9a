import {
  type ImportOptions,
  type ImportParts,
  importContacts,
} from '../../../server/admin/import-contacts.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { createPeople } from '../../../server/contacts/people.ts';
import { type ContactSource, SourceError } from '../../../server/ports/contact-source.ts';
import { tempStorage } from '../storage/temp-storage.ts';

const NAMES = [
  ...[
    'Anna',
    'ben',
    'Carl Müller',
    'zoë',
    'Łucja',
    'renée',
    'Žofie',
    'Œdipe',
    'Ömer',
    'Анна',
    'محمد',
    'משה',
    'ユキ',
  ],
  ...['=1+1', 'comma, "name"'],
];

/** People of a Jellyfin: the n-th has n, in hex, as every digit of the id. */
export const PEOPLE = createPeople(NAMES.map((name, n) => ({ name, id: n.toString(16).repeat(32) })));

/** What an import may work with in a test: Anna, Ben and others; Ben's address is known, and Zoë has proved hers. */
export async function importParts(): Promise<ImportParts & Awaited<ReturnType<typeof tempStorage>>> {
  const storage = await tempStorage();
  const { contacts } = storage;
  const email = { channel: 'email' } as const;
  await contacts.set({ ...email, userId: '1'.repeat(32), userName: 'ben', address: 'ben@example.org' });
  const zoe = { ...email, userId: '3'.repeat(32), userName: 'zoë', address: 'zoe@example.org' };
  await contacts.set(zoe, 1, { state: 'verified' });
  return { ...storage, people: PEOPLE, channels: CHANNELS };
}

/** Imports, and answers the table as text, one line a row; the last line is the error that ended it, if one did. */
export async function importedTable(
  source: ContactSource,
  parts: ImportParts,
  options: Partial<ImportOptions> = {},
): Promise<string> {
  const lines: string[] = [];
  const onRow: ImportOptions['onRow'] = ({
    kind,
    userName = '',
    channel = '',
    address,
    before,
    row,
    message,
  }) => {
    const addresses = [before, address].filter((one) => one !== undefined).join(' -> ');
    lines.push([kind, userName, channel, addresses, row, message ?? ''].join(' | ').replace(/[ |]+$/, ''));
  };
  try {
    await importContacts(source, parts, { isDry: true, onRow, ...options });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    lines.push(`error | ${error.message}`);
  }
  return `${lines.join('\n')}\n`;
}
