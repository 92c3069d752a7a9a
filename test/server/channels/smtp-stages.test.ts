import { describe, expect, onTestFinished, test } from 'vitest';
import {
  CONNECT_TIMEOUT_MS,
  type EmailOptions,
  SEND_TIMEOUT_MS,
  SILENCE_TIMEOUT_MS,
} from '../../../server/channels/email.ts';
import type { SendOutcome } from '../../../server/ports/channel.ts';
import {
  MESSAGE,
  openMailChannel,
  type SmtpFault,
  type SmtpStage,
  startScriptedSmtp,
} from '../../support/mail/scripted-smtp.ts';

const patient = { connectMs: 20_000, silenceMs: 20_000, sendMs: 20_000 };
const hasty = { connectMs: 200, silenceMs: 200, sendMs: 2_000 };

const channelTo = (url: string, options: Partial<EmailOptions> = {}) =>
  openMailChannel(url, { timeouts: patient, ...options });

/** Those before the final dot, after which silence means something else. */
const STAGES = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const;

async function outcomeOf(
  where: SmtpStage,
  fault: SmtpFault,
  timeouts: NonNullable<EmailOptions['timeouts']> = patient,
) {
  const smtp = await startScriptedSmtp({ script: (stage) => (stage === where ? fault : undefined) });
  const outcome = await channelTo(smtp.url, { timeouts }).send(MESSAGE);
  return { smtp, outcome };
}

describe('a mail server that fails', () => {
  test.each(STAGES)(
    'by falling silent at %s is left after its time, and is away as a whole',
    async (stage) => {
      const { outcome, smtp } = await outcomeOf(stage, 'hang', hasty);
      expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('in time') });
      expect(smtp.connections).toBe(1);
    },
  );

  test.each([
    ['saying nothing', 'hang', hasty],
    ['closing', 'close', patient],
  ] as const)('by %s after the final dot may have taken the mail', async (_how, fault, timeouts) => {
    const { outcome, smtp } = await outcomeOf('body', fault, timeouts);
    expect(outcome).toMatchObject({
      kind: 'unconfirmed',
      detail: expect.stringMatching(/may have arrived.*spam and virus checks/),
    });
    expect(smtp.mails).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain('anna.lee@');
  });

  test('by answering the final dot late, but in time, has taken it', async () => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'body' ? 'hang' : undefined) });
    const sent = channelTo(smtp.url).send(MESSAGE);
    await expect.poll(() => smtp.mails.length).toBe(1);
    smtp.say('250 2.0.0 queued at last\r\n');
    expect(await sent).toEqual({ kind: 'sent' });
  });

  test('is given the time that each step of SMTP needs', () => {
    const minutes = (ms: number) => ms / 60_000;
    // RFC 5321 4.5.3.2: greeting 5, MAIL 5, RCPT 5, DATA 2, a block of data 3, the final dot 10.
    expect(minutes(CONNECT_TIMEOUT_MS)).toBeGreaterThanOrEqual(5);
    expect(minutes(SILENCE_TIMEOUT_MS)).toBeGreaterThanOrEqual(10);
    expect(minutes(SEND_TIMEOUT_MS)).toBeGreaterThanOrEqual(5 + 5 + 5 + 2 + 3 + 10);
  });

  test.each(STAGES)(
    'by closing at %s is away as a whole, and is not asked again by ourselves',
    async (stage) => {
      const { outcome, smtp } = await outcomeOf(stage, 'close');
      expect(outcome.kind).toBe('unreachable');
      expect(smtp.connections).toBe(1);
    },
  );

  const answers: readonly (readonly [SmtpStage, string, SendOutcome['kind']])[] = [
    ['greeting', '421 4.3.2 not now', 'unreachable'],
    ['greeting', '554 5.7.1 go away', 'unreachable'],
    ['EHLO', '421 4.3.2 not now', 'unreachable'],
    ['MAIL', '451 4.3.0 not now', 'unreachable'],
    ['MAIL', '452 4.3.1 disk full', 'unreachable'],
    ['MAIL', '550 5.7.1 not this sender', 'unreachable'],
    ['RCPT', '421 4.3.2 too many', 'unreachable'],
    ['RCPT', '450 4.2.0 greylisted', 'temporary'],
    ['RCPT', '452 4.2.2 mailbox full', 'temporary'],
    ['RCPT', '550 5.1.1 no such user', 'permanent'],
    ['RCPT', '553 5.1.3 bad address', 'permanent'],
    ['DATA', '451 4.3.0 not now', 'temporary'],
    ['DATA', '421 4.3.2 not now', 'unreachable'],
    ['DATA', '554 5.6.0 no valid recipients', 'permanent'],
    ['body', '451 4.7.1 look again later', 'temporary'],
    ['body', '421 4.3.2 not now', 'unreachable'],
    ['body', '554 5.7.1 looks like spam', 'permanent'],
  ];
  test.each(answers)('by answering at %s with %s makes the message %s', async (stage, answer, kind) => {
    const { outcome } = await outcomeOf(stage, { answer });
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toContain('anna.lee@');
  });

  test('by greeting late, but in time, gets the mail', async () => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'greeting' ? 'hang' : undefined) });
    const sent = channelTo(smtp.url).send(MESSAGE);
    await expect.poll(() => smtp.connections).toBe(1);
    smtp.greet();
    expect(await sent).toEqual({ kind: 'sent' });
    expect(smtp.mails).toHaveLength(1);
  });

  test('by dripping one sign at a time is left when the time for the whole message is over', async () => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'RCPT' ? 'hang' : undefined) });
    const drip = setInterval(() => smtp.say('2'), 30);
    onTestFinished(() => clearInterval(drip));
    const timeouts = { connectMs: 20_000, silenceMs: 20_000, sendMs: 700 };
    const outcome = await channelTo(smtp.url, { timeouts }).send(MESSAGE);
    expect(outcome.kind).toBe('unreachable');
    expect(smtp.mails).toEqual([]);
  });

  test('by hanging up after the mail was taken is forgiven: the mail was sent', async () => {
    const { outcome, smtp } = await outcomeOf('body', 'close-after');
    expect(outcome).toEqual({ kind: 'sent' });
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('a password for the mail server', () => {
  const withLogin = (url: string) => url.replace('//', '//me:secret-of-the-mailbox@');
  const PLAIN = Buffer.from('\0me\0secret-of-the-mailbox').toString('base64');

  test.each([
    ['STARTTLS was taken out of its offers', ['AUTH PLAIN LOGIN'], { answer: '502 5.5.1 not implemented' }],
    ['STARTTLS is refused', ['AUTH PLAIN LOGIN', 'STARTTLS'], { answer: '454 TLS not available' }],
    ['STARTTLS is answered and no TLS follows', ['AUTH PLAIN LOGIN', 'STARTTLS'], 'close-after'],
  ] as const)('is not said where TLS is required and %s', async (_case, ehlo, fault) => {
    const smtp = await startScriptedSmtp({
      ehlo,
      script: (stage) => (stage === 'STARTTLS' ? fault : undefined),
    });
    const outcome = await channelTo(withLogin(smtp.url), { requireTls: true }).send(MESSAGE);
    expect(outcome.kind).toBe('unreachable');
    expect(smtp.reached).not.toContain('AUTH');
    for (const secret of ['AUTH', PLAIN, 'secret']) expect(smtp.received()).not.toContain(secret);
    expect(smtp.received()).not.toContain('MAIL FROM');
  });

  test('is not given to what is said in plain behind the answer to STARTTLS', async () => {
    const smtp = await startScriptedSmtp({
      ehlo: ['AUTH PLAIN', 'STARTTLS'],
      script: (stage) =>
        stage === 'STARTTLS' ? { answer: '220 go on\r\n250-injected\r\n250 AUTH PLAIN' } : undefined,
    });
    const timeouts = { ...hasty, connectMs: 2_000 };
    const outcome = await channelTo(withLogin(smtp.url), { requireTls: true, timeouts }).send(MESSAGE);
    expect(outcome.kind).toBe('unreachable');
    for (const secret of ['AUTH', PLAIN]) expect(smtp.received()).not.toContain(secret);
  });
});
