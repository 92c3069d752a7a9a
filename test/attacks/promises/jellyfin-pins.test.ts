import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeLikeJellyfin } from '../../support/jellyfin/folder-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';

// Takes as long as a PIN file must have been left alone.
it('a PIN that Jellyfin made for somebody who asked it past us is in no message and no line, and is not taken at our doors', {
  timeout: 60_000,
}, async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const dataFolder = subject.fake?.dataFolder ?? '';
  await makeLikeJellyfin(dataFolder);
  const stage = await createStage(subject, {
    jellyfin: `dataFolder: '${dataFolder}'`,
    method: 'pin-link',
  });
  onTestFinished(() => stage.close());
  const past = createJellyfinCaller(subject.url);
  await past.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'alice' });
  const [name = ''] = readdirSync(dataFolder).filter((one) => one.startsWith('passwordreset'));
  const pin = /"Pin":"([^"]+)"/.exec(await readFile(join(dataFolder, name), 'utf8'))?.[1] ?? '';
  expect(pin).toMatch(/^(?:[0-9A-F]{2}-){3}[0-9A-F]{2}$/);

  const [message] = await stage.inbox.waitFor(1, 50_000);
  const forms = [pin, pin.replaceAll('-', ''), pin.toLowerCase()];
  const told = `${message?.subject} ${message?.text} ${message?.html} ${stage.log.text()}`;
  expect(message?.to).toBe('alice@example.org');
  expect(forms.filter((form) => told.includes(form))).toEqual([]);

  const post = (path: string, body: object) =>
    fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (const form of forms) {
    for (const path of [
      '/Users/ForgotPassword/Pin',
      '/users/FORGOTPASSWORD/pin/',
      '/emby/Users/ForgotPassword/Pin',
      '/Users/%46orgotPassword/Pin',
    ]) {
      expect((await post(path, { Pin: form })).status).toBe(404);
    }
    // 429: those before were counted.
    expect([404, 429]).toContain((await post('/gatehouse/api/pins', { pin: form })).status);
  }
  expect(subject.fake?.user('alice').password).toBe('alice-pw-1');
});
