import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { isAscii } from '../../../server/contacts/address.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { runProgram } from '../../support/program/program.ts';
import { callApi } from '../../support/program/split-stage.ts';

const EVE = 'eve@evil.example';

/** What an administrator, or whoever hands a list to one, may give as an address. */
const ADDRESSES = [
  `alice@example.org, ${EVE}`,
  `alice@example.org;${EVE}`,
  `alice@example.org ${EVE}`,
  `alice@example.org\r\nBcc: ${EVE}`,
  `alice@example.org\nRCPT TO:<${EVE}>`,
  `alice@example.org%0d%0aBcc:${EVE}`,
  `"alice, ${EVE}"@example.org`,
  `"${EVE} x"@example.org`,
  `${EVE}, <alice@example.org>`,
  `Alice <${EVE}>`,
  `friends: alice@example.org, ${EVE};`,
  `alice@example.org>\r\nRCPT TO:<${EVE}`,
  `alice@example.org\u2028Bcc: ${EVE}`,
  `alice@example.org\u0000${EVE}`,
  `alice(${EVE})@example.org`,
  `<@evil.example:alice@example.org>`,
  `alice%evil.example@example.org`,
  `alice!evil.example@example.org`,
  `=?utf-8?Q?alice=40example.org=2C_eve=40evil.example?=`,
  `alice@[127.0.0.1]`,
  `al\u00efce@example.org`,
  `alice@ex\u00e4mple.org`,
  `alice@example.org.`,
  `ALICE+tag@Example.ORG`,
];

/** What somebody may call himself or his server. */
const NAMES = [
  `alice\r\nBcc: ${EVE}`,
  `alice\nTo: ${EVE}\n\nHello`,
  `alice" <${EVE}>, "x`,
  `=?utf-8?Q?a=0D=0ABcc:_eve=40evil.example?=`,
  `alice\u2028Bcc: ${EVE}`,
  `alice\r\n.\r\nMAIL FROM:<${EVE}>`,
  `${EVE}`,
];

const HEADERS = [
  ...['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'],
  'x-auto-response-suppress',
];

/** The addresses that are stored, by id of the account. */
function storedIn(path: string): Map<string, string> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  const rows = db.prepare('SELECT user_id, address FROM contacts').all();
  db.close();
  return new Map(rows.map((row) => [String(row['user_id']), String(row['address'])]));
}

function headersOf(raw: string): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return head.split('\r\n');
}

it('whatever accounts, servers and addresses are called, each mail has one recipient, the one stored, and our headers only', {
  timeout: 120_000,
}, async () => {
  // An account for each address, and one for each name, with an address like any other.
  const people = [...ADDRESSES.map((_, n) => `person${n}`), ...NAMES];
  const subject = await createFakeSubject({
    version: '10.11.11',
    hashMs: 1,
    serverName: `Home\r\nBcc: ${EVE}`,
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...['alice', 'bob', ...people].map((name) => ({ name, password: 'x' })),
    ],
  });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { trustedProxies: '127.0.0.1' });
  onTestFinished(() => stage.close());
  const smtp = await startScriptedSmtp();
  await stage.apply(`listen: { host: 127.0.0.1, port: ${new URL(stage.url).port}, trustedProxies: [127.0.0.1] }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { limits: { requestsPerHour: 100000 } }
mail: { url: '${smtp.url}', from: noreply@example.org }
storage: ${stage.storagePath}
${stage.house.lines}`);
  const folder = dirname(stage.configPath);
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = [
    ...ADDRESSES.map((address, n) => `person${n},${quote(address)}`),
    ...NAMES.map((name, n) => `${quote(name)},named${n}@example.org`),
  ];
  await writeFile(join(folder, 'people.csv'), `name,email\r\n${rows.join('\r\n')}\r\n`);
  const imported = await runProgram(folder, 'contacts', 'import', 'people.csv', '--apply');
  expect(imported.code).toBe(1);
  const stored = storedIn(stage.storagePath);
  expect([...stored.values()]).toEqual(
    expect.arrayContaining(['ALICE+tag@example.org', 'named0@example.org']),
  );

  // Asking with an address, or with several, reaches the accounts that have it and nobody else.
  const typed = [...people, ...ADDRESSES, `bob\r\nBcc: ${EVE}`, `bob@example.org,${EVE}`, 'bob@example.org'];
  for (const [n, enteredName] of typed.entries()) {
    const headers = { 'X-Forwarded-For': `198.51.100.${n}` };
    const { status } = await callApi(stage.url, 'reset-requests', { enteredName }, headers);
    expect([202, 400]).toContain(status);
  }
  const wanted = new Set(
    people
      .map((name) => stored.get(subject.fake?.user(name).id ?? ''))
      .concat('bob@example.org')
      .filter((address) => address !== undefined)
      // This server says nothing of SMTPUTF8, so what is beyond ASCII is stored and not sent.
      .filter((address) => isAscii(address)),
  );
  await expect
    .poll(() => new Set(smtp.mails.flatMap(({ recipients }) => recipients)), { timeout: 60_000 })
    .toEqual(wanted);
  for (const { recipients, raw } of smtp.mails) {
    expect(recipients).toHaveLength(1);
    const headers = headersOf(raw);
    expect(headers.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()).toSorted()).toEqual(HEADERS);
    expect(headers.filter((line) => /^to:/i.test(line))).toEqual([`To: ${recipients[0]}`]);
  }
  expect(smtp.reached.filter((command) => command === 'RCPT')).toHaveLength(smtp.mails.length);
  // A domain with an umlaut is stored, and sent to, as DNS knows it.
  expect([...wanted].filter((address) => !/^[^@]+@example\.org$/.test(address))).toEqual([
    'alice@xn--exmple-cua.org',
  ]);
});
