import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';

it('a name with a blank behind it reaches its owner from the form, from My Account and in the log of a sign-in', async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { more: 'loginThrottle: { lan: true }' });
  onTestFinished(() => stage.close());
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  expect((await post('/Users/ForgotPassword', { EnteredUsername: 'alice ' })).status).toBe(200);
  await stage.inbox.waitFor(1);
  expect((await post('/gatehouse/api/reset-requests', { enteredName: ' ALICE\u00a0' })).status).toBeLessThan(
    300,
  );
  const mails = await stage.inbox.waitFor(2);
  expect(new Set(mails.map(({ to }) => to)).size).toBe(1);

  const identity = { Authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"' };
  await post('/Users/AuthenticateByName', { Username: 'Alice ', Pw: 'a guess' }, identity);
  await vi.waitFor(() => {
    const line = stage.log
      .text()
      .split('\n')
      .find((one) => one.includes('"login-failed"'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ userName: 'alice' });
  });
});
