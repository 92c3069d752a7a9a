import { expect, test } from 'vitest';
import { importAddresses } from '../../../server/admin/import-addresses.ts';
import { createKeylessPeople, createPeople } from '../../../server/contacts/people.ts';
import { createCsvSource, createCsvTextSource } from '../../../server/imports/csv/csv-source.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const names = ['Anna', 'ben', 'Carl Müller', 'zoë'];
const people = createPeople(names.map((name, i) => ({ id: String(i).repeat(32), name })));

function sourceOf(input: string | Uint8Array) {
  if (typeof input === 'string') return createCsvTextSource(input);
  async function* open() {
    yield input as Uint8Array;
  }
  return createCsvSource({ place: 'people.csv', open });
}

async function importText(text: string | Uint8Array) {
  const { contacts, contactChanges } = await tempStorage();
  const parts = { askForPeople: async () => people, contacts, contactChanges };
  const run = (input: string | Uint8Array) => importAddresses(sourceOf(input), parts);
  const result = await run(text);
  const stored = (await contacts.list()).map((contact) => `${contact.userName} ${contact.address}`);
  return { ...result, stored, run };
}

test.each([
  'name,email\nanna,a@example.org\nBEN,b@example.org\n',
  'user;email\r\nanna;a@example.org\r\nben;b@example.org',
  '\ufeffName,Email,Comment\n"anna","a@example.org",x\n"ben", b@EXAMPLE.org ,"y, z"\n',
  'email\tuser\na@example.org\tanna\nb@example.org\tben\n',
  'sep=;\r\nBenutzername;E-Mail-Adresse\r\nanna;a@example.org\r\nben;b@example.org\r\n',
  '\ufeffsep=,\nname,email\nanna,a@example.org\nben,b@example.org\n',
  'Username,"Email address"\ranna,a@example.org\rben,b@example.org\r',
  '"Name, first";Username;Email\nBerta;anna;a@example.org\nAnna;ben;b@example.org\n',
  'Name,USER_NAME,Address,E-mail address *\nben,anna,1 Road,a@example.org\nanna,ben,2 Road,b@example.org\n',
  "Nom d'utilisateur;Adresse e-mail\nanna;a@example.org\nben;b@example.org\n",
  'Nombre de usuario,Correo electr\u00f3nico\nanna,a@example.org\nben,b@example.org\n',
])('contacts are imported from %j', async (text) => {
  expect(await importText(text)).toMatchObject({
    added: 2,
    changed: 0,
    unchanged: 0,
    problems: [],
    stored: ['Anna a@example.org', 'ben b@example.org'],
  });
});

test('names are found with blanks around them and with accents as signs of their own', async () => {
  const text = 'name,email\n carl mu\u0308ller\u00a0,c@example.org\nzoe\u0308,z@example.org\n';
  expect(await importText(text)).toMatchObject({ added: 2, problems: [] });
});

test('UTF-16 in the other order of bytes is read, too', async () => {
  const bytes = Buffer.from('\ufeffname\temail\rcarl m\u00fcller\tc@example.org', 'utf16le').swap16();
  expect(await importText(bytes)).toMatchObject({ added: 1, stored: ['Carl M\u00fcller c@example.org'] });
});

test('UTF-16 as spreadsheets write it is read', async () => {
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('name\temail\ncarl müller\tc@example.org', 'utf16le'),
  ]);
  expect(await importText(bytes)).toMatchObject({ added: 1, stored: ['Carl Müller c@example.org'] });
});

test('all problems are told at once, and the good lines are imported', async () => {
  const text = [
    'name,email',
    'anna,a@example.org',
    'bne,b@example.org',
    'ben,b@nowhere',
    ',c@example.org',
    'carl müller,',
    'nobody at all,x',
    'anna,other@example.org',
    'anna,a@example.org',
    'zoë,z@example.org',
  ].join('\n');
  const result = await importText(text);
  expect(result.stored).toEqual(['Anna a@example.org', 'zoë z@example.org']);
  // Carl Müller: a list that is not filled in yet is no mistake.
  expect(result.blank).toBe(1);
  expect(result.problems).toEqual([
    { line: 3, message: 'Jellyfin has no user "bne"; did you mean ben?' },
    { line: 4, message: 'the address of "ben" has no domain such as example.org after the @' },
    { line: 5, message: 'has no name' },
    {
      line: 7,
      message:
        'Jellyfin has no user "nobody at all"; names are those of Dashboard, Users; the address of "nobody at all" has no @',
    },
    { line: 8, message: '"Anna" has another address in line 2, which was taken; keep one of the two' },
  ]);
});

test('a second import counts what changed', async () => {
  const { run } = await importText('name,email\nanna,a@example.org\nben,b@example.org');
  expect(await run('name,email\nanna,a@example.org\nben,new@example.org\nzoë,z@example.org')).toEqual({
    added: 1,
    changed: 1,
    unchanged: 1,
    blank: 0,
    problems: [],
    isProved: true,
  });
});

test('a list that is filled in for some leaves the others as they are, whatever npm has printed before it', async () => {
  const { run } = await importText('name,email\nanna,a@example.org');
  const banner = '\n> jellyfin-gatehouse@0.1.0 gatehouse\n> node bin/gatehouse.mjs contacts list --csv\n\n';
  expect(await run(`${banner}name,email\nanna,\nben,b@example.org\nzoë,\n`)).toEqual({
    ...{ added: 1, changed: 0, unchanged: 0, blank: 2, isProved: true },
    problems: [],
  });
});

test.each([
  ['anna,a@example.org', 'headings'],
  ['', 'headings'],
])('a file that cannot be understood changes nothing (%#)', async (text, message) => {
  expect(await importText(text)).toMatchObject({
    added: 0,
    stored: [],
    problems: [{ line: 1, message: expect.stringContaining(message) }],
  });
});

test('a quote that is never closed is a problem, what stands before it is imported', async () => {
  expect(
    await importText('name,email\nanna,a@example.org\nben,"b@example.org\nzoë,z@example.org\n'),
  ).toMatchObject({
    added: 1,
    problems: [{ line: 3, message: expect.stringContaining('never closed') }],
  });
});

test('where Jellyfin cannot be asked for all accounts, names are believed and the answer says so', async () => {
  const { contacts, contactChanges } = await tempStorage();
  const askForPeople = async () => createKeylessPeople([], await contacts.list());
  const source = createCsvTextSource('name,email\ncarl,c@example.org\n');
  const imported = await importAddresses(source, { askForPeople, contacts, contactChanges });
  expect(imported).toMatchObject({ added: 1, problems: [], isProved: false });
});
