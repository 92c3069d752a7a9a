import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../support/files/temp-folder.ts';
import { startPostfix } from '../support/mail/postfix.ts';
import { MESSAGE, openMailChannel } from '../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';

test('the sendmail of Postfix takes it, and it arrives', async () => {
  const inbox = await createSmtpInbox();
  onTestFinished(() => inbox.close());
  const postfix = await startPostfix(inbox.port);
  onTestFinished(() => postfix.close());
  const folder = await tempFolder();
  const path = join(folder, 'sendmail');
  await writeFile(path, `#!/bin/sh\nMAIL_CONFIG='${postfix.folder}' exec /usr/sbin/sendmail "$@"\n`);
  await chmod(path, 0o755);
  const channel = openMailChannel(`sendmail://${path}`, {});
  const text = 'Zeile\n.\n.. mit Punkten\n';
  const sent = await channel.send({
    ...MESSAGE,
    text,
    to: { ...MESSAGE.to, address: 'anna+tv@example.org' },
  });
  expect([sent, await postfix.log()]).toEqual([{ kind: 'sent' }, expect.any(String)]);
  expect((await inbox.waitFor(1, 30_000))[0]).toMatchObject({ to: 'anna+tv@example.org', text });
}, 90_000);
