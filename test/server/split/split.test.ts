import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../../support/fake-subject.ts';
import { createStage, type Stage } from '../../support/gatehouse.ts';
import { createJellyfinCaller } from '../../support/jellyfin-caller.ts';

const PASSWORD = 'a fine new phrase';

async function openStage(): Promise<Stage> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, {}, true);
  onTestFinished(() => stage.close());
  return stage;
}

const ask = (stage: Stage, name: string) =>
  fetch(`${stage.url}/Users/ForgotPassword`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ EnteredUsername: name }),
  });

const post = (stage: Stage, path: string, body: object) =>
  fetch(`${stage.url}/gatehouse/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function tokenOf(stage: Stage, number: number): Promise<string> {
  const message = (await stage.inbox.waitFor(number))[number - 1];
  return /#([\w-]{43})/.exec(message?.text ?? '')?.[1] ?? '';
}

describe('injector and reset service as two processes', () => {
  it('do what one process does, from the form to the sign-in', async () => {
    const stage = await openStage();
    expect(await (await ask(stage, 'alice')).json()).toMatchObject({ Action: 'ContactAdmin' });
    const token = await tokenOf(stage, 1);
    expect(await (await post(stage, 'links', { token })).json()).toMatchObject({ state: 'open' });
    expect((await post(stage, 'passwords', { token, password: PASSWORD })).status).toBe(200);
    expect((await createJellyfinCaller(stage.url).signIn('alice', PASSWORD)).status).toBe(200);
    await stage.inbox.waitFor(2);
    expect(stage.log.events()).toContain('password-changed');
  });
});
