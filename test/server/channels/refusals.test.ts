import { describe, expect, test } from 'vitest';
import type { SmtpStage } from '../../support/mail/scripted-smtp.ts';
import { MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';

async function outcomeOf(stage: SmtpStage, answer: string) {
  const smtp = await startScriptedSmtp({ script: (at) => (at === stage ? { answer } : undefined) });
  return openMailChannel(smtp.url, {}).send(MESSAGE);
}

const BOUNCE = { kind: 'permanent', isAddressRefused: true };

describe('an answer to the recipient or the mail', () => {
  test.each([
    // What Postfix, Exim, Exchange Online, Gmail, Yahoo and others say of addresses that are none.
    '550 5.1.1 <anna.lee@example.org>: Recipient address rejected: User unknown in local recipient table',
    '550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 https://support.example.org/?p=NoSuchUser',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '550 5.4.1 Recipient address rejected: Access denied. [X.example.org]',
    '550 5.2.1 The email account that you tried to reach is disabled.',
    '554 5.1.2 Bad destination system address',
    '556 5.1.10 Recipient address has null MX',
    '550 No such user here',
    '551 User not local',
    '553 Mailbox name not allowed',
    '550 mailbox unavailable',
  ])('%j marks the address', async (answer) => {
    expect(await outcomeOf('RCPT', answer)).toMatchObject(BOUNCE);
  });

  test('5.1.1 after the mail marks the address too', async () => {
    expect(await outcomeOf('body', '550 5.1.1 user unknown')).toMatchObject(BOUNCE);
  });

  test.each([
    ['RCPT', '550 5.7.1 Message rejected as spam'],
    ['RCPT', '554 5.7.1 Service unavailable; Client is listed on zen.example.org, your reputation is poor'],
    ['RCPT', '550 5.7.26 This mail is unauthenticated, which poses a security risk'],
    ['RCPT', '550 Blocked by policy'],
    ['RCPT', '550 rejected because of spam'],
    ['RCPT', '552 5.2.2 Mailbox full'],
    ['RCPT', '552 mailbox full'],
    ['RCPT', '554 Transaction failed'],
    ['RCPT', '501 Syntax error in parameters'],
    ['body', '550 5.7.1 Message contains spam'],
    ['body', '554 rejected'],
    ['body', '550 no such user'],
  ] as const)(
    'at %s %j is the end of this message, and says nothing of the address',
    async (stage, answer) => {
      const outcome = await outcomeOf(stage, answer);
      expect(outcome).toMatchObject({ kind: 'permanent' });
      expect(outcome).not.toHaveProperty('isAddressRefused');
    },
  );

  test.each([
    ['554 5.7.1 <anna.lee@example.org>: Relay access denied', /does not pass mail on/],
    ['550 relaying not permitted', /does not pass mail on/],
    [
      '550 5.1.8 <noreply@media.example.org>: Sender address rejected: Domain not found',
      /refused the sender.*mail\.from/,
    ],
    [
      '553 5.7.1 <noreply@media.example.org>: Sender address rejected: not owned by user',
      /refused the sender/,
    ],
    ['550 5.1.0 sender rejected', /refused the sender/],
    [
      '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: cannot find your hostname',
      /takes no mail from this machine/,
    ],
    ['530 5.7.0 Authentication required', /sign|password/],
  ])('%j is about us, and stops all mails', async (answer, says) => {
    const outcome = await outcomeOf('RCPT', answer);
    expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(says) });
  });

  test.each(['450 4.1.1 try later', '451 4.7.1 Greylisted', '452 4.2.2 over quota'])(
    '%j is for now',
    async (answer) => {
      const outcome = await outcomeOf('RCPT', answer);
      expect(outcome).toMatchObject({ kind: 'temporary' });
      expect(outcome).not.toHaveProperty('isAddressRefused');
    },
  );
});
