import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { readDkim } from '../../support/mail/dkim.ts';
import { RSA } from '../../support/mail/load-mail.ts';
import { readMail } from '../../support/mail/mime.ts';
import { MESSAGE, openMailChannel } from '../../support/mail/scripted-smtp.ts';

/** A program in the place of sendmail, which writes down what it is given, and runs these lines. */
async function makeSendmail(lines = '') {
  const folder = await tempFolder();
  const path = join(folder, 'sendmail');
  const script = `#!/bin/sh
for one in "$@"; do printf '%s\\n' "$one"; done > '${folder}/arguments'
env > '${folder}/environment'
cat > '${folder}/mail'
${lines}
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  const read = (name: string) => readFile(join(folder, name));
  return { url: `sendmail://${path}`, path, read };
}

describe('mail by sendmail', () => {
  test('is handed over with the recipient behind --, as files of Unix have it', async () => {
    const { url, read } = await makeSendmail();
    const channel = openMailChannel(url, {
      dkim: { domain: 'example.org', selector: 'm', key: RSA.privateKey },
    });
    expect(await channel.check()).toEqual({ kind: 'sent' });
    expect(await channel.send(MESSAGE)).toEqual({ kind: 'sent' });
    expect(String(await read('arguments')).split('\n')).toEqual([
      ...['-i', '-f', 'noreply@media.example.org', '--', 'anna.lee@example.org', ''],
    ]);
    const mail = await read('mail');
    expect(mail.includes('\r')).toBe(false);
    const onTheWay = Buffer.from(mail.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    expect(readMail(onTheWay)).toMatchObject({ subject: MESSAGE.subject, text: 'Text mit ü\n' });
    expect(readDkim(onTheWay, RSA.publicKey)).toMatchObject({ isBodyRight: true, isSignatureRight: true });
  });

  test.each(['-oQ/tmp@example.org', '-bp@example.org', '--help@example.org', '-X/tmp/log@example.org'])(
    'the address %s is no option',
    async (address) => {
      const { url, read } = await makeSendmail();
      expect(await openMailChannel(url, {}).send({ ...MESSAGE, to: { ...MESSAGE.to, address } })).toEqual({
        kind: 'sent',
      });
      expect(
        String(await read('arguments'))
          .trim()
          .split('\n')
          .slice(3),
      ).toEqual(['--', address]);
    },
  );

  test.each([
    '$(touch x)@example.org',
    '`id`@example.org',
    'a;id@example.org',
    "a'b@example.org",
    'a|id@example.org',
  ])('the address %s runs nothing', async (address) => {
    const { url, read } = await makeSendmail();
    const outcome = await openMailChannel(url, {}).send({ ...MESSAGE, to: { ...MESSAGE.to, address } });
    if (outcome.kind === 'sent')
      expect(
        String(await read('arguments'))
          .trim()
          .split('\n')
          .at(-1),
      ).toBe(address);
    else expect(outcome.kind).toBe('permanent');
  });

  test('the program is told none of our secrets', async () => {
    process.env['GATEHOUSE_MAIL__PASSWORD'] = 'hunter2-password';
    onTestFinished(() => {
      delete process.env['GATEHOUSE_MAIL__PASSWORD'];
    });
    const { url, read } = await makeSendmail();
    await openMailChannel(url, {}).send(MESSAGE);
    expect(String(await read('environment'))).not.toMatch(/hunter2|GATEHOUSE/);
  });

  test.each([
    [64, 'unreachable', /does not understand/],
    [65, 'permanent', /does not take the message/],
    [67, 'permanent', /knows no such recipient/],
    [68, 'permanent', /knows no such domain/],
    [69, 'unreachable', /cannot send now/],
    [70, 'unreachable', /trouble of its own/],
    [75, 'temporary', /cannot take the message now/],
    [77, 'unreachable', /allow that user/],
    [78, 'unreachable', /not set up right/],
    [1, 'unreachable', /failed/],
    [127, 'unreachable', /failed/],
  ] as const)('exit code %i is %s', async (code, kind, says) => {
    const { url } = await makeSendmail(`echo "sorry: <anna.lee@example.org>" >&2; exit ${code}`);
    const outcome = await openMailChannel(url, {}).send(MESSAGE);
    expect(outcome).toMatchObject({ kind, detail: expect.stringMatching(says) });
    expect('isAddressRefused' in outcome).toBe(code === 67 || code === 68);
    expect(JSON.stringify(outcome)).toMatch(/sorry: <a…@example\.org>/);
  });

  test('one that does not end is stopped, and may have sent it', async () => {
    const { url } = await makeSendmail('exec sleep 60');
    const timeouts = { connectMs: 1_000, silenceMs: 1_000, sendMs: 1_000 };
    expect(await openMailChannel(url, { timeouts }).send(MESSAGE)).toMatchObject({ kind: 'unconfirmed' });
  });

  test('one that is not there, or may not be run, is told by its path', async () => {
    const gone = openMailChannel('sendmail:///nowhere/sendmail', {});
    for (const outcome of [await gone.check(), await gone.send(MESSAGE)])
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringMatching(/^\/nowhere\/sendmail.* is not there/),
      });
    const { path } = await makeSendmail();
    await chmod(path, 0o644);
    expect(await openMailChannel(`sendmail://${path}`, {}).check()).toMatchObject({
      detail: expect.stringMatching(/cannot be run \(EACCES\)/),
    });
  });
});
