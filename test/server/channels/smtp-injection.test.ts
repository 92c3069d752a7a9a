import { expect, onTestFinished, test } from 'vitest';
import { createEmailChannel } from '../../../server/channels/email.ts';
import { readAddress } from '../../../server/contacts/address.ts';
import { createMessages } from '../../../server/messages/messages.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { createRandom } from '../../support/measure/random.ts';

/** ASVS 5.0 1.2.1 to 1.2.4, 1.3.11; the classes of CVE-2025-13033, CVE-2025-14874 and GHSA-vvjj-xcjg-gr5g. */
const PIECES = [
  'anna@example.org',
  'eve@evil.example',
  'anna',
  '@example.org',
  'example.org',
  '\r\n',
  '\n',
  '\r',
  '%0d%0a',
  '\u2028',
  '\u2029',
  '\u0085',
  '\0',
  '\r\n.\r\n',
  'Bcc: eve@evil.example',
  'RCPT TO:<eve@evil.example>',
  'DATA',
  ', ',
  ';',
  ' ',
  '\t',
  '<',
  '>',
  '"',
  '"anna@evil.example x"',
  'friends: ',
  ':;',
  '(comment)',
  '\\',
  '[127.0.0.1]',
  '=?utf-8?Q?=0D=0ABcc:=20eve@evil.example?=',
  '\u202e',
  'ä',
  '+tag',
  '..',
];

const HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

function headersOf(raw: string): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return head.split('\r\n');
}

test('of 400 hostile names and addresses none makes a second recipient, another header or another mail', async () => {
  const random = createRandom(13_033);
  const hostile = () => Array.from({ length: 1 + random.below(4) }, () => random.pick(PIECES)).join('');
  const smtp = await startScriptedSmtp();
  const channel = createEmailChannel({
    url: smtp.url,
    from: { name: 'Jellyfin, "the" server', address: 'noreply@example.org' },
    requireTls: false,
  });
  onTestFinished(() => channel.close());
  let sent = 0;
  for (let i = 0; i < 400; i++) {
    // Every other one is an address that may pass, so that names and subjects are seen in mails too.
    const address = i % 2 === 0 ? 'Anna.Lee+tv@example.org' : hostile();
    const names = { serverName: hostile(), userName: hostile() };
    const link = `https://media.example.org/gatehouse/reset#${'a'.repeat(43)}`;
    const message =
      i % 4 === 0
        ? createMessages().write('reset-link', { ...names, link, lifetimeMs: 60_000 }, 'en')
        : createMessages().write(
            'account-elsewhere',
            { ...names, link: `https://login.example.org/?${i}` },
            'de',
          );
    // What a text of ours would do if it let line ends through.
    const subject = i % 3 === 0 ? `New ${hostile()}` : message.subject;
    const to = { userId: '1'.repeat(32), userName: names.userName, channel: 'email', address } as const;
    const before = smtp.mails.length;
    const outcome = await channel.send({ ...message, subject, to, key: `key-${i}` });
    const read = readAddress(address);
    if ('fault' in read) {
      expect([address, outcome.kind]).toEqual([address, 'permanent']);
      expect(smtp.mails).toHaveLength(before);
      continue;
    }
    expect(outcome).toEqual({ kind: 'sent' });
    expect(smtp.mails).toHaveLength(before + 1);
    const mail = smtp.mails.at(-1);
    expect(mail?.recipients).toEqual([read.address]);
    const headers = headersOf(mail?.raw ?? '');
    expect(headers.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()).toSorted()).toEqual(HEADERS);
    expect(headers.filter((line) => /^to:/i.test(line))).toEqual([`To: ${read.address}`]);
    expect(mail?.messageId).toBe(`<key-${i}@example.org>`);
    sent += 1;
  }
  expect(sent).toBeGreaterThanOrEqual(200);
  expect(smtp.reached.filter((stage) => stage === 'RCPT')).toHaveLength(sent);
});

test.each([
  '"anna@evil.example x"@example.org',
  '"anna lee"@example.org',
  'anna@example.org, eve@evil.example',
  'anna@example.org;eve@evil.example',
  'friends: anna@example.org, eve@evil.example;',
  'Anna <anna@example.org>',
  '<anna@example.org>',
  'anna@example.org\r\nRCPT TO:<eve@evil.example>',
  'anna@example.org\u2028Bcc: eve@evil.example',
  'anna@example.org%0d%0aBcc:eve@evil.example',
  'anna@[127.0.0.1]',
  'anna@example.org (comment)',
])('the address %j reaches nobody, and nobody is asked', async (address) => {
  await expectNobody(address);
});

test('groups in groups in groups reach nobody, and nobody is asked', async () => {
  await expectNobody(`${'a:'.repeat(5_000)};`);
});

async function expectNobody(address: string): Promise<void> {
  const smtp = await startScriptedSmtp();
  const from = { name: '', address: 'noreply@example.org' };
  const channel = createEmailChannel({ url: smtp.url, from, requireTls: false });
  const to = { userId: '1'.repeat(32), userName: 'anna', channel: 'email', address } as const;
  const outcome = await channel.send({
    ...{ to, key: 'k', subject: 's', text: 't', html: '<p>t</p>' },
    chat: { before: ['t'], after: [] },
  });
  expect(outcome.kind).toBe('permanent');
  expect(smtp.connections).toBe(0);
}
