import { describe, expect, test } from 'vitest';
import { MESSAGE, openMailChannel, startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { admit, runDoctor } from '../../support/program/doctor-fixture.ts';

describe('the check of a mail server', () => {
  const refusals = [
    ['550 5.7.1 not this sender', /refused the sender.*mail\.from/, /STARTTLS|sign-in/],
    ['530 5.7.0 Authentication required', /wants a sign-in.*mail\.url/, /mail\.from/],
    ['530 5.7.0 Must issue a STARTTLS command first', /wants TLS first.*587.*465/, /mail\.from|sign-in/],
  ] as const;
  test.each(refusals)('names the sender and is red at %s', async (answer, says, saysNot) => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'MAIL' ? { answer } : undefined) });
    const channel = openMailChannel(smtp.url, {});
    for (const outcome of [await channel.check(), await channel.send(MESSAGE)]) {
      expect(outcome).toMatchObject({ kind: 'unreachable', detail: expect.stringMatching(says) });
      expect(JSON.stringify(outcome)).not.toMatch(saysNot);
      expect(JSON.stringify(outcome)).not.toContain('noreply@');
    }
    expect(smtp.mails).toEqual([]);
  });

  test('sends nothing, and leaves no connection behind', async () => {
    const smtp = await startScriptedSmtp();
    expect(await openMailChannel(smtp.url, {}).check()).toEqual({ kind: 'sent' });
    expect(smtp.reached).toContain('MAIL');
    expect(smtp.reached).not.toContain('RCPT');
    expect(smtp.mails).toEqual([]);
    await expect.poll(() => smtp.open).toBe(0);
  });

  test('reads an answer that comes in pieces and lines', async () => {
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'MAIL' ? 'hang' : undefined) });
    const checked = openMailChannel(smtp.url, {}).check();
    await expect.poll(() => smtp.reached).toContain('MAIL');
    smtp.say('250-go');
    smtp.say(' on\r\n250 sender ok\r\n');
    expect(await checked).toEqual({ kind: 'sent' });
  });

  test('is what doctor says', async () => {
    const answer = '553 5.7.1 sender address rejected: not owned by user';
    const smtp = await startScriptedSmtp({ script: (stage) => (stage === 'MAIL' ? { answer } : undefined) });
    const { folder } = await admit({ lines: { mail: `{ url: '${smtp.url}', from: noreply@example.org }` } });
    const { code, out } = await runDoctor([], folder);
    expect(out).toMatch(/✗ mail +Mail server .* refused the sender: 553/);
    expect(code).not.toBe(0);
  });
});

describe('the name in EHLO', () => {
  test.each([
    [{ publicUrl: 'https://media.example.org/jellyfin' }, 'media.example.org'],
    [{ publicUrl: 'https://192.0.2.7:8920' }, '[192.0.2.7]'],
    [{ publicUrl: 'https://[2001:db8::7]' }, '[IPv6:2001:db8::7]'],
    [{ publicUrl: 'https://media.example.org', name: 'nas.example.net' }, 'nas.example.net'],
  ])('of %j is %s, in checks and mails', async (options, name) => {
    const smtp = await startScriptedSmtp();
    const channel = openMailChannel(smtp.url, options);
    await channel.check();
    await channel.send(MESSAGE);
    const said = [...smtp.received().matchAll(/^EHLO (\S+)\r$/gm)].map((match) => match[1]);
    expect(said).toEqual([name, name]);
  });

  test('without a dot is not said: many servers refuse it', async () => {
    const smtp = await startScriptedSmtp();
    await openMailChannel(smtp.url, { publicUrl: 'http://nas:8097' }).send(MESSAGE);
    expect(smtp.received()).not.toMatch(/^EHLO nas\r$/m);
  });
});
