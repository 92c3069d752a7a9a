import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { runProgram } from '../../support/program/program.ts';

async function setUp() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const run = (...args: string[]) => runProgram(dirname(stage.configPath), ...args);
  return { subject, stage, run };
}

test('gatehouse link prints a link that works once, chooses no password, and is kept in the audit log without its token', async () => {
  const { stage, run } = await setUp();
  const { out, err, code } = await run('link', 'BOB');
  expect({ code, err }).toEqual({
    code: 0,
    err: 'gatehouse link is spelt gatehouse reset link now; both work\nFor bob, once, for 30 minutes; hand it over where nobody else reads it.\n',
  });
  expect(out.startsWith(`${stage.url}/gatehouse/reset#`)).toBe(true);
  const token = out.trim().slice(-43);
  const redeem = () =>
    fetch(`${stage.url}/gatehouse/api/passwords`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, password: 'handed over in person' }),
    });
  expect((await redeem()).status).toBe(200);
  expect((await redeem()).status).toBe(410);
  expect((await createJellyfinCaller(stage.url).signIn('bob', 'handed over in person')).status).toBe(200);
  const audited = await run('audit', '--user', 'bob');
  expect(audited.out).toContain('\tlink-made\tbob\t');
  expect(audited.out).not.toContain(token);
});

test('gatehouse link takes no password, and knows nobody Jellyfin does not know', async () => {
  const { subject, run } = await setUp();
  expect((await run('link', 'bob', '--password', 'x')).code).toBe(64);
  const unknown = await run('link', 'bobb');
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.err).toContain('did you mean bob?');
  expect(subject.fake?.user('bob').password).toBe('bob-pw-1');
});
