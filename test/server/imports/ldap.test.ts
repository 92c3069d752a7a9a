import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import { openSource } from '../../support/imports/sample-sources.ts';
import { DIRECTORY, type DirectoryPerson, startSlapd } from '../../support/imports/slapd.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { testContactSource } from '../ports/contact-source.contract.ts';

async function tableOf(source: ContactSource): Promise<string> {
  return importedTable(source, await importParts());
}

describe('LDAP', { timeout: 120_000 }, () => {
  const people: readonly DirectoryPerson[] = [
    { uid: 'ANNA', mail: ['anna@example.org', 'a@example.org'] },
    { uid: 'ben', mail: 'new@example.org' },
    { uid: 'carl', cn: 'Carl Müller', mail: 'carl@example.org' },
    { uid: 'Łucja', mail: 'lucja@example.org', employeeNumber: 'renée' },
    { uid: 'no-mail' },
  ];
  const table = `new | Anna | email | anna@example.org | 1
changed | ben | email | ben@example.org -> new@example.org | 2
unknown | carl | email |  | 3 | Jellyfin has no user "carl"; names are those of Dashboard, Users
new | Łucja | email | lucja@example.org | 4
`;
  const { base, user, password } = DIRECTORY;
  const open = (url: string, options = {}, typed: string = password) =>
    openSource('ldap', url, { base, user, ...options }, async () => typed);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => {
      const { url } = await startSlapd(people);
      return { source: await open(url), table, secrets: [password] };
    });
  });

  test('a directory that gives 500 entries in an answer is read page by page', async () => {
    const many = Array.from({ length: 1_250 }, (_, n) => ({ uid: `p${n}`, mail: `p${n}@example.org` }));
    const { url } = await startSlapd(many);
    const lines = (await tableOf(await open(url))).trimEnd().split('\n');
    expect(lines).toHaveLength(1_250);
    expect(new Set(lines.map((line) => line.split(' | ')[1])).size).toBe(1_250);
  });

  test('attributes and entries can be named', async () => {
    const { url } = await startSlapd(people);
    const named = { nameAttribute: 'EmployeeNumber', mailAttribute: 'MAIL' };
    expect(await tableOf(await open(url, named))).toBe('new | renée | email | lucja@example.org | 1\n');
    expect(await tableOf(await open(url, { filter: '(uid=b*)' }))).toMatch(/^changed \| ben .*\n$/);
  });

  test('certificates are checked, from the beginning and with STARTTLS', async () => {
    const certificate = makeCertificate();
    const { url, tlsUrl } = await startSlapd(people, certificate);
    const both = [() => open(tlsUrl), () => open(url, { startTls: true })];
    for (const one of both)
      expect(await tableOf(await one())).toMatch(
        /has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
      );
    const trusted = getCACertificates('default');
    onTestFinished(() => setDefaultCACertificates(trusted));
    setDefaultCACertificates([...trusted, certificate.cert]);
    for (const one of both) expect(await tableOf(await one())).toBe(table);
  });

  test('says what is wrong, without the password', async () => {
    const { url } = await startSlapd(people);
    const tables = await Promise.all([
      open(url, {}, 'wrong').then(tableOf),
      open(url, { base: 'ou=nobody,dc=example,dc=org' }).then(tableOf),
      open(url, { base: 'nonsense' }).then(tableOf),
      open('ldap://127.0.0.1:9').then(tableOf),
      openSource('ldap', url, { base }).then(tableOf),
    ]);
    expect(tables.map((one) => one.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'))).toEqual([
      'error | HOST does not let this user in; correct --user or the password\n',
      'error | HOST has nothing at --base; correct it\n',
      'error | HOST cannot read the DN after --base or --user; write it as in ou=people,dc=example,dc=org\n',
      'error | HOST cannot be reached (ECONNREFUSED); is it the right address?\n',
      'error | HOST lets nobody search without signing in; name a user with --user\n',
    ]);
  });
});
