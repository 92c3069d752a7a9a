import { readdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../support/clock/until.ts';
import { makeLikeJellyfin } from '../support/jellyfin/folder-accounts.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';
import { redeem, tokenOf } from '../support/program/redeeming-stage.ts';

// Takes as long as a PIN file must have been left alone, twice.
it('who asks Jellyfin itself, past Gatehouse, gets one message with a link, and our own PIN file brings none', {
  timeout: 120_000,
}, async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const dataFolder = subject.fake?.dataFolder ?? '';
  await makeLikeJellyfin(dataFolder);
  const stage = await createStage(subject, { jellyfin: `dataFolder: '${dataFolder}'` });
  onTestFinished(() => stage.close());
  const caller = createJellyfinCaller(subject.url);
  const askJellyfin = (name: string) =>
    caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: name });

  await askJellyfin('alice');
  const [message] = await stage.inbox.waitFor(1, 60_000);
  if (message === undefined) throw new Error('no message');
  expect(message.to).toBe('alice@example.org');
  expect(await redeem(stage.url, tokenOf(message), 'another fine phrase')).toBe(200);
  expect(subject.fake?.user('alice').password).toBe('another fine phrase');
  expect((await readdir(dataFolder)).filter((name) => name.startsWith('passwordreset'))).toEqual([]);

  // The next file is another person's: had ours brought a message, it would have come before.
  await stage.inbox.waitFor(2, 60_000);
  await askJellyfin('bob');
  await until(() => stage.inbox.messages.length === 3);
  expect(stage.inbox.messages.map(({ to }) => to)).toEqual(
    ['alice', 'alice', 'bob'].map((name) => `${name}@example.org`),
  );
  expect(stage.log.events().filter((event) => event === 'pin-file-seen')).toHaveLength(2);
});
